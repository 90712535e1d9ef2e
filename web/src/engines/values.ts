// Values of a form: read and set by path, held against the bounds, and put into the address as far as they differ from the
// defaults.
import { object, same, variantOf, type Field, type Json } from "./schema";

/** What is wrong with a value: a message by its id, with what it needs. */
export interface Wrong {
  path: readonly string[];
  id: string;
  values?: Record<string, string | number>;
}

/** The value at a path. */
export function valueAt(value: Json, path: readonly string[]): Json | undefined {
  let at: Json | undefined = value;
  for (const part of path) {
    if (Array.isArray(at)) at = at[Number(part)];
    else if (object(at)) at = (at as Record<string, Json>)[part];
    else return undefined;
  }
  return at;
}

/** The whole with another value at a path. */
export function withValue(whole: Json, path: readonly string[], value: Json): Json {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (Array.isArray(whole)) return whole.map((one, at) => (String(at) === part ? withValue(one, rest, value) : one));
  const held = object(whole) ? (whole as Record<string, Json>) : {};
  return { ...held, [part]: withValue(held[part] ?? null, rest, value) };
}

/** All that is wrong with a value. */
export function wrongs(field: Field, value: Json | undefined): Wrong[] {
  const { path } = field;
  if (value === null || value === undefined) return field.nullable || field.kind === "json" || field.kind === "fixed" ? [] : [{ path, id: "engines-wrong-missing" }];
  switch (field.kind) {
    case "number": return number(field, value);
    case "choice": return field.choices.some((choice) => same(choice.value, value)) ? [] : [{ path, id: "engines-wrong-choice" }];
    case "truth": return typeof value === "boolean" ? [] : [{ path, id: "engines-wrong-choice" }];
    case "text": return text(field, value);
    case "list": {
      if (!Array.isArray(value)) return [{ path, id: "engines-wrong-json" }];
      if (value.length < field.fewest) return [{ path, id: "engines-wrong-fewest", values: { n: field.fewest } }];
      if (field.most !== null && value.length > field.most) return [{ path, id: "engines-wrong-most-items", values: { n: field.most } }];
      return value.flatMap((one, at) => wrongs(moved(field.item, path, at), one));
    }
    case "group": return object(value) ? field.fields.flatMap((one) => wrongs(one, (value as Record<string, Json>)[one.name])) : [{ path, id: "engines-wrong-json" }];
    case "variants": {
      const made = field.variants[variantOf(field, value)];
      return made ? wrongs(made.field, value) : [];
    }
    default: return [];
  }
}

/** The field of an item, at its own place. */
export function moved(field: Field, list: readonly string[], at: number): Field {
  return placed(field, [...list, String(at)]);
}

/** A field and all beneath it at another path. */
export function placed(field: Field, path: readonly string[]): Field {
  if (field.kind === "group") return { ...field, path, fields: field.fields.map((one) => placed(one, [...path, one.name])) };
  if (field.kind === "variants") return { ...field, path, variants: field.variants.map((one) => ({ ...one, field: placed(one.field, path) })) };
  return { ...field, path };
}

function number(field: Extract<Field, { kind: "number" }>, value: Json): Wrong[] {
  const { path, least, most, open } = field;
  if (typeof value !== "number" || !Number.isFinite(value)) return [{ path, id: "engines-wrong-number" }];
  if (field.integer && !Number.isInteger(value)) return [{ path, id: "engines-wrong-integer" }];
  if (least !== null && (value < least || (open.least && value === least))) return [{ path, id: open.least ? "engines-wrong-over" : "engines-wrong-least", values: { n: String(least) } }];
  if (most !== null && (value > most || (open.most && value === most))) return [{ path, id: open.most ? "engines-wrong-under" : "engines-wrong-most", values: { n: String(most) } }];
  return [];
}

function text(field: Extract<Field, { kind: "text" }>, value: Json): Wrong[] {
  const { path } = field;
  if (typeof value !== "string") return [{ path, id: "engines-wrong-missing" }];
  if (value.length < field.shortest) return [{ path, id: "engines-wrong-short", values: { n: field.shortest } }];
  if (field.longest !== null && value.length > field.longest) return [{ path, id: "engines-wrong-long", values: { n: field.longest } }];
  if (field.pattern !== null && !matches(field.pattern, value)) return [{ path, id: "engines-wrong-pattern", values: { pattern: field.pattern } }];
  return [];
}

function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, "u").test(value);
  } catch {
    return true; // a pattern of another dialect: the program itself will say
  }
}

const OPTION = "o.";

/** Every value that differs from its default, as one setting each: what a sentence tells and an address holds. */
export function settings(field: Field, value: Json): { field: Field; value: Json }[] {
  if (field.kind === "group" && object(value)) return field.fields.flatMap((one) => settings(one, (value as Record<string, Json>)[one.name] ?? null));
  return same(field.initial, value) ? [] : [{ field, value }];
}

/** The settings as parts of an address: `o.hours=12`, `o.queue.least=4`. */
export function addressOf(field: Field, value: Json): [string, string][] {
  return settings(field, value).map(({ field: one, value: set }) => [OPTION + one.path.join("."), written(one, set)]);
}

/** The options that an address says; the defaults for the rest. */
export function read(field: Field, query: URLSearchParams): Json {
  let whole = field.initial;
  for (const [name, said] of query) {
    if (!name.startsWith(OPTION)) continue;
    const path = name.slice(OPTION.length).split(".");
    const one = fieldAt(field, path);
    const value = one && understood(one, said);
    if (one && value !== undefined) whole = withValue(whole, path, value);
  }
  return whole;
}

/** Whether a part of an address is an option. */
export function isOption(name: string): boolean {
  return name.startsWith(OPTION);
}

function fieldAt(field: Field, path: readonly string[]): Field | undefined {
  const [part, ...rest] = path;
  if (part === undefined) return field;
  return field.kind === "group" ? field.fields.filter(({ name }) => name === part).map((one) => fieldAt(one, rest))[0] : undefined;
}

function written(field: Field, value: Json): string {
  const plain = (field.kind === "text" || field.kind === "choice") && typeof value === "string";
  return plain ? (value as string) : JSON.stringify(value);
}

function understood(field: Field, said: string): Json | undefined {
  if ((field.kind === "text" || field.kind === "choice") && said !== "null") return said;
  try {
    return JSON.parse(said) as Json;
  } catch {
    return undefined;
  }
}
