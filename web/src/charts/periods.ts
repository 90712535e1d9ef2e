// Periods in words: 2020年1—9月, Jan–Sep 2020.
import type { Language } from "../i18n/index.svelte";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const QUARTERS = ["一", "二", "三", "四"];

/** A period as the data writes it, in words; what is no period stays as it is. */
export function period(text: string, language: Language): string {
  const en = language === "en";
  const [from, to, ...rest] = text.split("..");
  if (from === undefined || rest.length > 0) return text;
  if (to === undefined) return instant(from, en);
  if (from === "" && to === "") return en ? "any time" : "各期";
  if (from === "") return en ? `by ${instant(to, en)}` : `到${instant(to, en)}`;
  if (to === "") return en ? `from ${instant(from, en)}` : `自${instant(from, en)}起`;
  const [a, b] = [/^(\d{4})-(\d{2})$/.exec(from), /^(\d{4})-(\d{2})$/.exec(to)];
  if (a && b && a[1] === b[1]) return en ? `${month(a[2]!)}–${month(b[2]!)} ${a[1]}` : `${a[1]}年${Number(a[2])}—${Number(b[2])}月`;
  if (/^\d{4}$/.test(from) && /^\d{4}$/.test(to)) return en ? `${from}–${to}` : `${from}—${to}年`;
  return en ? `${instant(from, en)} to ${instant(to, en)}` : `${instant(from, en)}至${instant(to, en)}`;
}

function month(digits: string): string {
  return MONTHS[Number(digits) - 1] ?? digits;
}

function instant(text: string, en: boolean): string {
  const [, year, part, day] = /^(\d{4})(?:-(Q[1-4]|H[12]|\d{2}))?(?:-(\d{2}))?$/.exec(text) ?? [];
  if (!year) return text;
  if (!part) return en ? year : `${year}年`;
  if (part.startsWith("Q")) return en ? `${part} ${year}` : `${year}年${QUARTERS[Number(part[1]) - 1]}季度`;
  if (part.startsWith("H")) return en ? `${part === "H1" ? "first" : "second"} half of ${year}` : `${year}年${part === "H1" ? "上" : "下"}半年`;
  if (!day) return en ? `${month(part)} ${year}` : `${year}年${Number(part)}月`;
  return en ? `${Number(day)} ${month(part)} ${year}` : `${year}年${Number(part)}月${Number(day)}日`;
}
