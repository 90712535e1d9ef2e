// What the text is filtered by: one outcome, or the statements that a missing table would decide. In the address.
import type { DocumentPage } from "../api/types";
import { MARKS, type MarkName } from "./outcomes";
import type { Shown } from "./reading";

export type Filter = { by: "mark"; name: MarkName } | { by: "need"; table: string; claims: ReadonlySet<string> } | null;

/** The filter an address asks for. */
export function filterOf(query: URLSearchParams, page: DocumentPage): Filter {
  const outcome = query.get("outcome");
  const name = MARKS.find((mark) => mark === outcome);
  if (name) return { by: "mark", name };
  const need = page.needs.find((each) => each.table === query.get("need"));
  return need ? { by: "need", table: need.table, claims: new Set(need.claims) } : null;
}

/** Whether a statement is among those filtered for. */
export function hits(filter: Filter, statement: Shown): boolean {
  if (!filter) return false;
  return filter.by === "mark" ? statement.name === filter.name : filter.claims.has(statement.id);
}

/** How many statements have each mark, in the order they are shown. */
export function counted(statements: Shown[]): { name: MarkName; statements: number }[] {
  const counts = new Map<MarkName, number>();
  for (const statement of statements) counts.set(statement.name, (counts.get(statement.name) ?? 0) + 1);
  return MARKS.map((name) => ({ name, statements: counts.get(name) ?? 0 }));
}
