// What a statement allows, as a band in the unit of the measure, to be drawn beside what was found. A figure allows what
// its digits and its word allow, by the same rule as the ledger's; a place allows what lies between two peers.
import type { Answer, Finding, StatementPage } from "../api/types";
import { say, t, type Language } from "../i18n/index.svelte";
import { isWeak, readable, type Drawn, type Readable } from "../charts/readable";
import type { Compared } from "../charts/margin";
import { figure, place, type StatedFigure } from "./claim";
import { amount, interval } from "./amounts";
import { apart } from "./decimals";

/** A twentieth: how far 近 and 左右 may reach. */
const VAGUE = 0.05;

type Band = [number, number];

/** The bands of a stated figure: what surely is as stated, and what may be. */
export function bands(stated: StatedFigure): { sure: Band; loose: Band | null } {
  const { value: v, ulp, low, high } = stated;
  const half = ulp / 2;
  const vague = Math.max(Math.abs(v) * VAGUE, ulp);
  if (low !== null && high !== null) return { sure: [low, high], loose: null };
  switch (stated.qualifier) {
    case "ge":
    case "gt": return { sure: [v, Infinity], loose: [v - half, Infinity] };
    case "le":
    case "lt": return { sure: [-Infinity, v], loose: [-Infinity, v + half] };
    case "lt_approx": return { sure: [v - ulp, v], loose: [v - vague, v + half] };
    case "approx": return { sure: [v - half, v + half], loose: [v - vague, v + vague] };
    default: return { sure: [v - half, v + half], loose: ulp > 0 ? [v - ulp, v + ulp] : null };
  }
}

/** The comparison of an answer as it is drawn; null where it is not of figures. `supposed` is another stated value. */
export function comparison(page: StatementPage, answer: Answer, supposed: string | null, stated: string, language: Language): Compared | null {
  return ofFigures(page, answer, supposed, stated, language) ?? ofPlaces(page, answer, supposed, stated, language);
}

function ofFigures(page: StatementPage, answer: Answer, supposed: string | null, stated: string, language: Language): Compared | null {
  const { found } = answer;
  const own = figure(answer);
  if (!found || !("unit" in found) || !own || own.unit !== found.unit || found.low == null || found.high == null) return null;
  const [low, high] = [Number(found.low), Number(found.high)];
  const unit = say(found.unit_words);
  const scale = page.what_if && Number(page.what_if.stated) !== 0 ? own.value / Number(page.what_if.stated) : 1;
  const moved: StatedFigure = supposed === null ? own : { ...own, value: Number(supposed) * scale, low: null, high: null };
  const { sure, loose } = bands(moved);
  const edge = (value: number): string | null => (Number.isFinite(value) ? amount(String(Number(value.toPrecision(12))), unit, language) : null);
  return {
    band: sure,
    loose,
    found: [low, high],
    weak: isWeak(answer.grade),
    holds: sure[0] <= low && high <= sure[1],
    words: {
      band: t("margin-stated", { stated }),
      found: t("margin-found", { found: interval(found.low, found.high, unit, language).figure }),
      distance: distance(answer, language),
      low: edge(sure[0]),
      high: edge(sure[1]),
    },
  };
}

function ofPlaces(page: StatementPage, answer: Answer, supposed: string | null, stated: string, language: Language): Compared | null {
  const own = place(answer);
  const strip = stripOf(page, answer);
  if (!own || !strip) return null;
  const chart = readable(strip.exhibit!, language);
  const held = chart.points.filter((point): point is Drawn & { value: number } => point.value !== null);
  const mine = held.find((point) => point.own);
  // With a figure missing, nobody knows which values would hold the place.
  if (!mine || held.length < chart.points.length || held.length < 2) return null;
  const to = supposed === null ? own.to : Number(supposed);
  const from = own.from === own.to ? to : Math.min(own.from, to);
  const others = held.filter((point) => !point.own);
  const better = from > 1 ? others[from - 2] : undefined;
  const worse = to < held.length ? others[to - 1] : undefined;
  const descending = held[0]!.value >= held.at(-1)!.value;
  const [below, above] = descending ? [worse, better] : [better, worse];
  const half = 0.5 * 10 ** -(mine.shown?.split(".")[1]?.length ?? 0);
  const band: Band = [below?.value ?? -Infinity, above?.value ?? Infinity];
  // The nearest peer that would turn the answer: it may be another than the one next to the subject.
  const edge = [below, above].filter((point) => point !== undefined).sort((a, b) => Math.abs(a.value - mine.value) - Math.abs(b.value - mine.value))[0];
  const unit = chart.unit === "%" ? t("unit-points") : chart.unit;
  const named = (point: Drawn | undefined): string | null => (point ? `${point.label} ${withUnit(point, chart)}` : null);
  return {
    band,
    loose: null,
    found: [mine.value - half, mine.value + half],
    weak: mine.weak || isWeak(answer.grade),
    holds: band[0] <= mine.value && mine.value <= band[1],
    words: {
      band: t("margin-allows", { stated }),
      found: named(mine)!,
      distance: edge ? t("margin-apart", { distance: amount(apart(mine.shown!, edge.shown!), unit, language) }) : null,
      low: named(below),
      high: named(above),
    },
  };
}

function withUnit(point: Drawn, chart: Readable): string {
  return chart.unit === "%" ? `${point.shown}%` : `${point.shown}`;
}

/** The strip of the peers among the findings an answer rests on. */
export function stripOf(page: StatementPage, answer: Answer): Finding | null {
  return page.findings.find((finding) => answer.because.includes(finding.id) && finding.exhibit?.mark === "strip") ?? null;
}

/** The margin in words: `差 0.05 个百分点`. */
function distance(answer: Answer, language: Language): string | null {
  const { margin } = answer;
  if (!margin) return null;
  return t("margin-apart", { distance: amount(margin.value, say(margin.unit_words), language) });
}

/** The name of the peer a margin is measured to, in the language shown. */
export function peerOf(page: StatementPage, answer: Answer): string | null {
  const to = answer.margin?.to.trim() ?? "";
  if (to === "" || to === "band") return null;
  for (const finding of page.findings) {
    const point = finding.exhibit?.points.find(({ label }) => label.zh === to || label.en === to);
    if (point) return say(point.label);
  }
  return to;
}

