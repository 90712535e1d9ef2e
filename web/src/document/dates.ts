// Dates as both languages print them.
import type { Language } from "../i18n/index.svelte";

/** `2021-03-08` → 2021年3月8日, 8 March 2021; anything else as it is. */
export function plainDate(iso: string, language: Language): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso) ?? [];
  if (!year) return iso;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : "zh-CN", { dateStyle: "long", timeZone: "UTC" }).format(date);
}
