// A portfolio as areas: groups, and within them projects as large as their investment.
//
// Squarified after Bruls, Huizing, van Wijk, Squarified Treemaps (2000): rows are laid along the shorter side as long as the worst
// ratio of their rectangles does not grow.
import { advance, shorten, text, type Ink, type Scene } from "../../charts/scene";
import { money, type Project } from "./register";

export interface Box { x: number; y: number; w: number; h: number }

/** Boxes within a box, as large as their amounts, in the order given; amounts fall. */
export function squarified(amounts: readonly number[], within: Box): Box[] {
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  const boxes: Box[] = [];
  if (total <= 0) return amounts.map(() => ({ x: within.x, y: within.y, w: 0, h: 0 }));
  const scale = (within.w * within.h) / total;
  let { x, y, w, h } = within;
  let from = 0;
  while (from < amounts.length) {
    const side = Math.min(w, h);
    let [to, sum, worst] = [from, 0, Infinity];
    while (to < amounts.length) {
      const next = sum + amounts[to]! * scale;
      const row = amounts.slice(from, to + 1).map((amount) => amount * scale);
      const ratio = worstOf(row, next, side);
      if (to > from && ratio > worst) break;
      [sum, worst] = [next, ratio];
      to += 1;
    }
    const thick = side > 0 ? sum / side : 0;
    let along = 0;
    for (const amount of amounts.slice(from, to)) {
      const long = thick > 0 ? (amount * scale) / thick : 0;
      boxes.push(w >= h ? { x, y: y + along, w: thick, h: long } : { x: x + along, y, w: long, h: thick });
      along += long;
    }
    if (w >= h) [x, w] = [x + thick, w - thick];
    else [y, h] = [y + thick, h - thick];
    from = to;
  }
  return boxes;
}

function worstOf(row: readonly number[], sum: number, side: number): number {
  const [most, least] = [Math.max(...row), Math.min(...row)];
  return least > 0 && sum > 0 ? Math.max((side * side * most) / (sum * sum), (sum * sum) / (side * side * least)) : Infinity;
}

export interface Group { name: string; projects: Project[] }

/** Projects by a word they share, the largest group first. */
export function grouped(projects: readonly Project[], of: (project: Project) => string, amount: (project: Project) => number): Group[] {
  const groups = new Map<string, Project[]>();
  for (const project of projects) {
    const name = of(project);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name)!.push(project);
  }
  const sum = (group: Group): number => group.projects.reduce((all, project) => all + amount(project), 0);
  return [...groups].map(([name, list]) => ({ name, projects: [...list].sort((a, b) => amount(b) - amount(a)) })).sort((a, b) => sum(b) - sum(a));
}

const HEAD = 19;
const FILLS: readonly Ink[] = ["water", "concrete", "tint", "own-t"];

export function treemap(groups: readonly Group[], width: number, amount: (project: Project) => number, words: { group: (name: string, n: number, sum: string) => string; note: (project: Project) => string }): Scene {
  const height = width < 500 ? 420 : 440;
  const scene: Scene = { width, height, shapes: [], spots: [] };
  const sums = groups.map(({ projects }) => projects.reduce((sum, project) => sum + amount(project), 0));
  squarified(sums, { x: 0, y: 0, w: width, h: height }).forEach((box, at) => {
    const group = groups[at]!;
    const headed = box.h > HEAD + 14 && box.w > 44;
    const inner = { x: box.x + 1.5, y: box.y + (headed ? HEAD : 1.5), w: Math.max(0, box.w - 3), h: Math.max(0, box.h - (headed ? HEAD : 1.5) - 1.5) };
    if (headed) {
      const label = shorten(words.group(group.name, group.projects.length, money(sums[at]!)), 12, box.w - 8);
      scene.shapes.push(text(box.x + 4, box.y + 14, label, { size: 12, bold: true, fill: "ink" }));
      scene.spots.push({ x: box.x + box.w / 2, y: box.y + 9, r: 9, title: group.name, note: words.group("", group.projects.length, money(sums[at]!)), key: `group:${group.name}` });
    }
    squarified(group.projects.map(amount), inner).forEach((cell, i) => {
      const project = group.projects[i]!;
      if (cell.w < 0.6 || cell.h < 0.6) return;
      const out = project.carried === false;
      scene.shapes.push({ kind: "rect", x: cell.x + 0.5, y: cell.y + 0.5, w: Math.max(0.3, cell.w - 1), h: Math.max(0.3, cell.h - 1), r: 1, fill: FILLS[at % FILLS.length]!, stroke: out ? "against" : "line2", width: out ? 1.2 : 0.6 });
      if (out) scene.shapes.push({ kind: "rect", x: cell.x + 0.5, y: cell.y + 0.5, w: Math.max(0.3, cell.w - 1), h: Math.max(0.3, cell.h - 1), r: 1, fill: "hatch" });
      if (cell.w > 46 && cell.h > 17) scene.shapes.push(text(cell.x + 4, cell.y + 14, shorten(project.name, 11, cell.w - 7), { size: 11, fill: "ink" }));
      if (cell.w > 46 && cell.h > 32 && advance(money(amount(project)), 11) < cell.w - 7) scene.shapes.push(text(cell.x + 4, cell.y + 28, money(amount(project)), { size: 11 }));
      scene.spots.push({ x: cell.x + cell.w / 2, y: cell.y + cell.h / 2, r: Math.max(5, Math.min(14, Math.min(cell.w, cell.h) / 2)), title: project.name, note: words.note(project), key: `project:${project.code}` });
    });
  });
  return scene;
}
