// Places through the years, the first place on top. The subject's own line is bold, the others are background; a place
// that is an interval is a bar from best to worst; weak figures are hollow on hatched ground. Where there is little
// room only the subject and its neighbours of the last year are drawn, so that lines can be told apart.
import { Linear, ticks } from "./scale";
import { spread } from "./place";
import { advance, line, px, shorten, text, type Ink, type Scene, type Shape } from "./scene";
import { printed, type Drawn, type Readable } from "./readable";

export interface BumpWords {
  /** What the subject is called. */
  own: string;
  note: (label: string, point: Drawn) => string;
  /** Words on the hatched ground. */
  weak: string;
}

/** `focus` is the peer that was pointed at. */
export function bump(chart: Readable, width: number, words: BumpWords, focus: number | null): Scene {
  const small = width < 440;
  const peers = chart.peers.map((peer, i) => ({ ...peer, i }));
  const drawn = small ? peers.filter((peer) => near(chart.points, peer.points) || peer.i === focus) : peers;
  const all = [chart.points, ...peers.map((peer) => peer.points)];
  const worst = Math.max(5, ...all.flat().map((point) => Math.max(point.value ?? 0, point.most ?? 0)));
  const weak = chart.points.some((point) => point.weak);
  const left = Math.max(advance(String(worst), 11), 14) + 14;
  const names = drawn.length > 0 ? Math.min(Math.max(...[words.own, ...drawn.map((peer) => peer.label)].map((name) => advance(name, 12, true))), small ? 84 : 110) + 18 : 8;
  const top = weak ? 34 : 18;
  const bottom = top + Math.min(Math.max(worst * (small ? 20 : 23), 120), 290);
  const room = Math.max((width - left - names) / Math.max(chart.points.length, 1), 4);
  const across = (i: number): number => left + room * (i + 0.5);
  const down = new Linear(1, worst, top, bottom);
  const scene: Scene = { width, height: bottom + 40, shapes: [], spots: [] };
  ground(scene, chart.points, across, room, top - 16, bottom + 16, words.weak);
  for (const place of places(worst)) {
    scene.shapes.push(line(left - 4, down.at(place), across(chart.points.length - 1) + room / 2, down.at(place), "line"));
    scene.shapes.push(text(left - 10, down.at(place) + 4, String(place), { anchor: "end", size: 11 }));
  }
  years(scene, chart.points, across, bottom + 33, width);
  for (const peer of drawn) if (peer.i !== focus) track(scene.shapes, peer.points, across, down, "ghost", 1.4, room);
  const focused = drawn.find((peer) => peer.i === focus);
  if (focused) track(scene.shapes, focused.points, across, down, "ink", 2.2, room);
  track(scene.shapes, chart.points, across, down, "panel", 7, room);
  track(scene.shapes, chart.points, across, down, "own", 3, room);
  if (focused) knots(scene.shapes, focused.points, across, down, 3.6, "ink");
  numbered(scene.shapes, chart.points, across, down, Math.min(Math.max(room / 2 - 1.5, 3), 10), room);
  ends(scene, [{ label: words.own, points: chart.points, i: -1 }, ...drawn], across, down, focus, names, room);
  const spots = (label: string, points: Drawn[], series?: number): void => points.forEach((point, i) => {
    if (point.value !== null) scene.spots.push({ x: across(i), y: down.at(middle(point)), r: Math.min(11, Math.max(room / 2, 5)), title: `${label} · ${point.label}`, note: words.note(label, point), series });
  });
  for (const peer of drawn) spots(peer.label, peer.points, peer.i);
  spots(words.own, chart.points, -1);
  return scene;
}

/** Whether a peer stands beside the subject in the last year that both hold. */
function near(own: Drawn[], peer: Drawn[]): boolean {
  for (let i = own.length - 1; i >= 0; i--) {
    const [a, b] = [own[i]?.value, peer[i]?.value];
    if (a != null && b != null) return Math.abs(a - b) <= 1;
  }
  return false;
}

function middle(point: Drawn): number {
  return ((point.value ?? 0) + (point.most ?? point.value ?? 0)) / 2;
}

/** The places an axis names: the first, round ones, the last. */
function places(worst: number): number[] {
  const round = ticks(1, worst, 5).map((tick) => tick.value).filter((value) => Number.isInteger(value) && value > 1 + worst * 0.08 && value < worst - worst * 0.08);
  return [1, ...round, worst];
}

