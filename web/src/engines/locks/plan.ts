// The lock from above, ships and chambers to one scale: who is where in the chamber with the safety gaps, and who waits on
// either side. Upstream is left, or above where there is little room.
import { advance, px, shorten, text, type Ink, type Scene, type Shape } from "../../charts/scene";
import { aboard, spanAt, waiting, type Chamber, type Day, type Ship, type Span } from "./day";

export interface PlanWords {
  /** What a chamber does. */
  chamber: (chamber: Chamber, span: Span | null) => string;
  /** Who waits on a side, and how many of them lie beyond the drawing. */
  pool: (up: boolean, waiting: number, beyond: number) => string;
  ship: (ship: Ship) => string;
  /** The size of a chamber, beside the line that measures it. */
  size: (chamber: Chamber) => string;
}

interface Area { left: number; top: number; right: number; bottom: number }

const NARROW = 620;

export function plan(day: Day, hour: number, width: number, words: PlanWords): Scene {
  const longest = Math.max(1, ...day.chambers.map(({ length }) => length));
  const narrow = width < NARROW;
  const scale = (narrow ? width - 24 : Math.min(width * 0.42, 460)) / longest;
  const scene: Scene = { width, height: 0, shapes: [], spots: [] };
  const left = narrow ? 12 : (width - longest * scale) / 2;
  const highs = day.chambers.map((chamber) => chamber.width * scale + 34);
  const tall = highs.reduce((sum, high) => sum + high, 0) + 34;
  const row = Math.max(6, ...day.ships.map(({ beam }) => beam)) * scale + 4;
  const band = 26 + row * 4 + 8;
  const middle = narrow ? { left: 0, top: band, right: width, bottom: band + tall } : { left, top: 0, right: left + longest * scale, bottom: Math.max(tall, 240) };
  scene.height = narrow ? middle.bottom + band : middle.bottom;
  const upper: Area = narrow ? { left: 0, top: 0, right: width, bottom: band } : { left: 0, top: 0, right: middle.left, bottom: scene.height };
  const lower: Area = narrow ? { left: 0, top: middle.bottom, right: width, bottom: scene.height } : { left: middle.right, top: 0, right: width, bottom: scene.height };
  scene.shapes.push(ground(upper, "water2"), ground(lower, "water"), ground(middle, "concrete"));
  pool(scene, waiting(day, false, hour), false, upper, narrow, row, scale, words);
  pool(scene, waiting(day, true, hour), true, lower, narrow, row, scale, words);
  let top = middle.top + Math.max(8, (middle.bottom - middle.top - tall) / 2);
  day.chambers.forEach((chamber, at) => {
    room(scene, day, chamber, hour, left, top + 22, scale, words);
    top += highs[at]!;
  });
  const [first] = day.chambers;
  if (first) measure(scene, left, first.length * scale, top + 10, words.size(first));
  return scene;
}

function ground(area: Area, fill: Ink): Shape {
  return { kind: "rect", x: area.left, y: area.top, w: area.right - area.left, h: area.bottom - area.top, fill };
}

/** A chamber with what is in it. */
function room(scene: Scene, day: Day, chamber: Chamber, hour: number, left: number, top: number, scale: number, words: PlanWords): void {
  const [long, wide] = [chamber.length * scale, chamber.width * scale];
  const span = spanAt(day, chamber.id, hour);
  scene.shapes.push(text(left + 2, top - 6, shorten(words.chamber(chamber, span), 12, long), { size: 12, fill: "ink" }));
  scene.shapes.push({ kind: "rect", x: left, y: top, w: long, h: wide, fill: span?.up === false ? "water2" : "water", stroke: "hull2", width: 1 });
  if (span?.kind === "closed") scene.shapes.push({ kind: "rect", x: left, y: top, w: long, h: wide, fill: "hatch" });
  if (span?.kind === "lockage") {
    for (const ship of aboard(day, span.id)) {
      if (!ship.place) continue;
      // The first ships moor at the gate ahead of them: the upper one (left) going up, the lower one going down.
      const along = (ship.place.x + ship.length) * scale;
      const x = span.up ? left + ship.place.x * scale : left + long - along;
      const y = top + ship.place.y * scale;
      const gap = chamber.gapLength * scale;
      scene.shapes.push({ kind: "rect", x: span.up ? x : x - gap, y, w: ship.length * scale + gap, h: (ship.beam + chamber.gapWidth) * scale, stroke: "hull2", fill: "none", width: 0.8, dash: "2 2" });
      put(scene, ship, x, y, scale, "hull", words);
    }
  }
  for (const x of [left, left + long]) scene.shapes.push({ kind: "rect", x: x - 2, y: top - 3, w: 4, h: wide + 6, fill: "hull" });
}

