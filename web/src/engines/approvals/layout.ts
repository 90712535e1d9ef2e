// Where the steps of a procedure and the ways between them are drawn: top to bottom in the order of the work.
import { graphlib, layout } from "@dagrejs/dagre";
import type { ResultTable } from "../../api/types";
import { breadth } from "../../tables/columns";

/** A way from one step to another, as a row of the table says it. */
export interface Way {
  from: string;
  to: string;
  cases: number;
  /** Median time on the way, hours; none where the table has none. */
  hours: number | null;
}

export interface Step { name: string; x: number; y: number; width: number; height: number }
export interface Line { way: Way; path: string; x: number; y: number }
export interface Drawing { width: number; height: number; steps: Step[]; lines: Line[] }

/** The ways a table holds; none when it is not a table of ways. */
export function waysOf(table: ResultTable): Way[] {
  const at = (name: string) => table.columns.indexOf(name);
  const [from, to, cases, hours] = [at("from"), at("to"), at("cases"), at("median_hours")];
  if (from < 0 || to < 0 || cases < 0) return [];
  return table.rows.flatMap((row) => {
    const [a, b, n] = [row[from], row[to], Number(row[cases] ?? NaN)];
    const time = hours < 0 ? null : row[hours];
    return a && b && n > 0 ? [{ from: a, to: b, cases: n, hours: time === null || time === undefined ? null : Number(time) }] : [];
  });
}

/** The ways that at least this share of the commonest takes, 0 to 1; every step keeps its commonest way in and out. */
export function common(ways: readonly Way[], share: number): Way[] {
  const most = Math.max(1, ...ways.map(({ cases }) => cases));
  const best = (ends: (way: Way) => string) => {
    const found = new Map<string, Way>();
    for (const way of ways) {
      const before = found.get(ends(way));
      if (way.from !== way.to && (!before || way.cases > before.cases)) found.set(ends(way), way);
    }
    return new Set(found.values());
  };
  const [into, out] = [best(({ to }) => to), best(({ from }) => from)];
  return ways.filter((way) => way.cases >= most * share || into.has(way) || out.has(way));
}

const HIGH = 34;

/** Lays the ways out; the same ways give the same drawing. */
export function drawn(ways: readonly Way[]): Drawing {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 34, ranksep: 46, marginx: 16, marginy: 16 });
  for (const name of new Set(ways.flatMap(({ from, to }) => [from, to]))) {
    graph.setNode(name, { width: Math.min(260, breadth(name) * 7.4 + 28), height: HIGH });
  }
  ways.forEach((way, index) => graph.setEdge(way.from, way.to, { width: 74, height: 18, labelpos: "c", weight: Math.ceil(Math.log2(way.cases + 1)), index }, String(index)));
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    steps: graph.nodes().map((name: string) => ({ name, ...(graph.node(name) as Omit<Step, "name">) })),
    lines: graph.edges().flatMap((edge: { v: string; w: string; name?: string }) => {
      const placed = graph.edge(edge) as { points: { x: number; y: number }[]; x: number; y: number; index: number };
      const way = ways[placed.index];
      return way ? [{ way, path: smooth(placed.points), x: placed.x, y: placed.y }] : [];
    }),
  };
}

/** A path through points without corners. */
function smooth(points: readonly { x: number; y: number }[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  const round = (value: number) => Math.round(value * 10) / 10;
  let path = `M${round(first.x)} ${round(first.y)}`;
  for (let at = 0; at < rest.length; at++) {
    const [here, next] = [rest[at], rest[at + 1]];
    if (!here) continue;
    path += next ? `Q${round(here.x)} ${round(here.y)} ${round((here.x + next.x) / 2)} ${round((here.y + next.y) / 2)}` : `L${round(here.x)} ${round(here.y)}`;
  }
  return path;
}
