// An exhibit as a reader wants it: large sums in 亿 or billions, every figure with the decimals of its column, dates of
// one day in every year as years. What is drawn, what the table says and what is downloaded are the same words.
import { shifted } from "../i18n/numbers";
import type { Language } from "../i18n/index.svelte";
import type { Exhibit, Grade, Point } from "../api/types";

/** A point ready to be drawn: figures as printed and as numbers. */
export interface Drawn {
  label: string;
  /** As it is printed; null where no figure is held. */
  shown: string | null;
  value: number | null;
  /** The worst place, for an interval of places. */
  most: number | null;
  own: boolean;
  grade: Grade | null;
  weak: boolean;
}

export interface Readable {
  mark: Exhibit["mark"];
  title: string;
  /** In words; empty where there is none. */
  unit: string;
  points: Drawn[];
  peers: { label: string; points: Drawn[] }[];
  /** What every label had in common and no longer says: `12-31`. */
  common: string | null;
}

const DECIMAL = /^[+-]?\d+(\.\d+)?$/;
const WEAK: ReadonlySet<Grade> = new Set<Grade>(["unverified", "modelled", "synthetic", "assumed"]);

/** What is drawn hollow: what cannot be checked, and what never decides. */
export function isWeak(grade: Grade | null | undefined): boolean {
  return grade != null && WEAK.has(grade);
}

export function readable(exhibit: Exhibit, language: Language): Readable {
  const said = (text: { zh: string; en: string }): string => (language === "en" ? text.en || text.zh : text.zh || text.en);
  const plain = said(exhibit.unit);
  const by = exhibit.mark === "bump" ? { places: 0, word: "" } : magnitude(exhibit.points, plain, language);
  const figures = exhibit.points.map((point) => figure(point.value, by.places));
  const decimals = exhibit.mark === "bump" ? 0 : Math.min(6, Math.max(0, ...figures.map((text) => text?.split(".")[1]?.length ?? 0)));
  const timed = exhibit.mark !== "strip";
  // Through time every point may be the subject's own: then none of them stands out.
  const allOwn = timed && exhibit.points.every((point) => point.own);
  const drawn = (point: Point, text: string | null): Drawn => {
    const shown = text === null ? null : padded(text, decimals);
    return {
      label: said(point.label),
      shown: shown?.replace("-", "−") ?? null,
      value: shown === null ? null : Number(shown),
      most: point.most != null && DECIMAL.test(point.most) ? Number(point.most) : null,
      own: point.own && !allOwn,
      grade: point.grade ?? null,
      weak: isWeak(point.grade),
    };
  };
  const points = exhibit.points.map((point, i) => drawn(point, figures[i]!));
  const peers = exhibit.peers.map((peer) => ({ label: said(peer.label), points: peer.points.map((point) => drawn(point, figure(point.value, 0))) }));
  const common = timed ? shorten(points, peers.map((peer) => peer.points)) : null;
  return { mark: exhibit.mark, title: said(exhibit.title), unit: by.word + plain, points, peers, common };
}

/** `3`, `9–10`, `3.50`, a dash where nothing is held. */
export function printed(point: Drawn): string {
  if (point.shown === null) return "—";
  return point.most !== null && point.most !== point.value ? `${point.shown}–${point.most}` : point.shown;
}

function figure(value: string | null | undefined, places: number): string | null {
  const text = value?.trim().replace("−", "-") ?? "";
  if (!DECIMAL.test(text)) return null;
  const moved = shifted(text.replace("+", ""), places);
  return moved.includes(".") && places !== 0 ? moved.replace(/\.?0+$/, "") : moved;
}

function padded(text: string, decimals: number): string {
  const [whole = "", rest = ""] = text.split(".");
  return decimals === 0 ? text : `${whole}.${rest.padEnd(decimals, "0")}`;
}

/** A power of ten by which the figures read better, for whole units such as yuan and tonnes. */
function magnitude(points: Point[], unit: string, language: Language): { places: number; word: string } {
  // 亿元 already is a scaled unit, and a rate needs none.
  if (unit === "" || /^[亿万%百1]/.test(unit) || /illion|\bbn\b/.test(unit)) return { places: 0, word: "" };
  const largest = Math.max(0, ...points.map((point) => Math.abs(Number(point.value ?? 0)) || 0));
  const steps: [number, string][] = language === "en" ? [[9, "bn "], [6, "m "]] : [[8, "亿"], [4, "万"]];
  // From ten times the step, so that most figures stay above one.
  const [digits, word] = steps.find(([digits]) => largest >= 10 ** (digits + 1)) ?? [0, ""];
  return { places: -digits, word };
}

/** Labels that are one day of every year become years; answers the day. */
function shorten(points: Drawn[], peers: Drawn[][]): string | null {
  const rest = points.map((point) => /^(\d{4})(?:年|-)(\d.*)$/.exec(point.label));
  const day = rest[0]?.[2];
  if (points.length < 2 || !day || !rest.every((found) => found?.[2] === day)) {
    // 2018年 beside 2019年: the axis says years.
    for (const list of [points, ...peers]) for (const point of list) point.label = point.label.replace(/^(\d{4})年$/, "$1");
    return null;
  }
  for (const list of [points, ...peers]) for (const point of list) point.label = point.label.slice(0, 4);
  return day;
}
