// A dot strip: one point a peer along the value. Where neighbours stand too close to tell apart, the whole range is shown
// small and the neighbourhood of the subject enlarged below it.
import { Linear } from "./scale";
import { Placer, box } from "./place";
import { advance, dot, line, px, shorten, text, type Anchor, type Scene, type Shape, type Spot } from "./scene";
import type { Drawn, Readable } from "./readable";

const EDGE = 16;
/** Neighbours nearer than this, in pixels, need the lens. */
const CLOSE = 16;

export interface StripWords {
  /** What is read out of a point: its place, its value, its grade. */
  note: (point: Drawn) => string;
  /** The distance that decides, in words; null where none is drawn. */
  gap: string | null;
  /** Label of the peer the distance is measured to. */
  rival: string | null;
}

type Placed = Drawn & { value: number };

export function strip(chart: Readable, width: number, words: StripWords): Scene {
  const dots = chart.points.filter((point): point is Placed => point.value !== null);
  const values = dots.map((point) => point.value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low) * 0.03;
  const whole = new Linear(low - room, high + room, EDGE, width - EDGE);
  const scene: Scene = { width, height: 0, shapes: [], spots: [] };
  const near = lens(dots, whole);
  if (!near) {
    scene.height = panel(scene, dots, whole, 0, words);
    return scene;
  }
  const top = overview(scene, dots, whole, near, width);
  const inset = new Linear(near[0], near[1], EDGE + 4, width - EDGE - 4);
  const inner: Scene = { width, height: 0, shapes: [], spots: [] };
  const bottom = panel(inner, dots, inset, top, words);
  scene.shapes.push({ kind: "rect", x: EDGE - 14, y: top, w: width - 2 * EDGE + 28, h: bottom - 22 - top, r: 4, fill: "tint" }, ...inner.shapes);
  const shown = new Set(inner.spots.map((spot) => spot.title));
  scene.spots = [...scene.spots.filter((spot) => !shown.has(spot.title)), ...inner.spots];
  scene.height = bottom;
  return scene;
}

/** The neighbourhood worth enlarging: the subject and its nearer peers, if that is much less than the whole. */
function lens(dots: Placed[], whole: Linear): [number, number] | null {
  const own = dots.find((point) => point.own);
  if (!own) return null;
  const others = dots.filter((point) => !point.own).map((point) => point.value);
  others.sort((a, b) => Math.abs(a - own.value) - Math.abs(b - own.value));
  const nearest = others.find((value) => value !== own.value);
  if (nearest === undefined || others.length < 4 || Math.abs(whole.at(nearest) - whole.at(own.value)) >= CLOSE) return null;
  for (let count = others.length - 1; count >= 3; count--) {
    const near = [own.value, ...others.slice(0, count)];
    const [least, most] = [Math.min(...near), Math.max(...near)];
    const room = (most - least) * 0.08;
    const share = (most - least + 2 * room) / (whole.high - whole.low);
    if (most > least && share <= 0.45) return [least - room, most + room];
  }
  return null;
}

/** The whole range, small, with what lies outside the lens named; answers where the lens begins. */
function overview(scene: Scene, dots: Placed[], scale: Linear, [low, high]: [number, number], width: number): number {
  const base = 30;
  const top = base + 42;
  const [from, to] = [scale.at(low), scale.at(high)];
  scene.shapes.push({ kind: "path", d: `M${px(from)} ${base}L${px(to)} ${base}L${px(width - EDGE + 14)} ${top}L${EDGE - 14} ${top}Z`, fill: "tint", stroke: "none" });
  scene.shapes.push(line(EDGE, base, width - EDGE, base, "line2"));
  for (const tick of scale.ticks(width < 420 ? 5 : 7)) {
    scene.shapes.push(text(scale.at(tick.value), 12, tick.text, { anchor: "middle", size: 11 }), line(scale.at(tick.value), base - 6, scale.at(tick.value), base, "line2"));
  }
  for (const point of [...dots.filter((each) => !each.own), ...dots.filter((each) => each.own)]) {
    scene.shapes.push(dot(scale.at(point.value), base, point.own ? 5 : 3.6, point.own, point.weak));
  }
  const placer = new Placer(-10, width + 10);
  for (const point of dots.filter((each) => each.value < low || each.value > high)) {
    const label = shorten(`${point.label} ${point.shown}`, 11.5, width * 0.4);
    const wide = advance(label, 11.5);
    const x = scale.at(point.value);
    const left = Math.min(Math.max(x - wide / 2, 2), width - wide - 2);
    if (placer.first([{ of: true, boxes: [box(left - 5, base + 7, wide + 10, 15)] }])) scene.shapes.push(text(left, base + 20, label));
    scene.spots.push({ x, y: base, r: 10, title: point.label, note: "" });
  }
  return top;
}

