// Rows of a result as records, for the views: a cell by the name of its column.
import type { EngineResult, ResultTable } from "../api/types";

export type Record = Readonly<{ [column: string]: string | null }>;

/** A table of a result. */
export function tableOf(result: EngineResult | null, id: string): ResultTable | null {
  return result?.tables.find((table) => table.id === id) ?? null;
}

/** The rows of a table; none when it is not there. */
export function records(result: EngineResult | null, id: string): Record[] {
  const table = tableOf(result, id);
  return table ? recordsOf(table) : [];
}

export function recordsOf(table: ResultTable): Record[] {
  return table.rows.map((row) => Object.fromEntries(table.columns.map((column, at) => [column, row[at] ?? null])));
}

/** A cell as a number; null where there is none. */
export function numeric(record: Record | undefined, column: string): number | null {
  const cell = record?.[column];
  if (cell === null || cell === undefined || cell === "") return null;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}

/** A cell as a number where the table always has one. */
export function amountOf(record: Record | undefined, column: string): number {
  return numeric(record, column) ?? 0;
}
