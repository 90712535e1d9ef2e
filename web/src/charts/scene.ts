// A drawing as a list of shapes, in pixels. It is laid out once and then drawn on the page, written to an SVG file or
// painted on a canvas, so that a downloaded picture is the one that was seen.

/** A colour of the page's tokens; `own` is that of the answer's side. */
export type Ink = "ink" | "ink2" | "ghost" | "line" | "line2" | "panel" | "tint" | "own" | "own-t" | "agree" | "against" | "open" | "word" | "none" | "hatch"
  | "water" | "water2" | "hull" | "hull2" | "concrete";

interface Paint {
  fill?: Ink | undefined;
  stroke?: Ink | undefined;
  width?: number | undefined;
  dash?: string | undefined;
  opacity?: number | undefined;
}

export type Shape =
  | ({ kind: "rect"; x: number; y: number; w: number; h: number; r?: number } & Paint)
  | ({ kind: "circle"; x: number; y: number; r: number } & Paint)
  | ({ kind: "path"; d: string } & Paint)
  | { kind: "text"; x: number; y: number; text: string; anchor: Anchor; size: number; bold?: boolean; fill: Ink; halo?: boolean };

export type Anchor = "start" | "middle" | "end";

/** A place that says something when it is pointed at or reached by keys. */
export interface Spot {
  x: number;
  y: number;
  /** Half the size of what reacts. */
  r: number;
  /** What is read out. */
  title: string;
  note: string;
  /** The series it belongs to, where pointing at it brings that forward. */
  series?: number | undefined;
  /** What choosing it chooses, where it can be chosen. */
  key?: string | undefined;
}

export interface Scene {
  width: number;
  height: number;
  shapes: Shape[];
  spots: Spot[];
}

export function line(x1: number, y1: number, x2: number, y2: number, stroke: Ink, width = 1, dash?: string): Shape {
  return { kind: "path", d: `M${px(x1)} ${px(y1)}L${px(x2)} ${px(y2)}`, stroke, fill: "none", width, dash };
}

export function text(x: number, y: number, words: string, options: { anchor?: Anchor; size?: number; bold?: boolean; fill?: Ink; halo?: boolean } = {}): Shape {
  const { anchor = "start", size = 11.5, bold = false, fill = "ink2", halo = false } = options;
  return { kind: "text", x, y, text: words, anchor, size, bold, fill, halo };
}

/** A number of pixels, short. */
export function px(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A point: a weak one is hollow. */
export function dot(x: number, y: number, r: number, own: boolean, weak: boolean): Shape {
  const ink: Ink = own ? "own" : "ink2";
  return weak
    ? { kind: "circle", x, y, r: r - 0.8, fill: "panel", stroke: ink, width: 1.6 }
    : { kind: "circle", x, y, r, fill: ink, stroke: "panel", width: 1 };
}

let ruler: CanvasRenderingContext2D | null = null;
let family = "";

/** The face that labels are set in. */
export function face(): string {
  family ||= getComputedStyle(document.documentElement).getPropertyValue("--sans") || "sans-serif";
  return family;
}

/** The face changes with the language. */
export function forgetFace(): void {
  family = "";
}

/** How wide words are, in pixels. */
export function advance(words: string, size: number, bold = false): number {
  ruler ??= document.createElement("canvas").getContext("2d");
  if (!ruler) return words.length * size;
  ruler.font = `${bold ? 600 : 400} ${size}px ${face()}`;
  return ruler.measureText(words).width;
}

/** Words cut so that they fit. */
export function shorten(words: string, size: number, room: number): string {
  if (advance(words, size) <= room) return words;
  const points = [...words];
  while (points.length > 1 && advance(points.join("") + "…", size) > room) points.pop();
  return points.join("").trimEnd() + "…";
}
