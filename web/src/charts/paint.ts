// A drawing as a file: an SVG that stands on its own, and a PNG painted at twice the size. Both carry the figure's title,
// its unit and its source, and the colours it was seen in.
import { face, px, type Ink, type Scene, type Shape } from "./scene";

export interface Caption {
  title: string;
  note: string;
  source: string;
}

const INKS: Record<Ink, string> = {
  ink: "--ink", ink2: "--ink2", ghost: "--ghost", line: "--line", line2: "--line2", panel: "--panel", tint: "--tint",
  own: "--c", "own-t": "--t", agree: "--agree", against: "--against", open: "--open", word: "--word", none: "", hatch: "--line2",
  water: "--water", water2: "--water2", hull: "--hull", hull2: "--hull2", concrete: "--concrete",
};

/** The colour of an ink on the page. */
export function css(ink: Ink | undefined): string {
  if (ink === undefined || ink === "none") return "none";
  if (ink === "own") return "var(--c, var(--agree))";
  if (ink === "own-t") return "var(--t, var(--agree-t))";
  return `var(${INKS[ink]})`;
}

/** The colours as they are drawn within an element. */
function palette(within: Element): (ink: Ink | undefined) => string {
  const style = getComputedStyle(within);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  return (ink) => {
    if (ink === undefined || ink === "none") return "none";
    if (ink === "own") return value("--c") || value("--agree");
    if (ink === "own-t") return value("--t") || value("--agree-t");
    return value(INKS[ink]) || "#000";
  };
}

const PAD = 20;

/** Words in lines that fit. */
function wrapped(words: string, size: number, bold: boolean, room: number): string[] {
  const ruler = document.createElement("canvas").getContext("2d");
  if (!ruler || words === "") return words === "" ? [] : [words];
  ruler.font = `${bold ? 600 : 400} ${size}px ${face()}`;
  const lines: string[] = [];
  let now = "";
  for (const piece of words.match(/[\x21-\x7e]+\s*|[^\x21-\x7e]/gu) ?? [words]) {
    if (now !== "" && ruler.measureText(now + piece).width > room) {
      lines.push(now);
      now = "";
    }
    now += piece;
  }
  return [...lines, now];
}

/** The drawing with its caption around it, as one scene. */
function framed(scene: Scene, caption: Caption): Scene {
  const room = scene.width;
  const shapes: Shape[] = [];
  let y = PAD;
  const put = (words: string, size: number, bold: boolean, fill: Ink): void => {
    for (const row of wrapped(words, size, bold, room)) {
      y += size * 1.45;
      shapes.push({ kind: "text", x: PAD, y: y - size * 0.35, text: row, anchor: "start", size, bold, fill });
    }
  };
  put(caption.title, 16, true, "ink");
  put(caption.note, 12, false, "ink2");
  y += 10;
  const top = y;
  for (const shape of scene.shapes) shapes.push(shifted(shape, PAD, top));
  y += scene.height + 6;
  put(caption.source, 11.5, false, "ink2");
  return { width: room + 2 * PAD, height: Math.ceil(y + PAD), shapes, spots: [] };
}

function shifted(shape: Shape, dx: number, dy: number): Shape {
  if (shape.kind !== "path") return { ...shape, x: shape.x + dx, y: shape.y + dy };
  return { ...shape, d: shape.d.replace(/([-\d.]+) ([-\d.]+)/g, (_, x: string, y: string) => `${px(Number(x) + dx)} ${px(Number(y) + dy)}`) };
}

