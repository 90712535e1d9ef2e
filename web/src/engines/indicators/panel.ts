// A measure of all cities by year, as the table of the result holds it, and what the bump chart draws of it.
import type { EngineResult, Grade } from "../../api/types";
import { isWeak, type Drawn, type Readable } from "../../charts/readable";
import { records } from "../records";
import { places, type Place } from "./places";

export interface City { id: string; zh: string; en: string; provinceZh: string; provinceEn: string }
export interface Held { value: string; half: string; printed: string; grade: Grade }

export interface Panel {
  cities: City[];
  years: string[];
  /** By year and city. */
  held: Map<string, Map<string, Held>>;
}

export function panelOf(result: EngineResult | null): Panel {
  const cities = new Map<string, City>();
  const held = new Map<string, Map<string, Held>>();
  for (const row of records(result, "panel")) {
    const [id, year] = [row["subject"] ?? "", row["year"] ?? ""];
    cities.set(id, { id, zh: row["name_zh"] ?? id, en: row["name_en"] ?? id, provinceZh: row["province_zh"] ?? "", provinceEn: row["province_en"] ?? "" });
    if (!held.has(year)) held.set(year, new Map());
    held.get(year)!.set(id, { value: row["value"] ?? "", half: row["half"] ?? "0", printed: row["printed"] ?? "", grade: (row["grade"] ?? "unverified") as Grade });
  }
  return { cities: [...cities.values()].sort((a, b) => a.id.localeCompare(b.id)), years: [...held.keys()].sort(), held };
}

/** Places of every year among these peers; years in which fewer than three have a figure have none. */
export function placesOf(panel: Panel, peers: readonly string[], highestFirst: boolean): Map<string, Map<string, Place>> {
  return new Map(panel.years.flatMap((year) => {
    const held = panel.held.get(year)!;
    const figures = peers.map((id) => ({ id, value: held.get(id)?.value ?? null, half: held.get(id)?.half ?? "0" }));
    return figures.filter(({ value }) => value !== null).length < 3 ? [] : [[year, places(figures, highestFirst)] as const];
  }));
}

/** The years and peers as a bump chart takes them. */
export function bumps(panel: Panel, all: ReadonlyMap<string, ReadonlyMap<string, Place>>, home: string, peers: readonly string[], name: (city: City) => string): Readable {
  const years = [...all.keys()];
  const points = (id: string): Drawn[] => years.map((year) => {
    const place = all.get(year)?.get(id);
    const grade = panel.held.get(year)?.get(id)?.grade ?? null;
    const exact = place && place.most === place.place && place.least === place.place;
    return { label: year, shown: place ? String(exact ? place.place : place.least) : null, value: place ? (exact ? place.place : place.least) : null, most: place ? place.most : null, own: false, grade, weak: isWeak(grade) };
  });
  return {
    mark: "bump", title: "", unit: "", common: null, points: points(home),
    peers: panel.cities.filter(({ id }) => id !== home && peers.includes(id)).map((city) => ({ label: name(city), points: points(city.id) })),
  };
}
