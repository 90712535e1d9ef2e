// What engines and the columns of their tables are called. What the page has no word for goes by its own name.
import { t, words } from "../i18n/index.svelte";

export function nameOf(engine: string): string {
  const id = `engine-name-${engine.replaceAll("_", "-")}`;
  const said = t(id);
  return said === id ? engine : said;
}

/** What a column of a result is called: `median_hours` → 中位用时（小时）. */
export function columnName(column: string): string {
  const [, lines, hours] = /^(\d+) lines? ([\d.]+) h$/.exec(column) ?? [];
  if (lines !== undefined && hours !== undefined) return t("locks-alternative", { lines: Number(lines), hours });
  const id = `column-${column.replace(/[^A-Za-z0-9_-]/g, "_")}`;
  const said = t(id);
  return said === id ? column.replaceAll("_", " ") : said;
}

/** The side of a title in both languages (`中文 · English`) that is shown; a title in one language whole. */
export function side(title: string): string {
  const [left, right, ...rest] = title.split(" · ");
  const han = /[\u4e00-\u9fff]/;
  if (left === undefined || right === undefined || rest.length > 0 || !han.test(left) || han.test(right)) return title;
  return words.language === "en" ? right : left;
}
