// Problems of the data: how many of each kind, and the way to the row of one.
import { get } from "../api/client";
import { addressOf } from "./address";
import type { Problem, TableCard, TablePage } from "../api/types";

const GRAVEST_FIRST = ["fatal", "error", "warning"];

/** How many of each severity, gravest first, none left out. */
export function severities(problems: readonly Problem[]): [string, number][] {
  return GRAVEST_FIRST.map((name) => [name, problems.filter(({ severity }) => severity === name).length]);
}

/** How many of each code, most first. */
export function codesOf(problems: readonly Problem[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { code } of problems) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

/** The table that holds a row of a file; none where the row was left out. A problem names the file alone. */
export async function tableOf(file: string, row: number): Promise<string | null> {
  const tables = (await get<TableCard[]>("/tables")).filter(({ rows }) => rows);
  const likely = (id: string) => (file.includes(id) ? 0 : 1);
  for (const { id } of tables.sort((a, b) => likely(a.id) - likely(b.id) || (b.rows ?? 0) - (a.rows ?? 0))) {
    const page = await get<TablePage>(addressOf(id, new URLSearchParams({ limit: "1" }), { file, row })).catch(() => null);
    if (page?.rows.some((held) => held.file === file && held.row === row)) return id;
  }
  return null;
}
