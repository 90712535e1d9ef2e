// What engines and the columns of their tables are called. What the page has no word for goes by its own name.
import { t } from "../i18n/index.svelte";

export function nameOf(engine: string): string {
  const id = `engine-name-${engine.replaceAll("_", "-")}`;
  const said = t(id);
  return said === id ? engine : said;
}

/** What a column of a result is called: `median_hours` → 中位用时（小时）. */
export function columnName(column: string): string {
  const id = `column-${column.replace(/[^A-Za-z0-9_-]/g, "_")}`;
  const said = t(id);
  return said === id ? column.replaceAll("_", " ") : said;
}