/** A line that leaves and reaches each year level, broken where a year holds no figure. */
function track(shapes: Shape[], points: Drawn[], across: (i: number) => number, down: Linear, stroke: Ink, width: number, room: number): void {
  let d = "";
  let before: [number, number] | null = null;
  const pull = room * 0.45;
  points.forEach((point, i) => {
    if (point.value === null) return void (before = null);
    const [x, y] = [across(i), down.at(middle(point))];
    d += before ? `C${px(before[0] + pull)} ${px(before[1])} ${px(x - pull)} ${px(y)} ${px(x)} ${px(y)}` : `M${px(x)} ${px(y)}`;
    before = [x, y];
  });
  if (d) shapes.push({ kind: "path", d, stroke, fill: "none", width });
}

function knots(shapes: Shape[], points: Drawn[], across: (i: number) => number, down: Linear, r: number, ink: Ink): void {
  points.forEach((point, i) => {
    if (point.value !== null) shapes.push({ kind: "circle", x: across(i), y: down.at(middle(point)), r, fill: point.weak ? "panel" : ink, stroke: ink, width: 1.5 });
  });
}

/** The subject's places with their numbers in them. */
function numbered(shapes: Shape[], points: Drawn[], across: (i: number) => number, down: Linear, r: number, room: number): void {
  points.forEach((point, i) => {
    if (point.value === null) return;
    const [x, from, to] = [across(i), down.at(point.value), down.at(Math.max(point.most ?? point.value, point.value))];
    shapes.push({ kind: "rect", x: x - r, y: from - r, w: 2 * r, h: to - from + 2 * r, r, fill: point.weak ? "panel" : "own", stroke: point.weak ? "own" : "panel", width: point.weak ? 1.8 : 1.4 });
    const label = printed(point);
    if (advance(label, 11, true) <= 2 * r - 3) shapes.push(text(x, (from + to) / 2 + 4, label, { anchor: "middle", size: 11, bold: true, fill: point.weak ? "own" : "panel" }));
    else if (room >= advance(label, 11, true)) shapes.push(text(x, from - r - 4, label, { anchor: "middle", size: 11, bold: true, fill: "own", halo: true }));
  });
}

/** Names at the ends of the lines, moved apart where they would run into each other. */
function ends(scene: Scene, lines: { label: string; points: Drawn[]; i: number }[], across: (i: number) => number, down: Linear, focus: number | null, room: number, step: number): void {
  if (lines.length < 2) return;
  const held = lines.map((each) => ({ ...each, at: each.points.findLastIndex((point) => point.value !== null) })).filter((each) => each.at >= 0);
  const wished = held.map((each) => down.at(middle(each.points[each.at]!)));
  const placed = spread(wished, 14, down.from - 6, down.to + 6);
  const x = across(lines[0]!.points.length - 1) + Math.min(step / 2, 10) + 8;
  held.forEach((each, i) => {
    const [own, on] = [each.i === -1, each.i === focus];
    if (Math.abs(placed[i]! - wished[i]!) > 3) scene.shapes.push(line(x - 6, wished[i]!, x - 1, placed[i]!, "line2"));
    scene.shapes.push(text(x, placed[i]! + 4, shorten(each.label, own ? 12.5 : 11.5, Math.max(room - 8 + step / 2 - 10, 40)), { size: own ? 12.5 : 11.5, bold: own || on, fill: own ? "own" : on ? "ink" : "ink2" }));
  });
}

/** Hatched ground under runs of weak figures, named once. */
function ground(scene: Scene, points: Drawn[], across: (i: number) => number, room: number, top: number, bottom: number, words: string): void {
  let named = false;
  for (let i = 0; i < points.length; i++) {
    if (!points[i]!.weak) continue;
    const from = i;
    while (points[i + 1]?.weak) i++;
    const left = across(from) - room / 2;
    scene.shapes.push({ kind: "rect", x: left, y: top, w: across(i) + room / 2 - left, h: bottom - top, r: 2, fill: "hatch" });
    if (!named) scene.shapes.push(text(left + 1, top - 5, words, { size: 11 }));
    named = true;
  }
}

/** Names the years, as many as there is room for; the last always. */
function years(scene: Scene, points: Drawn[], across: (i: number) => number, y: number, width: number): void {
  const widest = Math.max(...points.map((point) => Math.min(advance(point.label, 11.5), 90))) + 6;
  const every = Math.max(1, Math.ceil(widest / Math.max(points.length > 1 ? across(1) - across(0) : width, 1)));
  points.forEach((point, i) => {
    if ((points.length - 1 - i) % every === 0) scene.shapes.push(text(across(i), y, shorten(point.label, 11.5, 90), { anchor: "middle", bold: point.own, fill: point.own ? "ink" : "ink2" }));
  });
}
