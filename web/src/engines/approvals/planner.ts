// The share of cases that a limit would keep, by the limit: a staircase with its interval, the limit and the confidence wished.
import { Linear } from "../../charts/scale";
import { advance, line, px, text, type Scene } from "../../charts/scene";
import { wilson, within, type Times } from "./share";

export interface PlannerWords {
  days: string;
  limit: string;
  confidence: string;
  promised: string | null;
  at: (days: number, cases: number, share: number) => string;
}

/** How far the axis goes: what all but one in two hundred took, and the limits that are drawn. */
export function reach(times: Times, limit: number): number {
  let done = 0;
  const most = times.days.find(({ cases }) => (done += cases) >= times.all * 0.995)?.days ?? 1;
  return Math.max(5, Math.ceil(Math.max(most, limit, times.promised ?? 0) * 1.05));
}

export function planner(times: Times, limit: number, confidence: number, width: number, words: PlannerWords): Scene {
  const scene: Scene = { width, height: width < 440 ? 240 : 280, shapes: [], spots: [] };
  const most = reach(times, limit);
  const [top, foot, left, right] = [30, scene.height - 30, 42, width - 10];
  const across = new Linear(0, most, left, right);
  const down = new Linear(0, 1, foot, top);
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    scene.shapes.push(line(left, down.at(share), right, down.at(share), "line"), text(left - 6, down.at(share) + 4, `${share * 100}%`, { size: 11, anchor: "end" }));
  }
  const ticks = across.ticks(width < 440 ? 5 : 9).filter(({ value }) => Number.isInteger(value));
  for (const tick of ticks) scene.shapes.push(text(across.at(tick.value), foot + 16, tick.text, { size: 11, anchor: "middle" }));
  scene.shapes.push(text(right, foot + 28, words.days, { size: 11, anchor: "end" }));
  const marks = Array.from({ length: most + 1 }, (_, days) => ({ days, cases: within(times, days) }));
  const shares = marks.map(({ cases }) => wilson(cases, times.all));
  const stairs = (value: (at: number) => number, back = false): string => {
    const points = marks.flatMap(({ days }, at) => [...(at === 0 ? [] : [`${px(across.at(days))} ${px(down.at(value(at - 1)))}`]), `${px(across.at(days))} ${px(down.at(value(at)))}`]);
    return (back ? points.reverse() : points).join("L");
  };
  scene.shapes.push({ kind: "path", d: `M${stairs((at) => shares[at]!.low)}L${stairs((at) => shares[at]!.high, true)}Z`, fill: "own", opacity: 0.2 });
  scene.shapes.push({ kind: "path", d: `M${stairs((at) => shares[at]!.share)}`, stroke: "own", fill: "none", width: 2.2 });
  scene.shapes.push(line(left, down.at(confidence), right, down.at(confidence), "open", 1.4, "5 4"), text(right, down.at(confidence) - 5, words.confidence, { size: 11.5, bold: true, fill: "open", anchor: "end", halo: true }));
  if (times.promised !== null && words.promised) {
    const x = across.at(times.promised);
    scene.shapes.push(line(x, top - 4, x, foot, "against", 1.4, "2 3"), label(x, 12, words.promised, width, "against"));
  }
  const x = across.at(limit);
  scene.shapes.push(line(x, top - 4, x, foot, "ink", 1.8), label(x, 25, words.limit, width, "ink"));
  for (const { days, cases } of marks) {
    const share = shares[days]!.share;
    if (days === 0 || within(times, days - 1) < cases) scene.spots.push({ x: across.at(days), y: down.at(share), r: 7, title: "", note: words.at(days, cases, share), series: 0 });
  }
  return scene;
}

function label(x: number, y: number, words: string, width: number, fill: "ink" | "against") {
  const wide = advance(words, 11.5, true);
  const start = x + 5 + wide < width;
  return text(start ? x + 5 : x - 5, y, words, { size: 11.5, bold: true, fill, anchor: start ? "start" : "end", halo: true });
}
