// One simulated day of a lock, ship by ship, as the tables of the result tell it. Hours count from the day's midnight.
import type { EngineResult } from "../../api/types";
import { amountOf, numeric, records } from "../records";

export interface Chamber {
  id: string;
  /** Metres. */
  length: number;
  width: number;
  gapLength: number;
  gapWidth: number;
}

/** What a chamber does for a while. */
export interface Span {
  id: string;
  kind: "lockage" | "empty" | "closed";
  chamber: string;
  up: boolean;
  start: number;
  end: number;
  ships: number;
  /** Share of the chamber's area taken, percent. */
  area: number;
}

export interface Ship {
  class: string;
  length: number;
  beam: number;
  up: boolean;
  arrival: number;
  /** None while it still waits when the day ends. */
  start: number | null;
  lockage: string | null;
  /** From the gate at which the first ship moors, and from the left wall; metres. */
  place: { x: number; y: number } | null;
}

export interface Day {
  chambers: Chamber[];
  spans: Span[];
  ships: Ship[];
}

export function dayOf(result: EngineResult | null, alternative: string): Day {
  const of = (table: string) => records(result, table).filter((row) => row["alternative"] === alternative);
  return {
    chambers: of("chamber_sizes").map((row) => ({
      id: row["chamber"] ?? "", length: amountOf(row, "length_m"), width: amountOf(row, "width_m"), gapLength: amountOf(row, "gap_length_m"), gapWidth: amountOf(row, "gap_width_m"),
    })),
    spans: of("day_lockages").map((row) => ({
      id: row["lockage"] ?? "", kind: (row["kind"] ?? "lockage") as Span["kind"], chamber: row["chamber"] ?? "", up: row["direction"] === "up",
      start: amountOf(row, "start_h"), end: amountOf(row, "end_h"), ships: amountOf(row, "ships"), area: amountOf(row, "area_used"),
    })),
    ships: of("day_ships").map((row) => {
      const [x, y] = [numeric(row, "x_m"), numeric(row, "y_m")];
      return {
        class: row["class"] ?? "", length: amountOf(row, "length_m"), beam: amountOf(row, "beam_m"), up: row["direction"] === "up",
        arrival: amountOf(row, "arrival_h"), start: numeric(row, "start_h"), lockage: row["lockage"] ?? null, place: x === null || y === null ? null : { x, y },
      };
    }),
  };
}

/** Who waits at an hour on one side, in the order they came. */
export function waiting(day: Day, up: boolean, hour: number): Ship[] {
  return day.ships.filter((ship) => ship.up === up && ship.arrival <= hour && (ship.start === null || ship.start > hour));
}

/** What a chamber does at an hour; nothing while it stands ready. */
export function spanAt(day: Day, chamber: string, hour: number): Span | null {
  return day.spans.find((span) => span.chamber === chamber && span.start <= hour && hour < span.end) ?? null;
}

/** The ships of a lockage. */
export function aboard(day: Day, lockage: string): Ship[] {
  return day.ships.filter((ship) => ship.lockage === lockage);
}

/** How many wait through the day: the hours at which it changes, each with the number from then on. */
export function queue(day: Day): { hour: number; ships: number }[] {
  const changes = day.ships.flatMap(({ arrival, start }) => [{ at: Math.max(arrival, 0), by: 1 }, ...(start === null ? [] : [{ at: Math.max(start, 0), by: -1 }])]);
  changes.sort((a, b) => a.at - b.at);
  const steps: { hour: number; ships: number }[] = [{ hour: 0, ships: 0 }];
  let ships = 0;
  for (const { at, by } of changes) {
    if (at > 24) break;
    ships += by;
    const last = steps.at(-1)!;
    if (last.hour === at) last.ships = ships;
    else steps.push({ hour: at, ships });
  }
  steps.push({ hour: 24, ships });
  return steps;
}

/** `13.5` → `13:30`; a time of the day before or after says so by its sign or by going past 24. */
export function clock(hour: number): string {
  const minutes = Math.round(Math.abs(hour) * 60);
  const text = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  return hour < 0 && minutes > 0 ? `−${text}` : text;
}
