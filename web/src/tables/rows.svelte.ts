// The rows of a table under filters, asked for in blocks as they come into sight, so that fifty thousand can be scrolled.
import { get, Refused } from "../api/client";
import type { TablePage, TableRow } from "../api/types";
import { addressOf, filtersOf, queryOf, without, type Place } from "./address";

/** How many rows are asked for at a time. */
const BLOCK = 200;

export class Rows {
  /** What is known of the table besides its rows: of the last answer. */
  page = $state.raw<TablePage | null>(null);
  /** What went wrong, when nothing can be shown. */
  failure = $state.raw<unknown>(null);
  /** Whether the rows shown are those of filters before. */
  stale = $state(false);
  /** Whether the row pointed at is not among the rows that fit. */
  lost = $state(false);
  /** Where the row pointed at stands among those that fit. */
  found = $state.raw<number | null>(null);
  /** Counts up with every block, for those who read `at`. */
  version = $state(0);

  #rows = new Map<number, TableRow>();
  #asked = new Set<number>();
  #table = "";
  #query = new URLSearchParams();
  #now = new AbortController();

  /** How many rows fit the filters. */
  get matching(): number {
    return this.page?.matching ?? 0;
  }

  /** The row at a place among those that fit, once it is here. */
  at(index: number): TableRow | undefined {
    return this.version >= 0 ? this.#rows.get(index) : undefined;
  }

  /** Asks for the rows of a table under filters; those before stay in sight until the answer is here. */
  async ask(table: string, query: URLSearchParams, place: Place | null): Promise<void> {
    this.#now.abort();
    const now = new AbortController();
    this.#now = now;
    this.stale = true;
    try {
      const page = await this.#first(table, query, place, now.signal);
      if (now.signal.aborted) return;
      void this.#others(table, query, now.signal);
      this.#table = table;
      this.#query = query;
      this.#rows.clear();
      this.#asked.clear();
      this.#keep(page);
      this.page = page;
      this.failure = null;
      this.found = place === null || this.lost ? null : this.#indexOf(page, place);
    } catch (error) {
      if (now.signal.aborted) return;
      this.failure = error;
      this.page = null;
    } finally {
      if (!now.signal.aborted) this.stale = false;
    }
  }

  /** Of a column that is filtered by, the values that could be ticked instead. */
  async #others(table: string, query: URLSearchParams, signal: AbortSignal): Promise<void> {
    const filters = filtersOf(query);
    for (const column of filters.where.keys()) {
      const asked = queryOf(without(filters, column));
      asked.set("limit", "1");
      const page = await get<TablePage>(addressOf(table, asked), signal).catch(() => null);
      const facet = page?.facets.find((one) => one.column === column);
      if (signal.aborted || !this.page) return;
      if (facet) this.page = { ...this.page, facets: this.page.facets.map((one) => (one.column === column ? facet : one)) };
    }
  }

  async #first(table: string, query: URLSearchParams, place: Place | null, signal: AbortSignal): Promise<TablePage> {
    this.lost = false;
    if (place !== null) {
      try {
        return await this.#fetch(table, query, { place }, signal);
      } catch (error) {
        if (!(error instanceof Refused) || error.status !== 404) throw error;
        this.lost = !signal.aborted;
      }
    }
    return this.#fetch(table, query, { offset: 0 }, signal);
  }

  #fetch(table: string, query: URLSearchParams, at: { offset?: number; place?: Place }, signal: AbortSignal): Promise<TablePage> {
    const whole = new URLSearchParams(query);
    whole.set("limit", String(BLOCK));
    if (at.offset !== undefined && at.offset > 0) whole.set("offset", String(at.offset));
    return get<TablePage>(addressOf(table, whole, at.place ?? null), signal);
  }

  /** Sees to it that the rows of a stretch come. */
  need(from: number, to: number): void {
    for (let block = Math.floor(from / BLOCK); block * BLOCK < Math.min(to, this.matching); block++) {
      if (this.#asked.has(block)) continue;
      this.#asked.add(block);
      void this.#block(block);
    }
  }

  async #block(block: number): Promise<void> {
    const { signal } = this.#now;
    const first = block * BLOCK;
    const last = Math.min(first + BLOCK, this.matching);
    let whole = true;
    for (let index = first; index < last && whole; index++) whole = this.#rows.has(index);
    if (whole) return;
    try {
      const page = await this.#fetch(this.#table, this.#query, { offset: first }, signal);
      if (!signal.aborted) this.#keep(page);
    } catch {
      if (!signal.aborted) this.#asked.delete(block);
    }
  }

  #keep(page: TablePage): void {
    page.rows.forEach((row, index) => this.#rows.set(page.offset + index, row));
    this.version += 1;
  }

  #indexOf(page: TablePage, place: Place): number | null {
    const index = page.rows.findIndex((row) => row.file === place.file && row.row === place.row);
    return index < 0 ? null : page.offset + index;
  }

  /** Where a row that is here stands. */
  indexOf(place: Place): number | null {
    for (const [index, row] of this.#rows) {
      if (row.file === place.file && row.row === place.row) return index;
    }
    return null;
  }
}
