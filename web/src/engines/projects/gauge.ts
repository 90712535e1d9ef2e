// How likely a target is: an arc from nothing to certain, and beside it how the year's total spreads about the target.
import { Linear } from "../../charts/scale";
import { line, px, text, type Scene } from "../../charts/scene";
import { money } from "./register";

/** Points of an arc from one share of a half turn to another. */
function arc(x: number, y: number, radius: number, from: number, to: number): string {
  const steps = Math.max(2, Math.ceil(Math.abs(to - from) * 60));
  return Array.from({ length: steps + 1 }, (_, i) => {
    const turn = Math.PI * (1 - (from + ((to - from) * i) / steps));
    return `${px(x + radius * Math.cos(turn))} ${px(y - radius * Math.sin(turn))}`;
  }).join("L");
}

export function gauge(totals: readonly number[], target: number, probability: number, width: number, words: { shown: string; target: string; unit: string; density: (low: number, high: number) => string }): Scene {
  const narrow = width < 560;
  const radius = Math.min(96, width * 0.24);
  const scene: Scene = { width, height: narrow ? radius + 230 : Math.max(radius + 56, 190), shapes: [], spots: [] };
  const [x, y] = [narrow ? width / 2 : radius + 30, radius + 24];
  scene.shapes.push({ kind: "path", d: `M${arc(x, y, radius, 0, 1)}`, stroke: "line", fill: "none", width: 18 });
  if (probability > 0.002) scene.shapes.push({ kind: "path", d: `M${arc(x, y, radius, 0, Math.min(1, probability))}`, stroke: "own", fill: "none", width: 18 });
  scene.shapes.push(text(x, y - 12, words.shown, { size: 26, bold: true, anchor: "middle", fill: "ink" }), text(x, y + 8, words.target, { size: 12, anchor: "middle" }));
  scene.shapes.push(text(x - radius, y + 25, "0", { size: 11, anchor: "middle" }), text(x + radius, y + 25, "100%", { size: 11, anchor: "middle" }));
  spread(scene, totals, target, narrow ? { left: 8, right: width - 8, top: y + 58, foot: scene.height - 26 } : { left: x + radius + 50, right: width - 10, top: 24, foot: scene.height - 30 }, words);
  return scene;
}

/** How the total spreads: the share of draws in each of forty steps, in front of and beyond the target. */
function spread(scene: Scene, totals: readonly number[], target: number, area: { left: number; right: number; top: number; foot: number }, words: { unit: string; density: (low: number, high: number) => string }): void {
  const [least, most] = [totals[0], totals.at(-1)];
  if (least === undefined || most === undefined || most <= least) return;
  const room = (most - least) * 0.15;
  const across = new Linear(Math.min(least - room, target - room / 2), Math.max(most + room, target + room / 2), area.left, area.right);
  const bins = 24;
  const step = (most - least) / bins;
  const below = (value: number): number => {
    const at = totals.findIndex((total) => total >= value);
    if (at < 0) return 100;
    if (at === 0) return 1;
    const [low, high] = [totals[at - 1]!, totals[at]!];
    return at + (high > low ? (value - low) / (high - low) : 1);
  };
  const shares = Array.from({ length: bins }, (_, i) => below(least + (i + 1) * step) - below(least + i * step));
  const down = new Linear(0, Math.max(...shares), area.foot, area.top);
  shares.forEach((share, i) => {
    const [low, high] = [least + i * step, least + (i + 1) * step];
    const [from, to] = [across.at(low), across.at(high)];
    const over = (low + high) / 2 >= target;
    scene.shapes.push({ kind: "rect", x: from + 0.5, y: down.at(share), w: Math.max(0.5, to - from - 1), h: area.foot - down.at(share), fill: over ? "own" : "ghost", opacity: over ? 0.85 : 0.55 });
    scene.spots.push({ x: (from + to) / 2, y: down.at(share), r: 7, title: `${money(low)}–${money(high)}`, note: words.density(low, high), series: 0 });
  });
  scene.shapes.push(line(area.left, area.foot, area.right, area.foot, "line2"), line(across.at(target), area.top - 8, across.at(target), area.foot, "against", 1.8));
  for (const tick of across.ticks(area.right - area.left < 360 ? 4 : 6)) scene.shapes.push(text(across.at(tick.value), area.foot + 15, tick.text, { size: 11, anchor: "middle" }));
  scene.shapes.push(text(area.left, area.top - 10, words.unit, { size: 11 }));
}
