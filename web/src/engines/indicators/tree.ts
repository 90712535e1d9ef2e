// A composite index as its tables hold it, put together again in the page when weights move: weighted arithmetic means of the
// normalised indicators, up the tree, over the children that have a value.
import type { EngineResult, ResultTable } from "../../api/types";
import { amountOf, numeric, recordsOf } from "../records";

export interface IndexNode {
  id: string;
  parent: string | null;
  zh: string;
  en: string;
  declared: number;
  leaf: boolean;
  less: boolean;
}

export interface Unit { id: string; zh: string; en: string }

export interface Index {
  id: string;
  /** Children stand anywhere; the root has no parent. */
  nodes: IndexNode[];
  root: string;
  units: Unit[];
  /** Scores of the program by node and unit: normalised for an indicator, put together for a node. */
  scores: Map<string, Map<string, number>>;
  /** Places of the index under varied weights. */
  spread: Map<string, { low: number; median: number; high: number }>;
  table: ResultTable;
}

export function indices(result: EngineResult | null): Index[] {
  return (result?.tables ?? []).flatMap((table) => {
    const id = /^index_nodes\.(.+)$/.exec(table.id)?.[1];
    const scored = result?.tables.find((other) => other.id === `index_scores.${id}`);
    const placed = result?.tables.find((other) => other.id === `index_places.${id}`);
    if (id === undefined || !scored) return [];
    const nodes = recordsOf(table).map((row): IndexNode => ({
      id: row["node"] ?? "", parent: row["parent"] ?? null, zh: row["name_zh"] ?? "", en: row["name_en"] ?? "",
      declared: amountOf(row, "declared_weight"), leaf: row["kind"] === "indicator", less: row["direction"] === "less",
    }));
    const root = nodes.find(({ parent }) => parent === null);
    if (!root) return [];
    const scores = new Map<string, Map<string, number>>();
    const units = new Map<string, Unit>();
    for (const row of recordsOf(scored)) {
      const [node, unit, score] = [row["node"] ?? "", row["subject"] ?? "", numeric(row, "score")];
      units.set(unit, { id: unit, zh: row["name_zh"] ?? unit, en: row["name_en"] ?? unit });
      if (!scores.has(node)) scores.set(node, new Map());
      if (score !== null) scores.get(node)!.set(unit, score);
    }
    const spread = new Map((placed ? recordsOf(placed) : []).map((row) => [row["subject"] ?? "", { low: amountOf(row, "p5"), median: amountOf(row, "p50"), high: amountOf(row, "p95") }]));
    return [{ id, nodes, root: root.id, units: [...units.values()], scores, spread, table: scored }];
  });
}

export function children(index: Index, node: string): IndexNode[] {
  return index.nodes.filter(({ parent }) => parent === node);
}

export type Weights = Readonly<{ [node: string]: number }>;

export function weightOf(node: IndexNode, weights: Weights): number {
  const given = weights[node.id];
  return typeof given === "number" && Number.isFinite(given) && given >= 0 ? given : node.declared;
}

/** Scores of every node and unit under other weights. */
export function scored(index: Index, weights: Weights): Map<string, Map<string, number>> {
  const all = new Map<string, Map<string, number>>();
  const fill = (node: IndexNode): Map<string, number> => {
    const own = children(index, node.id);
    if (own.length === 0) {
      const held = index.scores.get(node.id) ?? new Map<string, number>();
      all.set(node.id, held);
      return held;
    }
    const parts = own.map((child) => ({ weight: weightOf(child, weights), scores: fill(child) }));
    const held = new Map<string, number>();
    for (const { id } of index.units) {
      let [sum, total] = [0, 0];
      for (const { weight, scores } of parts) {
        const score = scores.get(id);
        if (score === undefined) continue;
        sum += weight * score;
        total += weight;
      }
      if (total > 0) held.set(id, sum / total);
    }
    all.set(node.id, held);
    return held;
  };
  const root = index.nodes.find(({ id }) => id === index.root);
  if (root) fill(root);
  return all;
}

/** Places of a node's scores, the highest first; equal scores share the best place. */
export function placed(scores: ReadonlyMap<string, number>): Map<string, number> {
  return new Map([...scores].map(([unit, score]) => [unit, [...scores.values()].filter((other) => other > score + 1e-9).length + 1]));
}

/** The greatest difference between the page's scores of the index and the program's. */
export function difference(index: Index, scores: ReadonlyMap<string, ReadonlyMap<string, number>>): number {
  const [mine, theirs] = [scores.get(index.root), index.scores.get(index.root)];
  if (!mine || !theirs) return Infinity;
  return Math.max(0, ...[...theirs].map(([unit, score]) => Math.abs(score - (mine.get(unit) ?? Infinity))));
}
