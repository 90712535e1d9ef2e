// Shares of cases done within so many working days, with their intervals: what a promised limit can be held against.
import type { EngineResult } from "../../api/types";
import { amountOf, numeric, recordsOf } from "../records";

/** Cases of a matter by the working days they took. */
export interface Times {
  item: string;
  /** Fewest days first. */
  days: { days: number; cases: number }[];
  all: number;
  promised: number | null;
}

/** The tables of times of a result, region by region. */
export function timesOf(table: EngineResult["tables"][number]): Times[] {
  const items = new Map<string, Times>();
  for (const row of recordsOf(table)) {
    const item = row["item"] ?? "";
    const held = items.get(item) ?? { item, days: [], all: 0, promised: null };
    held.days.push({ days: amountOf(row, "days"), cases: amountOf(row, "cases") });
    held.all += amountOf(row, "cases");
    held.promised ??= numeric(row, "promised");
    items.set(item, held);
  }
  const all = [...items.values()];
  for (const one of all) one.days.sort((a, b) => a.days - b.days);
  return all.sort((a, b) => b.all - a.all || a.item.localeCompare(b.item));
}

/** All matters as one. */
export function together(times: readonly Times[]): Times {
  const days = new Map<number, number>();
  for (const one of times) for (const { days: d, cases } of one.days) days.set(d, (days.get(d) ?? 0) + cases);
  const promised = new Set(times.map((one) => one.promised));
  return {
    item: "",
    days: [...days].sort((a, b) => a[0] - b[0]).map(([d, cases]) => ({ days: d, cases })),
    all: times.reduce((sum, { all }) => sum + all, 0),
    promised: promised.size === 1 ? ([...promised][0] ?? null) : null,
  };
}

/** Cases done within so many days. */
export function within(times: Times, days: number): number {
  return times.days.reduce((sum, one) => (one.days <= days ? sum + one.cases : sum), 0);
}

export interface Share { low: number; share: number; high: number }

/**
 * A share with its 95 % interval after Wilson: Probable Inference, the Law of Succession, and Statistical Inference, Journal of
 * the American Statistical Association 22 (1927).
 */
export function wilson(part: number, whole: number): Share {
  if (whole <= 0) return { low: 0, share: 0, high: 1 };
  const z = 1.959963984540054;
  const p = part / whole;
  const middle = p + (z * z) / (2 * whole);
  const room = z * Math.sqrt((p * (1 - p)) / whole + (z * z) / (4 * whole * whole));
  const under = 1 + (z * z) / whole;
  return { low: part === 0 ? 0 : Math.max(0, (middle - room) / under), share: p, high: part === whole ? 1 : Math.min(1, (middle + room) / under) };
}

/** The shortest limit that this share of the cases kept; null when none did so. With `safe`, that their number leaves no doubt of. */
export function limitFor(times: Times, confidence: number, safe: boolean): number | null {
  let done = 0;
  for (const { days, cases } of times.days) {
    done += cases;
    const share = wilson(done, times.all);
    if ((safe ? share.low : share.share) >= confidence - 1e-12) return days;
  }
  return null;
}
