// Names of options in words. A schema speaks as its author wrote it; where the page has words of its own for an option, in
// locales/*/engines.ftl under `option-ENGINE-PATH`, these go before.
import { t, words } from "../i18n/index.svelte";
import type { Choice, Field, Json } from "./schema";

/** What an option is called. */
export function titleOf(engine: string, field: Field): string {
  return own(`option-${engine}-${key(field)}`) ?? plain(oneOf(field.title));
}

/** What an option means. */
export function meaningOf(engine: string, field: Field): string {
  return own(`option-${engine}-${key(field)}-note`) ?? oneOf(field.description);
}

/** What one of a closed set is called. */
export function choiceOf(engine: string, field: Field, choice: Pick<Choice, "label">): string {
  return own(`option-${engine}-${key(field)}-${safe(choice.label)}`) ?? plain(oneOf(choice.label));
}

/** What one of a closed set means. */
export function choiceMeaning(engine: string, field: Field, choice: Pick<Choice, "label" | "description">): string {
  return own(`option-${engine}-${key(field)}-${safe(choice.label)}-note`) ?? oneOf(choice.description);
}

/** A value as a sentence tells it. */
export function valueInWords(engine: string, field: Field, value: Json): string {
  if (value === null) return t("engines-unset");
  if (typeof value === "boolean") return t(value ? "engines-yes" : "engines-no");
  if (field.kind === "choice") {
    const choice = field.choices.find((one) => one.value === value);
    if (choice) return choiceOf(engine, field, choice);
  }
  if (field.kind === "variants" && typeof value === "string") return choiceOf(engine, field, { label: value });
  if (Array.isArray(value)) return value.map((one) => valueInWords(engine, field, one)).join(t("engines-list-separator"));
  if (typeof value === "object") return Object.entries(value).map(([name, one]) => `${plain(name)} ${valueInWords(engine, field, one)}`).join(t("engines-list-separator"));
  return String(value);
}

/** The side of a text in both languages (`中文 | English`) that is shown; a text in one language whole. */
export function oneOf(text: string): string {
  const [left, right, ...rest] = text.split(" | ");
  if (left === undefined || right === undefined || rest.length > 0 || !/[\u4e00-\u9fff]/.test(left)) return text;
  return words.language === "en" ? right : left;
}

function own(id: string): string | null {
  const said = t(id);
  return said === id ? null : said;
}

function key(field: Field): string {
  return safe(field.path.filter((part) => !/^\d+$/.test(part)).join("-")) || "all";
}

function safe(text: string): string {
  return text.replace(/[^A-Za-z0-9_-]/g, "_");
}

/** `tie_rule` → `tie rule`. */
function plain(name: string): string {
  return /^[a-z0-9_]+$/.test(name) ? name.replaceAll("_", " ") : name;
}