/** An SVG document. */
export function svg(scene: Scene, caption: Caption, within: Element): string {
  const drawn = framed(scene, caption);
  const colour = palette(within);
  const safe = (words: string): string => words.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
  const attributes = (shape: Shape): string => {
    if (shape.kind === "text") return "";
    const fill = shape.fill === "hatch" ? "url(#hatch)" : colour(shape.fill);
    return ` fill="${fill}" stroke="${colour(shape.stroke)}"${shape.width ? ` stroke-width="${shape.width}"` : ""}${shape.dash ? ` stroke-dasharray="${shape.dash}"` : ""}${shape.opacity ? ` opacity="${shape.opacity}"` : ""}`;
  };
  const body = drawn.shapes.map((shape) => {
    if (shape.kind === "rect") return `<rect x="${px(shape.x)}" y="${px(shape.y)}" width="${px(shape.w)}" height="${px(shape.h)}" rx="${shape.r ?? 0}"${attributes(shape)}/>`;
    if (shape.kind === "circle") return `<circle cx="${px(shape.x)}" cy="${px(shape.y)}" r="${shape.r}"${attributes(shape)}/>`;
    if (shape.kind === "path") return `<path d="${shape.d}" stroke-linejoin="round" stroke-linecap="round"${attributes(shape)}/>`;
    return `<text x="${px(shape.x)}" y="${px(shape.y)}" text-anchor="${shape.anchor}" font-size="${shape.size}"${shape.bold ? ' font-weight="600"' : ""} fill="${colour(shape.fill)}">${safe(shape.text)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${drawn.width}" height="${drawn.height}" viewBox="0 0 ${drawn.width} ${drawn.height}" font-family="${safe(face())}">`,
    `<title>${safe(caption.title)}</title><desc>${safe(`${caption.note} ${caption.source}`)}</desc>`,
    `<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6" stroke="${colour("line2")}" stroke-width="1.4"/></pattern></defs>`,
    `<rect width="100%" height="100%" fill="${colour("panel")}"/>`,
    ...body,
    "</svg>\n",
  ].join("\n");
}

/** A PNG. */
export function png(scene: Scene, caption: Caption, within: Element): Promise<Blob> {
  const drawn = framed(scene, caption);
  const colour = palette(within);
  const canvas = document.createElement("canvas");
  const scale = 2;
  canvas.width = drawn.width * scale;
  canvas.height = drawn.height * scale;
  const pen = canvas.getContext("2d");
  if (!pen) return Promise.reject(new Error("no canvas"));
  pen.scale(scale, scale);
  pen.fillStyle = colour("panel");
  pen.fillRect(0, 0, drawn.width, drawn.height);
  pen.lineJoin = pen.lineCap = "round";
  const hatch = hatching(pen, colour("line2"));
  for (const shape of drawn.shapes) {
    if (shape.kind === "text") {
      pen.font = `${shape.bold ? 600 : 400} ${shape.size}px ${face()}`;
      pen.textAlign = shape.anchor === "middle" ? "center" : shape.anchor;
      pen.fillStyle = colour(shape.fill);
      pen.fillText(shape.text, shape.x, shape.y);
      continue;
    }
    const outline = new Path2D(shape.kind === "path" ? shape.d : undefined);
    if (shape.kind === "rect") outline.roundRect(shape.x, shape.y, shape.w, shape.h, shape.r ?? 0);
    if (shape.kind === "circle") outline.arc(shape.x, shape.y, shape.r, 0, 7);
    pen.globalAlpha = shape.opacity ?? 1;
    if (shape.fill && shape.fill !== "none") {
      pen.fillStyle = shape.fill === "hatch" ? hatch : colour(shape.fill);
      pen.fill(outline);
    }
    if (shape.stroke && shape.stroke !== "none") {
      pen.strokeStyle = colour(shape.stroke);
      pen.lineWidth = shape.width ?? 1;
      pen.setLineDash(shape.dash?.split(" ").map(Number) ?? []);
      pen.stroke(outline);
    }
    pen.globalAlpha = 1;
  }
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"));
}

function hatching(pen: CanvasRenderingContext2D, colour: string): CanvasPattern | string {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const on = tile.getContext("2d");
  if (!on) return colour;
  on.strokeStyle = colour;
  on.lineWidth = 1.2;
  for (const at of [-8, 0, 8]) {
    on.beginPath();
    on.moveTo(at, 8);
    on.lineTo(at + 8, 0);
    on.stroke();
  }
  return pen.createPattern(tile, "repeat") ?? colour;
}
