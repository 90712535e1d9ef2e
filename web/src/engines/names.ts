// What an engine is called. One that the page has no word for goes by its id.
import { t } from "../i18n/index.svelte";

export function nameOf(engine: string): string {
  const id = `engine-name-${engine.replaceAll("_", "-")}`;
  const said = t(id);
  return said === id ? engine : said;
}
