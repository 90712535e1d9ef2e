// How near a decision was: what the statement allows as a band, what was found as an interval, and the distance between
// the finding and the edge it would have to cross. For a place the band is drawn in the measure's own unit: between the
// peer that would have to be passed and the one that must not pass.
import { Linear } from "./scale";
import { Placer, box } from "./place";
import { advance, line, shorten, text, type Anchor, type Scene } from "./scene";

export interface Compared {
  /** What surely is as stated; an open end is infinite. */
  band: [number, number];
  /** What may be as stated, where rounding or truncation leaves more. */
  loose: [number, number] | null;
  found: [number, number];
  weak: boolean;
  /** Whether what was found lies within the band. */
  holds: boolean;
  words: { band: string; found: string; distance: string | null; low: string | null; high: string | null };
}

export function margin(compared: Compared, width: number): Scene {
  const { band, loose, found, words } = compared;
  const finite = [...band, ...(loose ?? []), ...found].filter(Number.isFinite);
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  const room = Math.max((most - least) * 0.16, Math.abs(most) * 0.0004, 1e-9);
  const scale = new Linear(least - room, most + room, 12, width - 12);
  const at = (value: number, open: number): number => (Number.isFinite(value) ? scale.at(value) : open);
  const base = 44;
  const scene: Scene = { width, height: 100, shapes: [], spots: [] };
  const [from, to] = [at(band[0], 4), at(band[1], width - 4)];
  if (loose) scene.shapes.push({ kind: "rect", x: at(loose[0], 4), y: base - 9, w: Math.max(at(loose[1], width - 4) - at(loose[0], 4), 2), h: 18, r: 2, fill: "tint", stroke: "line2", dash: "3 3" });
  scene.shapes.push({ kind: "rect", x: from, y: base - 9, w: Math.max(to - from, 2), h: 18, r: 2, fill: "own-t", stroke: "none" });
  for (const [value, x] of [[band[0], from], [band[1], to]] as const) if (Number.isFinite(value)) scene.shapes.push(line(x, base - 13, x, base + 13, "ink2", 1.4));
  scene.shapes.push(line(4, base, width - 4, base, "line2"));
  const [low, high] = [scale.at(found[0]), scale.at(found[1])];
  const half = Math.max((high - low) / 2, 5.5);
  const middle = (low + high) / 2;
  scene.shapes.push({ kind: "rect", x: middle - half, y: base - 5.5, w: 2 * half, h: 11, r: 5.5, fill: compared.weak ? "panel" : "own", stroke: "own", width: 1.6 });

  const placer = new Placer(0, width);
  const label = (words: string, x: number, y: number, bold: boolean): void => {
    const short = shorten(words, 12, width - 8);
    const wide = advance(short, 12, bold);
    const left = Math.min(Math.max(x - wide / 2, 2), width - wide - 2);
    const rows = [0, -wide / 2 - 8, wide / 2 + 8].map((shift) => Math.min(Math.max(left + shift, 2), width - wide - 2));
    const found = placer.first(rows.map((of) => ({ of, boxes: [box(of - 6, y - 12, wide + 12, 15)] })));
    if (found !== null) scene.shapes.push(text(found, y, short, { size: 12, bold, fill: bold ? "own" : "ink2" }));
  };
  label(words.found, middle, base - 18, true);
  label(words.band, (Math.max(from, 4) + Math.min(to, width - 4)) / 2, base - 18, false);
  const edges: [number, number, string | null][] = [[band[0], from, words.low], [band[1], to, words.high]];
  for (const [value, x, words] of edges) if (Number.isFinite(value) && words) label(words, x, base + 50, false);
  const edge = edges.filter(([value]) => Number.isFinite(value)).sort((a, b) => Math.abs(a[1] - middle) - Math.abs(b[1] - middle))[0];
  if (edge && words.distance) {
    const [a, b] = [Math.min(edge[1], middle), Math.max(edge[1], middle)];
    const y = base + 20;
    if (b - a > 4) scene.shapes.push(line(a, y, b, y, "own", 1.6), line(a, y - 4, a, y + 4, "own", 1.6), line(b, y - 4, b, y + 4, "own", 1.6));
    const wide = advance(words.distance, 12, true);
    // Beside the bracket where there is room, else below it.
    const beside: [number, Anchor] | null = b + 6 + wide <= width - 2 ? [b + 6, "start"] : a - 6 - wide >= 2 ? [a - 6, "end"] : null;
    const centre = Math.min(Math.max((a + b) / 2, wide / 2 + 2), width - wide / 2 - 2);
    scene.shapes.push(text(beside?.[0] ?? centre, beside ? y + 4 : y + 17, words.distance, { anchor: beside?.[1] ?? "middle", size: 12, bold: true, fill: "own" }));
  }
  return scene;
}
