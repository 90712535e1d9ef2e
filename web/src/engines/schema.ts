// The JSON Schema of an engine's options as a form: what can be set, within which bounds, in which words. Anything that no
// field fits is edited as JSON, so that no option is out of reach.

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Schema = { [name: string]: unknown } | boolean;

/** One of a closed set. */
export interface Choice {
  value: Json;
  label: string;
  description: string;
}

/** One way a value can be made: by name alone, or with fields of its own. */
export interface Variant {
  label: string;
  description: string;
  field: Field;
}

interface Common {
  /** Names from the root down; the place of an item in a list is a number. */
  path: readonly string[];
  name: string;
  title: string;
  description: string;
  /** Whether it may be left unset. */
  nullable: boolean;
  /** The value where nothing is said. */
  initial: Json;
}

export type Field = Common & (
  | { kind: "number"; integer: boolean; least: number | null; most: number | null; open: { least: boolean; most: boolean }; step: number | null }
  | { kind: "choice"; choices: readonly Choice[] }
  | { kind: "truth" }
  | { kind: "text"; longest: number | null; shortest: number; pattern: string | null; format: string | null }
  | { kind: "list"; item: Field; fewest: number; most: number | null }
  | { kind: "group"; fields: readonly Field[] }
  | { kind: "variants"; variants: readonly Variant[] }
  | { kind: "fixed"; value: Json }
  | { kind: "json" }
);

const DEEPEST = 12;

/** The form of a schema; `defaults` are the engine's own and go before what the schema says. */
export function formOf(schema: Schema, defaults: Json): Field {
  return new Reader(schema).field(schema, [], "", defaults, 0);
}

class Reader {
  #root: Schema;

  constructor(root: Schema) {
    this.#root = root;
  }

  field(given: Schema, path: readonly string[], name: string, initial: Json | undefined, depth: number): Field {
    const { schema, nullable } = this.plain(given);
    const standing = initial === undefined ? (schema["default"] as Json | undefined) : initial;
    const common = {
      path, name,
      title: text(schema["title"]) || name,
      description: text(schema["description"]),
      nullable,
      initial: standing ?? null,
    };
    if (depth > DEEPEST) return { ...common, kind: "json" };
    const field = this.#shape(schema, common, depth);
    if (standing === undefined && !nullable) return { ...field, initial: blank(field) };
    return field;
  }

