// How an answer is cited: after GB/T 7714 (electronic resource, with the date of access) in Chinese, in plain words in
// English. The sources it rests on are named, since they are what is quoted.
import type { Origin, StatementPage } from "../api/types";
import { t, type Language } from "../i18n/index.svelte";
import { quoted } from "./claim";

export function cite(page: StatementPage, address: string, language: Language): string {
  const today = new Date().toISOString().slice(0, 10);
  const title = quoted(page.answer).slice(0, 80);
  const rests = page.origins.filter((origin) => page.findings.some((finding) => page.answer.because.includes(finding.id) && finding.evidence.some((cell) => cell.origin === origin.id)));
  const sources = rests.slice(0, 3).map((origin) => source(origin, language)).join(language === "en" ? "; " : "；");
  return t("cite-answer", { title, outcome: t(`outcome-${page.answer.outcome}`), document: page.document, number: page.number, today, address, has: sources ? "yes" : "no", sources });
}

function source(origin: Origin, language: Language): string {
  const year = origin.published?.slice(0, 4) ?? "";
  return language === "en" ? [origin.publisher, origin.title, year].filter(Boolean).join(", ") : [origin.publisher, [origin.title, year].filter(Boolean).join("，")].filter(Boolean).join(". ");
}

