// Figures with their units as both languages print them.
import { grouped, shifted } from "../i18n/numbers";
import type { Language } from "../i18n/index.svelte";
import { rounded, trimmed } from "./decimals";

/** By how many digits figures of a size read better, and the word for it; none for rates and scaled units. */
export function magnitude(largest: number, unit: string, language: Language): { digits: number; word: string } {
  if (unit === "" || /^[亿万%百1]/.test(unit) || /illion|\bbn\b|percent|point/.test(unit) || /^个?百分点/.test(unit)) return { digits: 0, word: "" };
  const steps: [number, string][] = language === "en" ? [[9, "bn "], [6, "m "]] : [[8, "亿"], [4, "万"]];
  const [digits, word] = steps.find(([digits]) => largest >= 10 ** digits) ?? [0, ""];
  return { digits, word };
}

/** `2876亿元`, `287.6 bn yuan`, `0.05 个百分点`, `3.50%`. */
export function amount(value: string, unit: string, language: Language): string {
  const { digits, word } = magnitude(Math.abs(Number(value)) || 0, unit, language);
  const plain = grouped(digits === 0 ? value : trimmed(shifted(value, -digits)));
  return joined(plain, word + unit);
}

function joined(figure: string, unit: string): string {
  if (unit === "") return figure;
  return unit.startsWith("%") ? figure + unit : `${figure} ${unit}`;
}

/** An interval as a reader takes it in: the printed figure, and what it stands for where that says more. */
export function interval(low: string | null | undefined, high: string | null | undefined, unit: string, language: Language): { figure: string; bounds: string | null } {
  if (low == null && high == null) return { figure: "—", bounds: null };
  if (low == null) return { figure: `≤ ${amount(high!, unit, language)}`, bounds: null };
  if (high == null) return { figure: `≥ ${amount(low, unit, language)}`, bounds: null };
  if (trimmed(low) === trimmed(high)) return { figure: amount(low, unit, language), bounds: null };
  const both = `${amount(low, unit, language)}${language === "en" ? " to " : " 至 "}${amount(high, unit, language)}`;
  const printed = rounded(low, high);
  return printed === null ? { figure: both, bounds: null } : { figure: amount(printed, unit, language), bounds: both };
}

/** 第 3 位, place 3. */
export function placed(place: number, language: Language): string {
  return language === "en" ? `place ${place}` : `第 ${place} 位`;
}
