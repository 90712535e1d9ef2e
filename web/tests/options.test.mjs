// The form of an engine's options, from schemas of every shape that the engines' types can take; its values held against the
// bounds, and put into an address and back.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { logic } from "./logic.mjs";

const DRAFT = "https://json-schema.org/draft/2020-12/schema";

describe("options", () => {
  let modules, schema, values;
  before(async () => {
    modules = await logic();
    schema = await modules.load("/src/engines/schema.ts");
    values = await modules.load("/src/engines/values.ts");
  });
  after(() => modules?.close());

  const form = (properties, defaults = {}, definitions = {}) =>
    schema.formOf({ $schema: DRAFT, type: "object", title: "Options", properties, $defs: definitions }, defaults);
  const only = (property, initial, definitions) => form({ it: property }, initial === undefined ? {} : { it: initial }, definitions).fields[0];

  test("an engine without options has an empty form", () => {
    for (const whole of [{ type: "object", title: "Options" }, { type: "object", additionalProperties: false }, {}, true]) {
      const made = schema.formOf(whole, {});
      assert.ok(made.kind === "group" ? made.fields.length === 0 : made.kind === "json", JSON.stringify(whole));
    }
  });

  test("numbers have their bounds, a whole number its step", () => {
    const runs = only({ type: "integer", format: "uint32", minimum: 1, maximum: 1000 }, 200);
    assert.deepEqual([runs.kind, runs.integer, runs.least, runs.most, runs.initial, schema.stepOf(runs)], ["number", true, 1, 1000, 200, 1]);
    const share = only({ type: "number", exclusiveMinimum: 0, maximum: 1 }, 0.5);
    assert.deepEqual([share.integer, share.least, share.most, share.open], [false, 0, 1, { least: true, most: false }]);
    assert.equal(schema.stepOf(share), 0.005);
    assert.equal(schema.stepOf(only({ type: "number", minimum: 0, maximum: 24, multipleOf: 0.5 }, 10)), 0.5);
    assert.equal(only({ type: "integer", format: "uint64" }, 3).least, 0);
    assert.equal(only({ type: "integer", format: "int32" }, 3).least, null);
  });

  test("an option that may be left out, in all three spellings", () => {
    for (const one of [{ type: ["integer", "null"], minimum: 0 }, { anyOf: [{ type: "integer", minimum: 0 }, { type: "null" }] }, { type: "integer", minimum: 0, nullable: true }]) {
      const field = only({ ...one, description: "Stop after so much work." }, null);
      assert.deepEqual([field.kind, field.nullable, field.initial, field.description], ["number", true, null, "Stop after so much work."], JSON.stringify(one));
    }
    const referred = only({ anyOf: [{ $ref: "#/$defs/Rule" }, { type: "null" }] }, null, { Rule: { type: "string", enum: ["a", "b"] } });
    assert.deepEqual([referred.kind, referred.nullable, referred.choices.length], ["choice", true, 2]);
  });

  test("names alone are a choice, each with what it means", () => {
    const rule = only({ $ref: "#/$defs/TieRule", description: "How ties are ranked." }, "middle", {
      TieRule: { description: "of the type", oneOf: [{ const: "shared", type: "string", description: "All share the smaller place." }, { const: "middle", type: "string" }, { enum: ["dense", "ordinal"], type: "string" }] },
    });
    assert.equal(rule.kind, "choice");
    assert.deepEqual(rule.choices.map(({ value }) => value), ["shared", "middle", "dense", "ordinal"]);
    assert.equal(rule.choices[0].description, "All share the smaller place.");
    assert.equal(rule.description, "How ties are ranked.", "what is said at the option goes before what is said of its type");
    assert.equal(rule.initial, "middle");
    assert.equal(only({ allOf: [{ $ref: "#/$defs/P" }], default: "b" }, undefined, { P: { type: "string", enum: ["a", "b"] } }).initial, "b");
  });

  test("ways with options of their own are variants, tagged outside or inside", () => {
    const method = only({ $ref: "#/$defs/Method" }, { monte_carlo: { draws: 7 } }, {
      Method: { oneOf: [
        { type: "string", const: "closed" },
        { type: "object", properties: { monte_carlo: { type: "object", properties: { draws: { type: "integer", minimum: 1 } } } }, required: ["monte_carlo"], additionalProperties: false },
      ] },
    });
    assert.equal(method.kind, "variants");
    assert.deepEqual(method.variants.map(({ label }) => label), ["closed", "monte_carlo"]);
    assert.equal(schema.variantOf(method, "closed"), 0);
    assert.equal(schema.variantOf(method, { monte_carlo: { draws: 7 } }), 1);
    assert.deepEqual(values.wrongs(method, { monte_carlo: { draws: 0 } }).map(({ path, id }) => [path.join("."), id]), [["it.monte_carlo.draws", "engines-wrong-least"]]);

    const family = only({ oneOf: [
      { type: "object", properties: { kind: { const: "exponential" }, mean: { type: "number" } } },
      { type: "object", properties: { kind: { const: "erlang" }, mean: { type: "number" }, stages: { type: "integer", minimum: 1 } } },
    ] }, { kind: "erlang", mean: 2, stages: 3 });
    assert.deepEqual(family.variants.map(({ label }) => label), ["exponential", "erlang"]);
    assert.equal(schema.variantOf(family, { kind: "erlang", mean: 2, stages: 3 }), 1);
    assert.equal(schema.variantOf(family, { kind: "exponential", mean: 2 }), 0);
    assert.deepEqual(schema.blank(family.variants[1].field), { kind: "erlang", mean: 2, stages: 3 });
  });

  test("lists have so many items; nested objects are groups", () => {
    const weights = only({ type: "array", items: { type: "number", minimum: 0 }, minItems: 3, maxItems: 3 }, [1, 2, 3]);
    assert.deepEqual([weights.kind, weights.fewest, weights.most, weights.item.kind], ["list", 3, 3, "number"]);
    const pair = only({ type: "array", prefixItems: [{ type: "integer" }, { type: "integer" }], minItems: 2, maxItems: 2 }, [1, 2]);
    assert.deepEqual([pair.kind, pair.fewest, pair.most], ["list", 2, 2]);
    const queue = only({ $ref: "#/$defs/Queue" }, { least: 4, rule: { wait: 1 } }, { Queue: { type: "object", properties: { least: { type: "integer" }, rule: { type: "object", properties: { wait: { type: "number" } } } } } });
    assert.deepEqual([queue.kind, queue.fields[1].fields[0].path.join("."), queue.fields[1].fields[0].initial], ["group", "it.rule.wait", 1]);
  });

  test("what fits no field is edited as JSON, and nothing loops", () => {
    for (const one of [{}, true, { type: "object", additionalProperties: { type: "number" } }, { type: "array" }, { not: {} }, { $ref: "#/$defs/Nowhere" }]) {
      assert.ok(["json"].includes(only(one, undefined).kind), JSON.stringify(one));
    }
    const tree = only({ $ref: "#/$defs/Node" }, null, { Node: { type: "object", properties: { next: { $ref: "#/$defs/Node" } } } });
    assert.equal(tree.kind, "group");
    const self = only({ $ref: "#/$defs/A" }, null, { A: { $ref: "#/$defs/A" } });
    assert.ok(self);
  });

  test("what is wrong is said with its bound", () => {
    const whole = form({ n: { type: "integer", minimum: 1, maximum: 5 }, s: { type: "string", minLength: 2, maxLength: 3, pattern: "^[a-z]+$" }, c: { enum: ["a", "b"] }, l: { type: "array", items: { type: "number", maximum: 1 }, minItems: 1 }, o: { type: "object", properties: { x: { type: "number", exclusiveMinimum: 0 } } } },
      { n: 1, s: "ab", c: "a", l: [0], o: { x: 1 } });
    assert.deepEqual(values.wrongs(whole, { n: 1, s: "ab", c: "a", l: [0], o: { x: 1 } }), []);
    const said = (value) => values.wrongs(whole, { n: 1, s: "ab", c: "a", l: [0], o: { x: 1 }, ...value }).map(({ path, id, values: with_ }) => `${path.join(".")} ${id} ${with_?.n ?? ""}`.trim());
    assert.deepEqual(said({ n: 9 }), ["n engines-wrong-most 5"]);
    assert.deepEqual(said({ n: 1.5 }), ["n engines-wrong-integer"]);
    assert.deepEqual(said({ n: "x" }), ["n engines-wrong-number"]);
    assert.deepEqual(said({ n: null }), ["n engines-wrong-missing"]);
    assert.deepEqual(said({ s: "a" }), ["s engines-wrong-short 2"]);
    assert.deepEqual(said({ s: "AB" }), ["s engines-wrong-pattern"]);
    assert.deepEqual(said({ c: "z" }), ["c engines-wrong-choice"]);
    assert.deepEqual(said({ l: [] }), ["l engines-wrong-fewest 1"]);
    assert.deepEqual(said({ l: [0, 2] }), ["l.1 engines-wrong-most 1"]);
    assert.deepEqual(said({ o: { x: 0 } }), ["o.x engines-wrong-over 0"]);
  });

  test("an address holds what differs from the defaults, and gives it back", () => {
    const whole = form(
      { hours: { type: "number", minimum: 1, maximum: 24 }, name: { type: ["string", "null"] }, deep: { type: "object", properties: { least: { type: "integer" }, on: { type: "boolean" } } }, list: { type: "array", items: { type: "string" } }, rule: { enum: ["a", "b"] } },
      { hours: 10, name: null, deep: { least: 4, on: false }, list: ["x"], rule: "a" },
    );
    assert.deepEqual(values.addressOf(whole, whole.initial), []);
    const set = { hours: 13.5, name: "船闸 & 1", deep: { least: 4, on: true }, list: ["x", "y,z"], rule: "b" };
    const address = new URLSearchParams(values.addressOf(whole, set));
    assert.equal(address.get("o.hours"), "13.5");
    assert.equal(address.get("o.deep.least"), null);
    assert.deepEqual(values.read(whole, new URLSearchParams(address.toString())), set);
    // What a stranger wrote into an address is taken only where it fits an option; the rest is left.
    assert.deepEqual(values.read(whole, new URLSearchParams("o.hours={&o.nothing=1&o.deep.on.x=1&o.__proto__.x=1")), whole.initial);
    assert.equal({}.x, undefined);
  });
});

