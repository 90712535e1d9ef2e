// Numbers as both habits print them. Stated numbers are decimal strings and are never put through a float for showing.
import type { Language } from "./index.svelte";

/** Groups the digits before the point by three: `2876.41` → `2,876.41`. */
export function grouped(decimal: string): string {
  const [, sign = "", whole = "", rest = ""] = /^(-?)(\d+)(.*)$/.exec(decimal) ?? [];
  if (whole === "") return decimal;
  return sign.replace("-", "−") + whole.replace(/\B(?=(\d{3})+$)/g, ",") + rest;
}

/** A large amount in the habit of the language: 2876 亿元 is 287.6 bn yuan. */
export function amount(decimal: string, unit: string, language: Language): string {
  if (language !== "en") return grouped(decimal) + unit;
  const scale: Record<string, [number, string]> = {
    亿元: [-1, " bn yuan"], 万元: [-2, " m yuan"], 万亿元: [0, " tn yuan"], 元: [0, " yuan"], 万人: [4, " people"],
    亿美元: [-1, " bn US dollars"], 万美元: [-2, " m US dollars"],
  };
  const [shift, words] = scale[unit] ?? [0, " " + unit];
  return grouped(shifted(decimal, shift)) + words;
}

/** Moves the decimal point by so many places, exactly. */
export function shifted(decimal: string, places: number): string {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? [];
  if (places === 0) return decimal;
  let digits = whole + fraction;
  let point = whole.length + places;
  if (point <= 0) { digits = "0".repeat(1 - point) + digits; point = 1; }
  if (point > digits.length) digits = digits.padEnd(point, "0");
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, "");
  const right = digits.slice(point);
  return sign + left + (right ? "." + right : "");
}
