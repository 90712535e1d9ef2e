// The register of projects as the tables of the result hold it, region by region. Amounts are 亿元 in the tables and in
// the unit of the language once they are read: 亿元, or billions of yuan.
import type { EngineResult, ResultTable } from "../../api/types";
import { amountOf as plain, records, recordsOf, tableOf, type Record as Row } from "../records";

export interface Project {
  code: string;
  name: string;
  trade: string;
  stage: string;
  total: number;
  year: number;
  done: number;
  /** Days since 1970; none where the register has no date. */
  start: number | null;
  due: number | null;
  /** Whether the year's money carries it; none where nothing was chosen. */
  carried: boolean | null;
}

export interface Link { before: string; after: string }
export interface Month { month: string; planned: number; earned: number; spent: number }
export interface Ahead { month: string; low: number; median: number; high: number }
export interface Budget { budget: number; used: number; value: number; bound: number; proven: boolean }
export interface Target { target: number; stated: boolean; probability: number }

export interface Register {
  region: string;
  list: ResultTable;
  projects: Project[];
  links: Link[];
  /** Months of the year of the last report, summed from January on; reports end where the forecast begins. */
  months: Month[];
  ahead: Ahead[];
  /** The year's total at each percent from 1 to 99: as the model drew it, else as a normal distribution of its mean and spread. */
  totals: number[];
  outlook: ResultTable | null;
  target: Target | null;
  /** What is chosen within a budget; nothing while none is given. */
  budget: Budget | null;
  /** Money that all would take that is not yet under way. */
  asked: number;
}

/** `unit` is how many of the unit shown make 亿元: 1, or 0.1 for billions. */
export function registers(result: EngineResult | null, unit: number): Register[] {
  const amountOf = (row: Row, column: string): number => plain(row, column) * unit;
  return (result?.tables ?? []).flatMap((list) => {
    const region = /^projects\.(\d+)\.list$/.exec(list.id)?.[1];
    if (region === undefined) return [];
    const of = (what: string) => records(result, `projects.${region}.${what}`);
    const choice = of("choice");
    const carried = new Map(choice.map((row) => [row["code"] ?? "", row["chosen"] === "yes"]));
    const ahead = of("outlook").map((row) => ({ month: row["month"] ?? "", low: amountOf(row, "p5"), median: amountOf(row, "p50"), high: amountOf(row, "p95") }));
    const [target, budget] = [of("target")[0], of("choice.bound")[0]];
    const totals = of("totals").map((row) => amountOf(row, "total"));
    const projects = recordsOf(list).map((row): Project => ({
        code: row["code"] ?? "", name: row["name"] ?? "", trade: row["trade"] ?? "", stage: row["stage"] ?? "",
        total: amountOf(row, "total"), year: amountOf(row, "year"), done: amountOf(row, "done"), start: dayOf(row["start"]), due: dayOf(row["due"]),
      carried: carried.get(row["code"] ?? "") ?? null,
    }));
    return [{
      region, list, projects,
      links: of("links").map((row) => ({ before: row["before"] ?? "", after: row["after"] ?? "" })),
      months: ofYear(of("curve").map((row) => ({ month: row["month"] ?? "", planned: amountOf(row, "planned"), earned: amountOf(row, "earned"), spent: amountOf(row, "spent") })), ahead[0]?.month.slice(0, 4)),
      ahead,
      totals: totals.length > 1 || !target ? totals : normal(amountOf(target, "mean"), amountOf(target, "p5"), amountOf(target, "p95")),
      outlook: tableOf(result, `projects.${region}.outlook`),
      target: target ? { target: amountOf(target, "target"), stated: target["from"] === "stated", probability: plain(target, "p_meet") } : null,
      budget: budget ? { budget: amountOf(budget, "budget"), used: choice.reduce((sum, row) => (row["chosen"] === "yes" ? sum + amountOf(row, "cost") : sum), 0), value: amountOf(budget, "value"), bound: amountOf(budget, "bound"), proven: budget["proven"] === "yes" } : null,
      asked: projects.filter(({ stage, total }) => OPEN.includes(stage) && total > 0).reduce((sum, { year, total }) => sum + (year > 0 ? year : total), 0),
    }];
  });
}

/** Stages of what is not yet under way. */
const OPEN: readonly string[] = ["储备", "前期", "新开工"];

/** Percents of a normal distribution, its quantiles after Shore, Applied Statistics 31 (1982), good to a hundredth. */
function normal(mean: number, low: number, high: number): number[] {
  const sd = (high - low) / (2 * 1.6448536);
  return Array.from({ length: 99 }, (_, i) => {
    const p = (i + 1) / 100;
    const z = p >= 0.5 ? 5.5556 * (1 - ((1 - p) / p) ** 0.1186) : -5.5556 * (1 - (p / (1 - p)) ** 0.1186);
    return mean + sd * z;
  });
}

/** Days since 1970 of `2021-03-05`; null for anything else. */
export function dayOf(date: string | null | undefined): number | null {
  const time = date && /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  return Number.isNaN(time) ? null : time / 86_400_000;
}

/** Sums from January of a year on; all months where no year is given. */
function ofYear(months: Month[], year: string | undefined): Month[] {
  if (year === undefined) return months;
  const before = months.findLast(({ month }) => month.slice(0, 4) < year);
  return months.filter(({ month }) => month.startsWith(year)).map((one) => ({
    month: one.month, planned: one.planned - (before?.planned ?? 0), earned: one.earned - (before?.earned ?? 0), spent: one.spent - (before?.spent ?? 0),
  }));
}

/** How likely the year's total reaches a target, read between the percents. */
export function reaches(totals: readonly number[], target: number): number {
  const [first, last] = [totals[0], totals.at(-1)];
  if (first === undefined || last === undefined) return 0;
  if (target <= first) return 0.99;
  if (target > last) return 0.01;
  const at = totals.findIndex((total) => total >= target);
  const [low, high] = [totals[at - 1] ?? first, totals[at]!];
  const share = high > low ? (target - low) / (high - low) : 1;
  return 1 - (at + share) / 100;
}

/** What a numeric cell prints: enough digits to tell amounts apart. */
export function money(amount: number): string {
  return amount >= 100 ? amount.toFixed(0) : amount >= 10 ? amount.toFixed(1) : amount.toFixed(2);
}

