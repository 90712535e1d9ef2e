// Places with their intervals: one row a peer, its place as a point on a bar from the best to the worst it may be.
import { Linear } from "../../charts/scale";
import { advance, line, shorten, text, type Scene } from "../../charts/scene";

export interface Row {
  label: string;
  place: number;
  least: number;
  most: number;
  /** What stands at the end of the row. */
  value: string;
  own: boolean;
  weak: boolean;
  note: string;
}

const HIGH = 24;

export function intervals(rows: readonly Row[], width: number, words: { place: string; value: string }): Scene {
  const gutter = Math.min(Math.max(...rows.map(({ label }) => advance(label, 12.5, true)), 30) + 10, width * 0.3);
  const room = Math.min(Math.max(...rows.map(({ value }) => advance(value, 12)), advance(words.value, 11)) + 12, width * 0.35);
  const worst = Math.max(2, ...rows.map(({ most }) => most));
  const across = new Linear(1, worst, gutter + 10, width - room - 14);
  const top = 24;
  const foot = top + rows.length * HIGH;
  const scene: Scene = { width, height: foot + 10, shapes: [], spots: [] };
  const every = Math.max(1, Math.ceil(((advance(String(worst), 11) + 8) * (worst - 1)) / Math.max(across.to - across.from, 1)));
  for (let place = 1; place <= worst; place++) {
    if ((place - 1) % every !== 0) continue;
    scene.shapes.push(line(across.at(place), top - 4, across.at(place), foot, "line"), text(across.at(place), 14, String(place), { size: 11, anchor: "middle" }));
  }
  scene.shapes.push(text(0, 14, shorten(words.place, 11, gutter), { size: 11 }), text(width, 14, shorten(words.value, 11, room), { size: 11, anchor: "end" }));
  rows.forEach((row, at) => {
    const y = top + at * HIGH + HIGH / 2;
    if (row.own) scene.shapes.push({ kind: "rect", x: 0, y: y - HIGH / 2 + 1, w: width, h: HIGH - 2, r: 3, fill: "own-t" });
    scene.shapes.push(text(4, y + 4, shorten(row.label, 12.5, gutter - 6), { size: 12.5, bold: row.own, fill: row.own ? "own" : "ink" }));
    if (row.most > row.least) scene.shapes.push({ kind: "rect", x: across.at(row.least), y: y - 3, w: across.at(row.most) - across.at(row.least), h: 6, r: 3, fill: row.own ? "own" : "ghost", opacity: 0.45 });
    scene.shapes.push({ kind: "circle", x: across.at(row.place), y, r: 5, fill: row.weak ? "panel" : row.own ? "own" : "ink2", stroke: row.own ? "own" : "ink2", width: 1.6 });
    scene.shapes.push(text(width - 2, y + 4, row.value, { size: 12, anchor: "end", bold: row.own, fill: "ink" }));
    scene.spots.push({ x: across.at(row.place), y, r: 8, title: row.label, note: row.note, series: 0 });
  });
  return scene;
}
