// How the columns of a table are shown: their short names, their widths, and codes in words.
import { say, t } from "../i18n/index.svelte";
import type { TablePage, TableRow, Text } from "../api/types";

export type Column = TablePage["columns"][number];

/** What a column is called: by the page's own word for it, else by its title without what explains it. */
export function nameOf(column: Column): string {
  const id = `column-${column.name}`;
  const said = t(id);
  return said === id ? shortTitle(say(column.title)) : said;
}

/** The name of a column without what explains it: `主体：六位区划代码` → `主体`. */
export function shortTitle(title: string): string {
  return title.split(/[：；，。:;,.（(]/, 1)[0]?.trim() || title;
}

/** What a code means, by column and value, as the facets told. */
export type Codes = ReadonlyMap<string, ReadonlyMap<string, Text>>;

/** Takes in what the facets of an answer tell; what was known before stays known. */
export function codesOf(page: TablePage, before: Codes): Codes {
  const codes = new Map<string, Map<string, Text>>();
  for (const column of page.columns) {
    const known = explained(column);
    if (known.length > 0) codes.set(column.name, new Map(known));
  }
  for (const [column, values] of before) codes.set(column, new Map([...(codes.get(column) ?? []), ...values]));
  for (const facet of page.facets) {
    for (const { value, words } of facet.values) {
      if (!words) continue;
      const values = codes.get(facet.column) ?? new Map<string, Text>();
      values.set(value, words);
      codes.set(facet.column, values);
    }
  }
  return codes;
}

/** What a code means in the language shown; nothing where the words only say the code again: `2020` is 2020年. */
export function meaningOf(codes: Codes, column: string, value: string): string {
  const words = codes.get(column)?.get(value);
  if (!words) return "";
  const said = say(words);
  const digits = (text: string) => text.replace(/\D/g, "");
  const again = said === value || (!/\p{L}/u.test(value) && digits(said) === digits(value));
  return again ? "" : said;
}

/** The codes that a column's own title explains: `A 正式，P 初步`. */
function explained(column: Column): [string, Text][] {
  const read = (title: string) => title.split(/[，,]\s*/).map((part) => /^([A-Z]) (.+)$/.exec(part));
  const [zh, en] = [read(column.title.zh), read(column.title.en)];
  if (zh.length < 2 || zh.some((part) => part === null)) return [];
  return zh.flatMap((part) => {
    const other = en.find((one) => one?.[1] === part?.[1]);
    return part?.[1] && part[2] ? [[part[1], { zh: part[2], en: other?.[2] ?? part[2] }] as [string, Text]] : [];
  });
}

/** How wide a text is, in half widths: Chinese counts two. */
export function breadth(text: string): number {
  let all = 0;
  for (const letter of text) all += letter > "\u2e7f" ? 2 : 1;
  return all;
}

/** Widths in pixels that fit the rows at hand; what is longer is cut short and shown whole with its row. */
export function widths(titles: readonly string[], rows: readonly TableRow[], words: (column: number, value: string) => string): number[] {
  return titles.map((title, column) => {
    let most = breadth(title) + 2;
    for (const row of rows.slice(0, 200)) {
      const value = row.cells[column];
      if (value) {
        const meaning = words(column, value);
        most = Math.max(most, breadth(value) + (meaning === "" ? 0 : breadth(meaning) + 2));
      }
    }
    return Math.round(Math.min(Math.max(most, 5), 38) * 7.1 + 22);
  });
}

/** The name of a file without its folders. */
export function fileName(file: string): string {
  return file.split("/").at(-1) ?? file;
}

/** Filters that only rows of the same codes fit: what the facets tell under them are the words of these codes. */
export function sameCodes(columns: readonly Column[], row: TableRow): URLSearchParams {
  const query = new URLSearchParams({ limit: "1" });
  columns.forEach((column, at) => {
    const value = row.cells[at];
    if (column.kind === "text" && value && value.length < 80) query.set(`where.${column.name}`, value);
  });
  return query;
}