  #shape(schema: Record<string, unknown>, common: Common, depth: number): Field {
    if ("const" in schema) return { ...common, kind: "fixed", value: schema["const"] as Json };
    if (Array.isArray(schema["enum"])) return { ...common, kind: "choice", choices: (schema["enum"] as Json[]).filter((value) => value !== null).map(choice) };
    const several = (schema["oneOf"] ?? schema["anyOf"]) as Schema[] | undefined;
    if (Array.isArray(several)) return this.#several(several, common, depth);
    switch (schema["type"]) {
      case "integer":
      case "number":
        return { ...common, kind: "number", ...bounds(schema) };
      case "boolean":
        return { ...common, kind: "truth" };
      case "string":
        return { ...common, kind: "text", longest: number(schema["maxLength"]), shortest: number(schema["minLength"]) ?? 0, pattern: text(schema["pattern"]) || null, format: text(schema["format"]) || null };
      case "array":
        return this.#list(schema, common, depth);
      case "object":
        return this.#group(schema, common, depth);
      default:
        return schema["properties"] ? this.#group(schema, common, depth) : { ...common, kind: "json" };
    }
  }

  /** Names alone make a choice; with fields of their own they make variants. */
  #several(several: readonly Schema[], common: Common, depth: number): Field {
    const plain = several.map((one) => this.plain(one).schema);
    const choices = plain.flatMap((one) => names(one).map((value) => ({ ...choice(value), description: text(one["description"]), ...titled(one, value) })));
    if (plain.every((one) => names(one).length > 0)) return { ...common, kind: "choice", choices };
    const variants = plain.flatMap((one): Variant[] => {
      const set = names(one);
      if (set.length > 0) {
        return set.map((value) => ({ label: String(value), description: text(one["description"]), field: { ...common, kind: "fixed", value, title: String(value), description: "", nullable: false } }));
      }
      const [tag] = object(one["properties"]) ? Object.keys(one["properties"] as object) : [];
      const field = this.field(one, common.path, common.name, this.#initialOf(one, common.initial), depth + 1);
      return [{ label: text(one["title"]) || tagOf(one) || tag || text(one["type"]), description: text(one["description"]), field }];
    });
    return { ...common, kind: "variants", variants };
  }

  /** The default of the whole, where it is made this way. */
  #initialOf(schema: Record<string, unknown>, whole: Json): Json | undefined {
    const { properties } = schema;
    if (!object(whole) || !object(properties)) return undefined;
    return Object.keys(whole).every((name) => name in properties) ? whole : undefined;
  }

  #list(schema: Record<string, unknown>, common: Common, depth: number): Field {
    const fixed = (schema["prefixItems"] ?? (Array.isArray(schema["items"]) ? schema["items"] : undefined)) as Schema[] | undefined;
    const fewest = number(schema["minItems"]) ?? 0;
    const most = number(schema["maxItems"]);
    if (fixed) {
      const standing = Array.isArray(common.initial) ? common.initial : [];
      const fields = fixed.map((item, at) => this.field(item, [...common.path, String(at)], String(at + 1), standing[at], depth + 1));
      return { ...common, kind: "list", item: fields[0] ?? { ...common, kind: "json" }, fewest: fixed.length, most: fixed.length };
    }
    const items = schema["items"] as Schema | undefined;
    if (items === undefined || items === true || items === false) return { ...common, kind: "json" };
    const item = this.field(items, [...common.path, "0"], common.name, undefined, depth + 1);
    if (item.kind === "json") return { ...common, kind: "json" };
    return { ...common, kind: "list", item, fewest, most };
  }

  #group(schema: Record<string, unknown>, common: Common, depth: number): Field {
    const properties = schema["properties"];
    if (!object(properties)) {
      const closed = schema["additionalProperties"] === false || schema["additionalProperties"] === undefined;
      return closed ? { ...common, kind: "group", fields: [] } : { ...common, kind: "json" };
    }
    const standing = object(common.initial) ? (common.initial as Record<string, Json>) : {};
    const fields = Object.entries(properties).map(([name, one]) => this.field(one as Schema, [...common.path, name], name, standing[name], depth + 1));
    return { ...common, kind: "group", fields };
  }

  /** A schema without references, single `allOf` and the null of an option. */
  plain(given: Schema): { schema: Record<string, unknown>; nullable: boolean } {
    let schema: Record<string, unknown> = object(given) ? { ...given } : {};
    let nullable = schema["nullable"] === true;
    for (let step = 0; step < DEEPEST; step++) {
      const reference = schema["$ref"];
      const all = schema["allOf"];
      const any = (schema["anyOf"] ?? schema["oneOf"]) as Schema[] | undefined;
      if (typeof reference === "string") {
        const { $ref: _, ...own } = schema;
        schema = { ...this.#referred(reference), ...own };
      } else if (Array.isArray(all) && all.length > 0) {
        const { allOf: _, ...own } = schema;
        schema = Object.assign({}, ...all.filter(object), own) as Record<string, unknown>;
      } else if (Array.isArray(any) && any.some(isNull)) {
        const { anyOf: _, oneOf: __, ...own } = schema;
        const rest = any.filter((one) => !isNull(one));
        nullable = true;
        schema = rest.length === 1 && object(rest[0]) ? { ...rest[0], ...own } : { ...own, oneOf: rest };
      } else break;
    }
    if (Array.isArray(schema["type"])) {
      const types = schema["type"] as string[];
      nullable ||= types.includes("null");
      const rest = types.filter((type) => type !== "null");
      schema = { ...schema, type: rest.length === 1 ? rest[0] : undefined };
    }
    if (Array.isArray(schema["enum"]) && (schema["enum"] as Json[]).includes(null)) nullable = true;
    return { schema, nullable };
  }

  #referred(reference: string): Record<string, unknown> {
    let at: unknown = this.#root;
    for (const part of reference.replace(/^#\/?/, "").split("/").filter(Boolean)) {
      at = object(at) ? at[part.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined;
    }
    return object(at) ? at : {};
  }
}

/** The bounds of a number; what JSON Schema says as a format (`uint32`) is a bound too. */
function bounds(schema: Record<string, unknown>) {
  const integer = schema["type"] === "integer";
  const over = number(schema["exclusiveMinimum"]);
  const under = number(schema["exclusiveMaximum"]);
  const least = number(schema["minimum"]) ?? over ?? (text(schema["format"]).startsWith("uint") ? 0 : null);
  const most = number(schema["maximum"]) ?? under;
  return { integer, least, most, open: { least: over !== null && least === over, most: under !== null && most === under }, step: number(schema["multipleOf"]) ?? (integer ? 1 : null) };
}

/** How far a slider moves at a time: some two hundred steps over the range, at a round number. */
export function stepOf(field: Extract<Field, { kind: "number" }>): number {
  if (field.step !== null) return field.step;
  if (field.least === null || field.most === null) return 0.01;
  const fine = (field.most - field.least) / 200;
  const power = 10 ** Math.floor(Math.log10(fine > 0 ? fine : 1));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= fine * 0.999) ?? power;
}

