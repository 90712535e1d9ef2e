// Where the days of an average case go: one bar after the other, from nothing to all of its days.
import { Linear } from "../../charts/scale";
import { advance, line, shorten, text, type Scene } from "../../charts/scene";

export interface Piece {
  label: string;
  /** Days waited and worked, as they follow the pieces before. */
  waiting: number;
  working: number;
  /** A sum of the pieces so far, or days that are no working days. */
  kind: "part" | "rest" | "sum";
}

export interface Bar extends Piece { from: number }

const ROW = 28;

/** The bars with where each begins. A sum begins at nothing. */
export function bars(pieces: readonly Piece[]): Bar[] {
  let so_far = 0;
  return pieces.map((piece) => {
    const from = piece.kind === "sum" ? 0 : so_far;
    if (piece.kind !== "sum") so_far += piece.waiting + piece.working;
    return { ...piece, from };
  });
}

export function waterfall(pieces: readonly Piece[], width: number, words: { days: (days: number) => string; note: (piece: Piece) => string }): Scene {
  const placed = bars(pieces);
  const narrow = width < 520;
  const gutter = narrow ? 0 : Math.min(Math.max(...placed.map(({ label }) => advance(label, 12.5))) + 14, width * 0.38);
  const most = Math.max(0.1, ...placed.map(({ from, waiting, working }) => from + waiting + working));
  const room = Math.max(...placed.map((bar) => advance(words.days(bar.waiting + bar.working), 12, true))) + 10;
  const across = new Linear(0, most, gutter, width - room);
  const high = narrow ? ROW + 15 : ROW;
  const scene: Scene = { width, height: placed.length * high + 6, shapes: [line(gutter, 0, gutter, placed.length * high + 2, "line2")], spots: [] };
  placed.forEach((bar, at) => {
    const y = at * high + (narrow ? 17 : 4);
    const [from, middle, to] = [across.at(bar.from), across.at(bar.from + bar.waiting), across.at(bar.from + bar.waiting + bar.working)];
    const bold = bar.kind === "sum";
    scene.shapes.push(narrow ? text(2, y - 4, shorten(bar.label, 12, width - 6), { size: 12, bold, fill: "ink" }) : text(gutter - 8, y + 14, shorten(bar.label, 12.5, gutter - 10), { size: 12.5, anchor: "end", bold, fill: "ink" }));
    if (bar.kind === "sum") scene.shapes.push({ kind: "rect", x: from, y, w: Math.max(to - from, 1), h: 20, r: 1, fill: "ink2" });
    else if (bar.kind === "rest") scene.shapes.push({ kind: "rect", x: from, y, w: Math.max(to - from, 1), h: 20, r: 1, fill: "hatch", stroke: "line2", width: 1 });
    else {
      if (bar.waiting > 0) scene.shapes.push({ kind: "rect", x: from, y, w: Math.max(middle - from, 1), h: 20, r: 1, fill: "open" });
      if (bar.working > 0) scene.shapes.push({ kind: "rect", x: middle, y, w: Math.max(to - middle, 1), h: 20, r: 1, fill: "own" });
    }
    const next = placed[at + 1];
    if (next && next.kind !== "sum" && !narrow) scene.shapes.push(line(to, y + 20, to, y + high, "line2"));
    scene.shapes.push(text(to + 6, y + 14, words.days(bar.waiting + bar.working), { size: 12, bold, fill: "ink" }));
    scene.spots.push({ x: (from + to) / 2, y: y + 10, r: 9, title: bar.label, note: words.note(bar), series: 0 });
  });
  return scene;
}
