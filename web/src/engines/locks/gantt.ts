// A day as a Gantt: a row for each chamber with its lockages, empty runs and closures, and above them how many ships wait.
import { Linear } from "../../charts/scale";
import { advance, line, px, shorten, text, type Scene } from "../../charts/scene";
import { queue, type Day, type Span } from "./day";

export interface GanttWords {
  chamber: (id: string) => string;
  span: (span: Span) => { title: string; note: string };
  waiting: (most: number) => string;
}

const QUEUE = 64;
const ROW = 30;

export function gantt(day: Day, hour: number, width: number, words: GanttWords): Scene {
  const names = day.chambers.map(({ id }) => words.chamber(id));
  const gutter = Math.min(Math.max(...names.map((name) => advance(name, 12)), 20) + 10, width * 0.25);
  const across = new Linear(0, 24, gutter, width - 6);
  const top = 20;
  const foot = top + QUEUE + 10 + day.chambers.length * ROW;
  const scene: Scene = { width, height: foot + 24, shapes: [], spots: [] };
  const steps = queue(day);
  const most = Math.max(...steps.map(({ ships }) => ships));
  const down = new Linear(0, Math.max(most, 1), top + QUEUE, top);
  const path = steps.map(({ hour: at, ships }, i) => `${i === 0 ? "M" : `L${px(across.at(at))} ${px(down.at(steps[i - 1]!.ships))}L`}${px(across.at(at))} ${px(down.at(ships))}`).join("");
  scene.shapes.push(
    { kind: "path", d: `${path}L${px(across.at(24))} ${px(top + QUEUE)}L${px(across.at(0))} ${px(top + QUEUE)}Z`, fill: "own", opacity: 0.14 },
    { kind: "path", d: path, stroke: "own", fill: "none", width: 2 },
    text(gutter, 12, words.waiting(most), { size: 12, bold: true, fill: "own" }),
  );
  day.chambers.forEach((chamber, at) => {
    const y = top + QUEUE + 10 + at * ROW;
    scene.shapes.push(text(0, y + 19, shorten(names[at]!, 12, gutter - 8), { size: 12, fill: "ink" }), line(gutter, y + ROW - 2, width - 6, y + ROW - 2, "line"));
    for (const span of day.spans) if (span.chamber === chamber.id) bar(scene, span, across, y, hour, words);
  });
  const every = across.at(3) - across.at(0) < 50 ? 6 : 3;
  for (let tick = 0; tick <= 24; tick += every) {
    const anchor = tick === 0 ? "start" : tick === 24 ? "end" : "middle";
    scene.shapes.push(line(across.at(tick), foot, across.at(tick), foot + 4, "line2"), text(across.at(tick), foot + 18, `${tick}:00`, { size: 11, anchor }));
  }
  scene.shapes.push(line(across.at(hour), top - 4, across.at(hour), foot + 4, "against", 1.5));
  return scene;
}

function bar(scene: Scene, span: Span, across: Linear, y: number, hour: number, words: GanttWords): void {
  const [from, to] = [across.at(span.start), across.at(span.end)];
  const wide = Math.max(to - from - 0.8, 0.8);
  const on = span.start <= hour && hour < span.end;
  if (span.kind === "closed") scene.shapes.push({ kind: "rect", x: from, y: y + 3, w: wide, h: 22, fill: "hatch" });
  else if (span.kind === "empty") scene.shapes.push({ kind: "rect", x: from, y: y + 12, w: wide, h: 4, fill: "hull2", opacity: 0.7 });
  else {
    // Up stands high and light, down low and dark, so that colour does not say it alone.
    scene.shapes.push({ kind: "rect", x: from, y: span.up ? y + 3 : y + 9, w: wide, h: 16, r: 1, fill: span.up ? "hull2" : "hull", ...(on ? { stroke: "against", width: 1.5 } : {}) });
    if (wide > advance(String(span.ships), 11) + 4) scene.shapes.push(text(from + wide / 2, y + (span.up ? 15 : 21), String(span.ships), { size: 11, anchor: "middle", fill: "panel", bold: true }));
  }
  const said = words.span(span);
  if (span.kind !== "empty") scene.spots.push({ x: (from + to) / 2, y: y + 14, r: 9, ...said, key: span.id });
}