/** Dots, labels, the distance and the axis, from `top` downwards; answers where it ends. */
function panel(scene: Scene, dots: Placed[], scale: Linear, top: number, words: StripWords): number {
  const { width } = scene;
  const shown = dots.filter((point) => scale.holds(point.value));
  const radius = shown.length <= 40 ? 5.2 : shown.length <= 120 ? 3.6 : 2.6;
  const places = swarm(shown, scale, radius);
  const placer = new Placer(2, width - 2);
  shown.forEach((point, i) => {
    const r = radius + (point.own ? 3 : 1);
    placer.take(box(places[i]![0] - r, places[i]![1] - r, 2 * r, 2 * r));
  });
  const rival = shown.findIndex((point) => !point.own && point.label === words.rival);
  const ink = bracket(shown, places, rival, placer, words.gap, width);
  const labels = names(shown, places, rival, placer, width);
  const base = top - placer.top + 12;
  const foot = base + Math.max(placer.bottom, radius + 6) + 10;
  const lower = (shape: Shape): Shape => moved(shape, base);
  if (shown.length > 0 && shown.every((point) => point.weak)) scene.shapes.push({ kind: "rect", x: EDGE - 12, y: top + 4, w: width - 2 * EDGE + 24, h: foot - top - 6, r: 3, fill: "hatch" });
  scene.shapes.push(line(EDGE - 8, base, width - EDGE + 8, base, "line2"), ...ink.map(lower));
  for (const own of [false, true]) {
    shown.forEach((point, i) => {
      if (point.own === own) scene.shapes.push(dot(places[i]![0], base + places[i]![1], own ? radius + 2 : radius, own, point.weak));
    });
  }
  scene.shapes.push(...labels.map(lower), line(EDGE - 8, foot, width - EDGE + 8, foot, "line"));
  let last = -Infinity;
  for (const tick of scale.ticks(width < 420 ? 5 : 8)) {
    const [x, half] = [scale.at(tick.value), advance(tick.text, 11) / 2];
    scene.shapes.push(line(x, foot, x, foot + 4, "line2"));
    if (x - half > last + 6 && x - half >= 0 && x + half <= width) {
      scene.shapes.push(text(x, foot + 16, tick.text, { anchor: "middle", size: 11 }));
      last = x + half;
    }
  }
  scene.spots.push(...shown.map((point, i): Spot => ({ x: places[i]![0], y: base + places[i]![1], r: Math.max(9, radius + 3), title: point.label, note: words.note(point) })));
  for (const spot of scene.spots) if (spot.note === "") spot.note = words.note(dots.find((point) => point.label === spot.title)!);
  return foot + 22;
}

function moved(shape: Shape, by: number): Shape {
  if (shape.kind === "path") return { ...shape, d: shape.d.replace(/([ML])([-\d.]+) ([-\d.]+)/g, (_, op: string, x: string, y: string) => `${op}${x} ${px(Number(y) + by)}`) };
  return { ...shape, y: shape.y + by };
}

/** Places of the dots, the axis at height 0: who would overlap a neighbour moves up. */
function swarm(dots: Placed[], scale: Linear, radius: number): [number, number][] {
  const order = dots.map((_, i) => i).sort((a, b) => Number(dots[b]!.own) - Number(dots[a]!.own) || dots[a]!.value - dots[b]!.value || a - b);
  const places: [number, number][] = dots.map(() => [0, 0]);
  const set: [number, number, number][] = [];
  for (const i of order) {
    const x = scale.at(dots[i]!.value);
    const r = radius + (dots[i]!.own ? 2 : 0);
    let level = 0;
    while (level < 12 && set.some(([ox, oy, or]) => Math.hypot(x - ox, -level * (radius * 2 + 2) - oy) < r + or + 0.8)) level++;
    const y = -level * (radius * 2 + 2);
    set.push([x, y, r]);
    places[i] = [x, y];
  }
  return places;
}

