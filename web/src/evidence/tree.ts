// The way from a figure down to its rows, laid out by dagre. Where many steps are computed alike, the first stand for all
// and the rest is folded until it is asked for.
import dagre from "@dagrejs/dagre";
import { advance, line, px, shorten, text, type Scene, type Shape } from "../charts/scene";
import { isWeak } from "../charts/readable";
import { say, t } from "../i18n/index.svelte";
import type { CitedFile, Step } from "../api/types";
import { rowAddress } from "./citations";

/** How many of many alike are drawn. */
const SHOWN = 3;
/** How many are too many. */
const MANY = 5;

export interface TreeNode {
  id: string;
  step: Step | null;
  /** How many are folded here. */
  folded: number;
  /** Which step's inputs are folded or unfolded by this node. */
  of: string;
  x: number;
  y: number;
  w: number;
  h: number;
  href: string | null;
}

export interface Laid {
  scene: Scene;
  nodes: TreeNode[];
}

/** Steps and cells of a whole tree. */
export function counted(step: Step): { steps: number; rows: number } {
  const below = step.from.map(counted);
  return {
    steps: 1 + below.reduce((sum, each) => sum + each.steps, 0),
    rows: (step.citation ? 1 : 0) + below.reduce((sum, each) => sum + each.rows, 0),
  };
}

/** What a step is called, and the words below it. */
export function named(step: Step): { title: string; note: string } {
  if (step.citation) return { title: step.citation.value, note: t("tree-row", { row: String(step.citation.row), file: step.citation.file.split("/").at(-1) ?? "" }) };
  return { title: say(step.label), note: t(`step-${step.by}`) };
}

/** Lays the tree out from left to right; `open` are the steps whose inputs all show. */
export function layout(root: Step, files: CitedFile[], open: ReadonlySet<string>, wide: boolean): Laid {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 9, ranksep: wide ? 52 : 34, marginx: 2, marginy: 2 });
  graph.setDefaultEdgeLabel(() => ({}));
  const nodes: TreeNode[] = [];
  const room = wide ? 260 : 190;
  const add = (id: string, step: Step | null, folded: number, of: string): TreeNode => {
    const { title, note } = step ? named(step) : { title: folded > 0 ? t("finding-folded", { count: folded }) : t("finding-fold"), note: "" };
    const w = Math.min(Math.max(advance(title, 12.5, true) + 24, advance(`${note} · ${step ? t(`grade-${step.grade}`) : ""}`, 11) + 26, 96), room);
    const node = { id, step, folded, of, x: 0, y: 0, w, h: step ? 42 : 26, href: step?.citation ? rowAddress(step.citation, files) : null };
    nodes.push(node);
    graph.setNode(id, { width: node.w, height: node.h });
    return node;
  };
  const walk = (step: Step, id: string): void => {
    const many = step.from.length > MANY;
    const shown = many && !open.has(id) ? step.from.slice(0, SHOWN) : step.from;
    shown.forEach((below, i) => {
      const key = `${id}.${i}`;
      add(key, below, 0, key);
      graph.setEdge(id, key);
      walk(below, key);
    });
    if (many) {
      add(`${id}.more`, null, step.from.length - shown.length, id);
      graph.setEdge(id, `${id}.more`);
    }
  };
  add("0", root, 0, "0");
  walk(root, "0");
  // Steps stand in the order they were taken.
  dagre.layout(graph, { disableOptimalOrderHeuristic: true });
  for (const node of nodes) {
    const placed = graph.node(node.id);
    [node.x, node.y] = [placed.x - node.w / 2, placed.y - node.h / 2];
  }
  const { width = 0, height = 0 } = graph.graph();
  return { nodes, scene: { width: Math.ceil(width) + 2, height: Math.ceil(height) + 2, shapes: drawn(nodes, room), spots: [] } };
}

function drawn(nodes: TreeNode[], room: number): Shape[] {
  const by = new Map(nodes.map((node) => [node.id, node]));
  const shapes: Shape[] = [];
  for (const node of nodes) {
    const parent = by.get(node.id.replace(/\.[^.]+$/, ""));
    if (!parent || parent === node) continue;
    const [x1, y1, x2, y2] = [parent.x + parent.w, parent.y + parent.h / 2, node.x, node.y + node.h / 2];
    const pull = (x2 - x1) / 2;
    shapes.push({ kind: "path", d: `M${px(x1)} ${px(y1)}C${px(x1 + pull)} ${px(y1)} ${px(x2 - pull)} ${px(y2)} ${px(x2)} ${px(y2)}`, stroke: "line2", fill: "none", width: 1.4, dash: node.step ? undefined : "3 3" });
  }
  for (const node of nodes) {
    if (!node.step) {
      shapes.push({ kind: "rect", x: node.x, y: node.y, w: node.w, h: node.h, r: 13, fill: "tint", stroke: "line2", width: 1, dash: "3 3" });
      shapes.push(text(node.x + node.w / 2, node.y + 17, shorten(node.folded > 0 ? `＋ ${t("finding-folded", { count: node.folded })}` : `− ${t("finding-fold")}`, 11.5, node.w - 8), { anchor: "middle" }));
      continue;
    }
    const { title, note } = named(node.step);
    const weak = isWeak(node.step.grade);
    const row = node.step.citation !== null && node.step.citation !== undefined;
    shapes.push({ kind: "rect", x: node.x, y: node.y, w: node.w, h: node.h, r: row ? 3 : 8, fill: row ? "panel" : "tint", stroke: weak ? "ink2" : row ? "line2" : "ink2", width: 1.2, dash: weak ? "4 3" : undefined });
    shapes.push(text(node.x + 11, node.y + 18, shorten(title, 12.5, Math.min(node.w, room) - 22), { size: 12.5, bold: true, fill: "ink" }));
    const grade = t(`grade-${node.step.grade}`);
    shapes.push(text(node.x + 11, node.y + 33, shorten(`${note} · ${grade}`, 11, node.w - 18), { size: 11 }));
    if (weak) shapes.push(line(node.x + 1, node.y + 6, node.x + 1, node.y + node.h - 6, "open", 3));
  }
  return shapes;
}