/** A value that a field begins with where no default is known. */
export function blank(field: Field): Json {
  switch (field.kind) {
    case "number": return field.least ?? (field.most !== null && field.most < 0 ? field.most : 0);
    case "choice": return field.choices[0]?.value ?? null;
    case "truth": return false;
    case "text": return "";
    case "list": return Array.from({ length: field.fewest }, () => blank(field.item));
    case "group": return Object.fromEntries(field.fields.map((one) => [one.name, one.initial]));
    case "variants": return field.variants[0] ? blank(field.variants[0].field) : null;
    case "fixed": return field.value;
    case "json": return null;
  }
}

/** Which of the variants a value is made by. */
export function variantOf(field: Extract<Field, { kind: "variants" }>, value: Json): number {
  const at = field.variants.findIndex(({ field: one }) => fits(one, value));
  return Math.max(0, at);
}

function fits(field: Field, value: Json): boolean {
  switch (field.kind) {
    case "fixed": return same(field.value, value);
    case "group": return object(value) && field.fields.every(({ name, nullable, kind, ...one }) => {
      const held = (value as Record<string, Json>)[name];
      if (held === undefined) return nullable;
      return kind !== "fixed" || same((one as { value?: Json }).value ?? null, held);
    }) && Object.keys(value as object).every((name) => field.fields.some((one) => one.name === name));
    case "number": return typeof value === "number";
    case "truth": return typeof value === "boolean";
    case "text": return typeof value === "string";
    case "choice": return field.choices.some((choice) => same(choice.value, value));
    case "list": return Array.isArray(value);
    default: return true;
  }
}

export function same(a: Json, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The names a schema stands for, if it stands for names alone. */
function names(schema: Record<string, unknown>): Json[] {
  if ("const" in schema) return [schema["const"] as Json];
  return Array.isArray(schema["enum"]) ? (schema["enum"] as Json[]) : [];
}

/** The constant by which a tagged object is told: `{ kind: { const: "erlang" }, … }`. */
function tagOf(schema: Record<string, unknown>): string {
  const properties = schema["properties"];
  if (!object(properties)) return "";
  for (const one of Object.values(properties)) if (object(one) && "const" in one) return String(one["const"]);
  return "";
}

function choice(value: Json): Choice {
  return { value, label: String(value), description: "" };
}

function titled(schema: Record<string, unknown>, value: Json): { label: string } {
  return { label: text(schema["title"]) || String(value) };
}

function isNull(schema: Schema): boolean {
  return object(schema) && (schema["type"] === "null" || ("const" in schema && schema["const"] === null) || (Array.isArray(schema["enum"]) && schema["enum"].length === 1 && schema["enum"][0] === null));
}

export function object(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function number(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