/** Who waits, in rows from the gate outwards. */
function pool(scene: Scene, ships: Ship[], up: boolean, area: Area, narrow: boolean, row: number, scale: number, words: PlanWords): void {
  const edge = 10;
  const rows = Math.max(1, Math.floor((area.bottom - area.top - 34) / row));
  const room = area.right - area.left - 2 * edge;
  const taken = Array.from({ length: rows }, () => 0);
  let drawn = 0;
  for (const ship of ships) {
    const long = ship.length * scale + 5;
    const at = taken.indexOf(Math.min(...taken));
    if (taken[at]! + long > room) break;
    // On a wide drawing those who wait upstream stand before the gate at their right.
    const fromRight = !narrow && !up;
    const x = fromRight ? area.right - edge - taken[at]! - ship.length * scale : area.left + edge + taken[at]!;
    put(scene, ship, x, area.top + 28 + at * row, scale, "hull2", words);
    taken[at]! += long;
    drawn += 1;
  }
  const label = shorten(words.pool(up, ships.length, ships.length - drawn), 12, area.right - area.left - 2 * edge);
  const right = up && !narrow;
  scene.shapes.push(text(right ? area.right - edge : area.left + edge, area.top + 18, label, { size: 12, bold: true, fill: "ink", anchor: right ? "end" : "start" }));
}

/** A ship from above, its bow the way it goes: left is upstream. */
function put(scene: Scene, ship: Ship, x: number, y: number, scale: number, fill: Ink, words: PlanWords): void {
  const [long, wide] = [ship.length * scale, ship.beam * scale];
  const bow = Math.min(long * 0.2, wide * 0.9);
  const d = ship.up
    ? `M${px(x)} ${px(y + wide / 2)}L${px(x + bow)} ${px(y)}L${px(x + long)} ${px(y)}L${px(x + long)} ${px(y + wide)}L${px(x + bow)} ${px(y + wide)}Z`
    : `M${px(x + long)} ${px(y + wide / 2)}L${px(x + long - bow)} ${px(y)}L${px(x)} ${px(y)}L${px(x)} ${px(y + wide)}L${px(x + long - bow)} ${px(y + wide)}Z`;
  scene.shapes.push({ kind: "path", d, fill });
  scene.spots.push({ x: x + long / 2, y: y + wide / 2, r: Math.max(8, wide / 2 + 3), title: ship.class, note: words.ship(ship) });
}

/** How long a chamber is, as a line that measures it. */
function measure(scene: Scene, left: number, long: number, y: number, words: string): void {
  const wide = advance(words, 11);
  const [from, to] = [left, left + long];
  const middle = (from + to) / 2;
  const piece = (a: number, b: number): Shape => ({ kind: "path", d: `M${px(a)} ${px(y)}L${px(b)} ${px(y)}`, stroke: "ink2", fill: "none", width: 1 });
  scene.shapes.push(piece(from, middle - wide / 2 - 6), piece(middle + wide / 2 + 6, to));
  for (const x of [from, to]) scene.shapes.push({ kind: "path", d: `M${px(x)} ${px(y - 4)}L${px(x)} ${px(y + 4)}`, stroke: "ink2", fill: "none", width: 1 });
  scene.shapes.push(text(middle, y + 4, words, { size: 11, anchor: "middle", fill: "ink" }));
}
