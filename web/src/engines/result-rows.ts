// Rows of a result table: sorted as numbers where they are numbers, and written as CSV.
import type { ResultTable } from "../api/types";

type Row = readonly (string | null)[];

const NUMBER = /^[-−+]?\d[\d,]*(\.\d+)?%?$/;

/** Whether all cells of a column that are not missing are numbers. */
export function isNumeric(rows: readonly Row[], at: number): boolean {
  const cells = rows.map((row) => row[at]).filter((cell) => cell !== null && cell !== undefined && cell !== "");
  return cells.length > 0 && cells.every((cell) => NUMBER.test(cell as string));
}

/** The rows by a column, missing cells last either way; equal rows keep their order. */
export function sorted<R extends Row>(rows: readonly R[], at: number, descending: boolean): R[] {
  const numeric = isNumeric(rows, at);
  const sign = descending ? -1 : 1;
  return [...rows].sort((left, right) => {
    const [a, b] = [left[at] ?? "", right[at] ?? ""];
    if (a === "" || b === "") return Number(a === "") - Number(b === "");
    return sign * (numeric ? value(a) - value(b) : a.localeCompare(b));
  });
}

function value(cell: string): number {
  return Number(cell.replace("−", "-").replace(/[,%]/g, ""));
}

/** The table as CSV with a byte order mark, so that spreadsheets read Chinese. */
export function csvOf(table: ResultTable): string {
  const line = (cells: Row) => cells.map((cell) => quoted(cell ?? "")).join(",");
  return "\ufeff" + [line(table.columns), ...table.rows.map(line)].join("\r\n") + "\r\n";
}

/** A cell that a spreadsheet would take for a formula is kept a text. */
function quoted(cell: string): string {
  const safe = /^[=@\t\r]/.test(cell) || (/^[+-]/.test(cell) && !NUMBER.test(cell)) ? "'" + cell : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
