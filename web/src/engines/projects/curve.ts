// The S-curve of a year: planned, done and spent so far, and the forecast of what is left with its band.
import { Linear } from "../../charts/scale";
import { advance, line, px, text, type Ink, type Scene } from "../../charts/scene";
import { money, type Ahead, type Month } from "./register";

export interface CurveWords {
  unit: string;
  planned: string;
  earned: string;
  spent: string;
  median: string;
  target: string | null;
  month: (month: string) => string;
  note: (month: string) => string;
}

export function curve(months: readonly Month[], ahead: readonly Ahead[], target: number | null, width: number, words: CurveWords): Scene {
  const small = width < 440;
  const scene: Scene = { width, height: small ? 280 : 330, shapes: [], spots: [] };
  const first = ahead[0]?.month ?? "9999";
  const reported = months.filter(({ month }) => month < first);
  const labels = [...new Set([...months.map(({ month }) => month), ...ahead.map(({ month }) => month)])].sort();
  if (labels.length < 2) return scene;
  const [top, foot] = [26, scene.height - 26];
  const most = Math.max(...months.map(({ planned }) => planned), ...reported.flatMap(({ earned, spent }) => [earned, spent]), ...ahead.map(({ high }) => high), target ?? 0) * 1.05;
  const down = new Linear(0, most, foot, top);
  const ticks = down.ticks(small ? 4 : 6);
  const left = Math.max(...ticks.map((tick) => advance(tick.text, 11))) + 10;
  const right = width - (small ? 46 : 74);
  const step = (right - left) / (labels.length - 1);
  const across = (month: string): number => left + labels.indexOf(month) * step;
  for (const tick of ticks) scene.shapes.push(line(left, down.at(tick.value), right, down.at(tick.value), "line"), text(left - 6, down.at(tick.value) + 4, tick.text, { size: 11, anchor: "end" }));
  scene.shapes.push(text(0, 12, words.unit, { size: 11 }));
  const last = reported.at(-1);
  if (ahead.length > 0) {
    const begin = last ? [{ month: last.month, low: last.earned, median: last.earned, high: last.earned }] : [];
    const band = [...begin, ...ahead];
    const edge = (of: (one: Ahead) => number): string[] => band.map((one) => `${px(across(one.month))} ${px(down.at(of(one)))}`);
    scene.shapes.push(
      { kind: "path", d: `M${[...edge(({ low }) => low), ...edge(({ high }) => high).reverse()].join("L")}Z`, fill: "own", opacity: 0.18 },
      { kind: "path", d: `M${edge(({ median }) => median).join("L")}`, stroke: "own", fill: "none", width: 2.2, dash: "6 4" },
    );
  }
  const draw = (list: readonly Month[], of: (one: Month) => number, stroke: Ink, wide: number, dash?: string): void => {
    if (list.length > 0) scene.shapes.push({ kind: "path", d: `M${list.map((one) => `${px(across(one.month))} ${px(down.at(of(one)))}`).join("L")}`, stroke, fill: "none", width: wide, dash });
  };
  draw(months, ({ planned }) => planned, "ghost", 2, "2 3");
  draw(reported, ({ spent }) => spent, "open", 1.8);
  draw(reported, ({ earned }) => earned, "own", 2.8);
  if (target !== null && words.target) scene.shapes.push(line(left, down.at(target), right, down.at(target), "against", 1.5, "6 4"), text(left + 4, down.at(target) - 5, words.target, { size: 11.5, bold: true, fill: "against", halo: true }));
  ends(scene, across, down, right, months, reported, ahead, words);
  const every = Math.max(1, Math.ceil((advance(words.month(labels[0]!), 11) + 10) / step));
  labels.forEach((month, i) => {
    if (i % every === 0) scene.shapes.push(text(across(month), foot + 18, words.month(month), { size: 11, anchor: "middle" }));
    const at = ahead.find((one) => one.month === month)?.median ?? reported.find((one) => one.month === month)?.earned;
    if (at !== undefined) scene.spots.push({ x: across(month), y: down.at(at), r: 8, title: words.month(month), note: words.note(month), series: 0 });
  });
  return scene;
}

/** Names at the ends of the lines, apart from each other. */
function ends(scene: Scene, across: (month: string) => number, down: Linear, right: number, months: readonly Month[], reported: readonly Month[], ahead: readonly Ahead[], words: CurveWords): void {
  const [plan, now, end] = [months.at(-1), reported.at(-1), ahead.at(-1)];
  const labels: { at: number; x: number; words: string; fill: Ink }[] = [];
  if (plan) labels.push({ at: down.at(plan.planned), x: right + 6, words: words.planned, fill: "ink2" });
  if (end) labels.push({ at: down.at(end.median), x: right + 6, words: words.median, fill: "own" });
  labels.sort((a, b) => a.at - b.at);
  for (let i = 1; i < labels.length; i++) labels[i]!.at = Math.max(labels[i]!.at, labels[i - 1]!.at + 15);
  for (const label of labels) scene.shapes.push(text(label.x, label.at + 4, label.words, { size: 11.5, bold: label.fill === "own", fill: label.fill, halo: true }));
  if (!now) return;
  const x = across(now.month);
  const apart = Math.abs(down.at(now.earned) - down.at(now.spent)) < 15 ? 9 : 0;
  const over = now.earned >= now.spent ? 1 : -1;
  scene.shapes.push(
    text(x - 6, down.at(now.earned) - 8 * over - apart * over * 0.5, `${words.earned} ${money(now.earned)}`, { size: 11.5, bold: true, fill: "own", anchor: "end", halo: true }),
    text(x + 6, down.at(now.spent) + 12 * over + apart * over * 0.5, `${words.spent} ${money(now.spent)}`, { size: 11.5, fill: "open", halo: true }),
  );
}