describe("rows", () => {
  let modules, address, rows;
  before(async () => {
    modules = await logic();
    address = await modules.load("/src/tables/address.ts");
    rows = await modules.load("/src/engines/result-rows.ts");
  });
  after(() => modules?.close());

  test("filters stand in the address, several values a column", () => {
    const query = new URLSearchParams("q=GDP&sort=value&order=desc&where.subject=330800&where.subject=330100&where.scope=&lang=en");
    const filters = address.filtersOf(query);
    assert.deepEqual([...filters.where], [["subject", ["330800", "330100"]], ["scope", [""]]]);
    assert.equal(address.queryOf(filters).toString(), "q=GDP&sort=value&order=desc&where.subject=330800&where.subject=330100&where.scope=");
    assert.deepEqual([...address.without(filters, "subject").where], [["scope", [""]]]);
    const other = address.toggled(address.toggled(filters, "scope", ""), "subject", "330800");
    assert.deepEqual([...other.where], [["subject", ["330100"]]]);
    assert.deepEqual([...address.toggled(other, "subject", "330800").where], [["subject", ["330100", "330800"]]]);
    // A value that an address says twice counts once.
    assert.deepEqual(address.filtersOf(new URLSearchParams("where.a=1&where.a=1")).where.get("a"), ["1"]);
    const next = address.laidOver(query, other, { file: "a/b.csv", row: 7 });
    assert.equal(next.get("lang"), "en");
    assert.deepEqual(next.getAll("where.subject"), ["330100"]);
    assert.deepEqual(address.placeOf(next), { file: "a/b.csv", row: 7 });
    assert.equal(address.placeOf(new URLSearchParams("file=a&row=-1")), null);
  });

  test("a column sorts up, down, and not at all", () => {
    let filters = address.filtersOf(new URLSearchParams());
    const orders = [];
    for (let i = 0; i < 3; i++) {
      filters = address.sortedBy(filters, "value");
      orders.push([filters.sort, filters.descending]);
    }
    assert.deepEqual(orders, [["value", false], ["value", true], [null, false]]);
  });

  test("numbers sort as numbers, missing ones last; a formula is taken away as a text", () => {
    const held = [["a", "10"], ["b", "9.5"], ["c", null], ["d", "−1"]];
    assert.deepEqual(rows.sorted(held, 1, false).map(([name]) => name), ["d", "b", "a", "c"]);
    assert.deepEqual(rows.sorted(held, 1, true).map(([name]) => name), ["a", "b", "d", "c"]);
    const csv = rows.csvOf({ columns: ["n", "v"], rows: [["=1+1", "-3"], ['a"b', "+x"], [null, "@y"]] });
    assert.equal(csv, "\ufeffn,v\r\n'=1+1,-3\r\n\"a\"\"b\",'+x\r\n,'@y\r\n");
  });
});
