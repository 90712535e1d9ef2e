// A statement as it was read: a view of its layout. Every field may be missing.
import type { Answer } from "../api/types";
import type { Language } from "../i18n/index.svelte";

type Fields = Record<string, unknown>;

function field(claim: Fields, name: string, key: string): string | null {
  const held = claim[name];
  if (typeof held !== "object" || held === null) return null;
  const value = (held as Fields)[key];
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

/** The quotation. */
export function quoted(answer: Answer): string {
  const text = answer.claim["text"];
  return typeof text === "string" ? text : "";
}

/** The language the words are in. */
export function languageOf(words: string): "zh-CN" | "en" {
  return /\p{Script=Han}/u.test(words) ? "zh-CN" : "en";
}

export function modality(answer: Answer): string {
  const value = answer.claim["modality"];
  return typeof value === "string" ? value : "";
}

export function kind(answer: Answer): string {
  const value = answer.claim["type"];
  return typeof value === "string" ? value : "";
}

/** What the value is of: the text's own words in its own language, the question in words in another. */
export function about(answer: Answer, language: Language): string {
  const { claim, asked } = answer;
  const own = [field(claim, "indicator", "text") ?? field(claim, "object", "text"), field(claim, "period", "text"), field(claim, "scope", "text")].filter((part) => part !== null);
  if (languageOf(quoted(answer)) === language && own.length > 0) return own.join(" · ");
  if (asked) return language === "en" ? asked.en : asked.zh;
  return own.join(" · ");
}

/** What a list names. */
export function items(answer: Answer): string[] {
  const held = answer.claim["items"];
  if (!Array.isArray(held)) return [];
  return held.flatMap((item: unknown) => (typeof item === "object" && item !== null && typeof (item as Fields)["text"] === "string" ? [(item as { text: string }).text] : []));
}

/** The words of a value that no program states: `前十`, `七个桥头堡`. */
export function valued(answer: Answer): string | null {
  const { claim } = answer;
  return field(claim, "value", "text") ?? field(claim, "rank", "text") ?? field(claim, "label", "text") ?? field(claim, "count", "text");
}

export interface StatedFigure {
  value: number;
  text: string;
  unit: string;
  /** The weight of the last digit. */
  ulp: number;
  low: number | null;
  high: number | null;
  qualifier: string;
}

/** The figure a statement states, in the unit of the vocabulary. */
export function figure(answer: Answer): StatedFigure | null {
  const { claim } = answer;
  const [num, low, high] = [field(claim, "value", "num"), field(claim, "value", "low"), field(claim, "value", "high")];
  const text = num ?? low ?? high;
  if (text === null) return null;
  return {
    value: Number(text),
    text,
    unit: field(claim, "value", "unit") ?? "",
    ulp: Number(field(claim, "value", "precision") ?? 0) || 0,
    low: low === null ? null : Number(low),
    high: high === null ? null : Number(high),
    qualifier: field(claim, "qualifier", "norm") ?? "",
  };
}

/** The place a statement states: `3`, `<=10`. */
export function place(answer: Answer): { from: number; to: number } | null {
  const norm = field(answer.claim, "rank", "norm");
  const top = /^<=(\d+)$/.exec(norm ?? "")?.[1];
  if (top) return { from: 1, to: Number(top) };
  if (norm === "first" || norm === "max" || norm === "min" || norm === "unique" || norm === "best") return null;
  return norm !== null && /^\d+$/.test(norm) ? { from: Number(norm), to: Number(norm) } : null;
}
