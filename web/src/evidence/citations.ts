// Cells of evidence by the origin they come from.
import type { CitedFile, Finding, Origin } from "../api/types";
import { addressOf } from "../tables/address";

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

/** Where a row stands in the table browser; null where the table of its file is not known. */
export function rowAddress(cell: Cell, files: CitedFile[]): string | null {
  const table = files.find((each) => each.file === cell.file && (each.sheet ?? null) === (cell.sheet ?? null))?.table;
  return table === undefined ? null : addressOf(table, new URLSearchParams(), { file: cell.file, row: cell.row });
}
