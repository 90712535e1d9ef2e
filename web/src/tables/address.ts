// What is set on a table, as it stands in the address: `?q=&sort=&order=&where.COLUMN=VALUE&file=&row=`. The JSON twin takes
// the same names, so that an address can be handed on.

/** The filters and the order of a table's rows. */
export interface Filters {
  /** Words that a cell of the row holds. */
  q: string;
  /** The column the rows are sorted by; none for the order of the files. */
  sort: string | null;
  /** Whether the largest comes first. */
  descending: boolean;
  /** For a column, the values of which its cell is one; empty for a missing one. */
  where: ReadonlyMap<string, readonly string[]>;
}

/** Where a row stands. */
export interface Place {
  file: string;
  row: number;
}

const WHERE = "where.";

/** Reads the filters out of an address. */
export function filtersOf(query: URLSearchParams): Filters {
  const where = new Map<string, readonly string[]>();
  for (const [name, value] of query) {
    if (!name.startsWith(WHERE)) continue;
    const column = name.slice(WHERE.length);
    const values = where.get(column) ?? [];
    if (!values.includes(value)) where.set(column, [...values, value]);
  }
  return {
    q: query.get("q") ?? "",
    sort: query.get("sort"),
    descending: query.get("order") === "desc",
    where,
  };
}

/** The row an address points at. */
export function placeOf(query: URLSearchParams): Place | null {
  const file = query.get("file");
  const row = Number(query.get("row"));
  return file !== null && Number.isInteger(row) && row > 0 ? { file, row } : null;
}

/** The filters as a query, the shortest that says them. */
export function queryOf(filters: Filters): URLSearchParams {
  const query = new URLSearchParams();
  if (filters.q.trim() !== "") query.set("q", filters.q.trim());
  if (filters.sort !== null) {
    query.set("sort", filters.sort);
    if (filters.descending) query.set("order", "desc");
  }
  for (const [column, values] of filters.where) {
    for (const value of values) query.append(WHERE + column, value);
  }
  return query;
}

/** The filters with a value of a column ticked beside the others, or unticked. */
export function toggled(filters: Filters, column: string, value: string): Filters {
  const where = new Map(filters.where);
  const values = where.get(column) ?? [];
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  if (next.length === 0) where.delete(column);
  else where.set(column, next);
  return { ...filters, where };
}

/** The filters without that of a column: what else could be ticked there. */
export function without(filters: Filters, column: string): Filters {
  const where = new Map(filters.where);
  where.delete(column);
  return { ...filters, where };
}

/** The filters with the next order of a column: ascending, descending, that of the files. */
export function sortedBy(filters: Filters, column: string): Filters {
  if (filters.sort !== column) return { ...filters, sort: column, descending: false };
  if (!filters.descending) return { ...filters, descending: true };
  return { ...filters, sort: null, descending: false };
}

/** Whether any row is filtered out. */
export function filters(filters: Filters): boolean {
  return filters.q.trim() !== "" || filters.where.size > 0;
}

/** The address of a table, or of one of its rows, under filters. */
export function addressOf(table: string, query: URLSearchParams, place: Place | null = null): string {
  const whole = new URLSearchParams(query);
  if (place) {
    whole.set("file", place.file);
    whole.set("row", String(place.row));
  }
  const text = whole.toString();
  return `/tables/${encodeURIComponent(table)}${text === "" ? "" : "?" + text}`;
}

/** The address of the rows that come from an origin. */
export function rowsOfOrigin(table: string, origin: string): string {
  return addressOf(table, new URLSearchParams({ "where.origin": origin }));
}

/** Changes what is set in the present address and keeps the rest: language, theme. */
export function laidOver(present: URLSearchParams, filters: Filters, place: Place | null): URLSearchParams {
  const next = new URLSearchParams();
  for (const [name, value] of present) {
    const ours = ["q", "sort", "order", "file", "row"].includes(name) || name.startsWith(WHERE);
    if (!ours) next.append(name, value);
  }
  for (const [name, value] of queryOf(filters)) next.append(name, value);
  if (place) {
    next.set("file", place.file);
    next.set("row", String(place.row));
  }
  return next;
}
