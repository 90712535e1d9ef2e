// Cells of evidence by the origin they come from.
import type { Finding, Origin } from "../api/types";

export type Cell = Finding["evidence"][number];

export interface Cited {
  origin: Origin;
  cells: Cell[];
}

const order = ["official", "media", "aggregator", "unverified", "modelled", "synthetic", "assumed"];

/** The origins that findings rest on, in the order they are cited, each with its cells. */
export function cited(findings: Finding[], origins: Origin[]): Cited[] {
  const by = new Map<string, Cell[]>();
  for (const cell of findings.flatMap((finding) => finding.evidence)) {
    const cells = by.get(cell.origin) ?? [];
    if (!cells.some((other) => other.file === cell.file && other.row === cell.row && other.column === cell.column)) cells.push(cell);
    by.set(cell.origin, cells);
  }
  return [...by].flatMap(([id, cells]) => {
    const origin = origins.find((each) => each.id === id);
    return origin ? [{ origin, cells }] : [];
  });
}

/** Whether this origin is the one that holds the others' grade down. */
export function weakest(own: Cited, all: Cited[]): boolean {
  const at = (each: Cited): number => order.indexOf(each.origin.grade);
  const worst = Math.max(...all.map(at));
  return at(own) === worst && all.some((other) => at(other) < worst);
}

/** The address of the row of a cell in the table browser; null where the table is not known. */
export function rowAddress(cell: Cell): string | null {
  const table = "table" in cell && typeof cell.table === "string" && cell.table !== "" ? cell.table : null;
  return table === null ? null : `/tables/${encodeURIComponent(table)}?${new URLSearchParams({ file: cell.file, row: String(cell.row) })}`;
}
