// How far a slider goes for an option whose schema names no bounds. It bounds nothing: the field beside it takes any value.

/** Least, most and step. */
export type Range = readonly [least: number, most: number, step: number];

const ranges: Readonly<Record<string, Range>> = {
  "approvals.noise": [0, 1, 0.01],
  "approvals.rows": [10, 500, 10],
  "locks.hours": [1, 24, 0.5],
  "locks.lines": [1, 4, 1],
  "locks.growth": [-0.05, 0.15, 0.005],
  "locks.replications": [1, 20, 1],
  "locks.days": [30, 365, 5],
  "locks.paths": [200, 5000, 100],
  "projects.draws": [1000, 50_000, 1000],
};

/** The range of an option, if there is one. */
export function rangeOf(engine: string, path: readonly string[]): Range | null {
  return ranges[`${engine}.${path.join(".")}`] ?? null;
}