/** The distance the decision had, between the subject and the peer it is measured to. */
function bracket(dots: Placed[], places: [number, number][], rival: number, placer: Placer, gap: string | null, width: number): Shape[] {
  const own = dots.findIndex((point) => point.own);
  if (own < 0 || rival < 0 || gap === null) return [];
  const [a, b] = [places[own]![0], places[rival]![0]].sort((one, other) => one - other) as [number, number];
  if (b - a < 3) return [];
  const y = 16;
  const wide = advance(gap, 12, true);
  const x = Math.min(Math.max((a + b) / 2, wide / 2 + 4), width - wide / 2 - 4);
  placer.take(box(a - 2, y - 5, b - a + 4, 10), box(x - wide / 2 - 4, y + 6, wide + 8, 15));
  return [
    line(a, y, b, y, "own", 1.6), line(a, y - 4, a, y + 4, "own", 1.6), line(b, y - 4, b, y + 4, "own", 1.6),
    text(x, y + 18, gap, { anchor: "middle", size: 12, bold: true, fill: "own" }),
  ];
}

/** Names as many dots as there is room for: the subject first, then who it is measured to, neighbours, both ends. */
function names(dots: Placed[], places: [number, number][], rival: number, placer: Placer, width: number): Shape[] {
  const byValue = dots.map((_, i) => i).sort((a, b) => dots[a]!.value - dots[b]!.value || a - b);
  const own = byValue.findIndex((i) => dots[i]!.own);
  const wished = [byValue[own], rival < 0 ? undefined : rival, byValue[own + 1], byValue[own - 1], byValue[0], byValue.at(-1), ...dots.keys()];
  const order = [...new Set(wished.filter((i): i is number => i !== undefined))].slice(0, dots.length > 40 ? 9 : 24);
  const ceiling = Math.min(0, ...places.map(([, y]) => y));
  const shapes: Shape[] = [];
  for (const i of order) {
    const point = dots[i]!;
    const [x, y] = places[i]!;
    const size = point.own ? 13 : 11.5;
    // The subject leans away from who it is measured to, so that both have room.
    const away = point.own && rival >= 0 ? Math.sign(places[rival]![0] - x) : 0;
    const leaning: Anchor[] = away < 0 ? ["start", "middle", "end"] : away > 0 ? ["end", "middle", "start"] : ["middle", "start", "end"];
    // Where there is no room for the figure the name alone still says who it is.
    const said = [`${point.label} ${point.shown}`, ...(point.own ? [] : [point.label])].map((words) => shorten(words, size, width * 0.45));
    let placed: Label | null = null;
    let label = "";
    for (const words of said) {
      placed ??= placer.first(candidates(x, y, ceiling, advance(words, size, point.own) + 2, leaning));
      if (placed && label === "") label = words;
    }
    if (!placed) continue;
    if (placed.to - placed.from > 6) shapes.push(line(x, placed.from, x, placed.to, "line2"));
    shapes.push(text(placed.at, placed.bottom - 2, label, { anchor: placed.anchor, size, bold: point.own, fill: point.own ? "own" : "ink", halo: true }));
  }
  return shapes;
}

interface Label { at: number; bottom: number; anchor: Anchor; from: number; to: number }

function* candidates(x: number, y: number, ceiling: number, wide: number, leaning: Anchor[]): Generator<{ of: Label; boxes: ReturnType<typeof box>[] }> {
  for (let row = 0; row < 4; row++) {
    for (const above of [true, false]) {
      const bottom = above ? ceiling - 11 - row * 17 : 24 + row * 17;
      for (const anchor of leaning) {
        const left = anchor === "middle" ? x - wide / 2 : anchor === "start" ? x - 4 : x - wide + 4;
        const [from, to] = above ? [bottom + 3, y - 9] : [y + 9, bottom - 13];
        const boxes = [box(left - 3, bottom - 13, wide + 6, 16)];
        if (to > from) boxes.push(box(x - 1, from, 2, to - from));
        const at = anchor === "middle" ? x : anchor === "start" ? left + 1 : left + wide - 1;
        yield { of: { at, bottom, anchor, from, to }, boxes };
      }
    }
  }
}
