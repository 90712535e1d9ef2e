// What the text is filtered by: one outcome, or the statements that a missing table would decide. In the address.
import type { DocumentPage, TableNeed } from "../api/types";
import { MARKS, type MarkName } from "./outcomes";
import type { Shown } from "./reading";

export type Filter = { by: "mark"; name: MarkName } | { by: "need"; need: string; claims: ReadonlySet<string> } | null;

/** The filter an address asks for. */
export function filterOf(query: URLSearchParams, page: DocumentPage): Filter {
  const outcome = query.get("outcome");
  const name = MARKS.find((mark) => mark === outcome);
  if (name) return { by: "mark", name };
  const asked = query.get("need");
  const offer = asked === null ? undefined : offers(page.needs).find((each) => each.key === asked);
  return offer ? { by: "need", need: offer.key, claims: new Set(offer.need.claims) } : null;
}

/** What is missing, most statements first, each with a key for the address: one table can be asked for in several ways. */
export function offers(needs: TableNeed[]): { key: string; need: TableNeed }[] {
  const times = new Map<string, number>();
  return needs
    .map((need) => {
      const time = (times.get(need.table) ?? 0) + 1;
      times.set(need.table, time);
      return { key: time === 1 ? need.table : `${need.table}.${time}`, need };
    })
    .sort((a, b) => b.need.claims.length - a.need.claims.length);
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
