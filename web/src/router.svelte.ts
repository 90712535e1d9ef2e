// Addresses. A page stands at a path of its own, and what is set on it (filter, language, sliders) in its query, so that
// any view can be shared. The JSON of a page stands at the same path below /api.

export type Route =
  | { page: "home" }
  | { page: "document"; document: string; statement?: string }
  | { page: "finding"; finding: string }
  | { page: "text" }
  | { page: "tables" }
  | { page: "table"; table: string }
  | { page: "origins" }
  | { page: "origin"; origin: string }
  | { page: "engines" }
  | { page: "engine"; engine: string }
  | { page: "scenarios" }
  | { page: "problems" }
  | { page: "missing" };

/** The page at a path. */
export function routeOf(path: string): Route {
  const [first, second, third, ...rest] = path.split("/").filter(Boolean).map(decode);
  if (rest.length > 0) return { page: "missing" };
  if (first === undefined) return { page: "home" };
  if (first === "d" && second !== undefined) {
    return third === undefined
      ? { page: "document", document: second }
      : { page: "document", document: second, statement: third };
  }
  if (third !== undefined) return { page: "missing" };
  switch (first) {
    case "f":
      return second === undefined ? { page: "missing" } : { page: "finding", finding: second };
    case "tables":
      return second === undefined ? { page: "tables" } : { page: "table", table: second };
    case "origins":
      return second === undefined ? { page: "origins" } : { page: "origin", origin: second };
    case "engines":
      return second === undefined ? { page: "engines" } : { page: "engine", engine: second };
    case "text":
    case "scenarios":
    case "problems":
      return second === undefined ? { page: first } : { page: "missing" };
    default:
      return { page: "missing" };
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The path made of parts, each percent-encoded: `path("d", document, statement)`. */
export function path(...parts: string[]): string {
  return "/" + parts.map(encodeURIComponent).join("/");
}

class Router {
  path = $state(location.pathname);
  query = $state(new URLSearchParams(location.search));
  hash = $state(location.hash);
  route = $derived(routeOf(this.path));

  constructor() {
    addEventListener("popstate", () => this.#read());
  }

  /** Goes to an address of ours; `replace` leaves no step in the history. */
  go(to: string, options: { replace?: boolean } = {}): void {
    const address = new URL(to, location.href);
    // Language and theme are kept from page to page.
    for (const kept of ["lang", "theme"]) {
      const value = this.query.get(kept);
      if (value !== null && !address.searchParams.has(kept)) address.searchParams.set(kept, value);
    }
    const before = this.#place();
    if (options.replace) history.replaceState(history.state, "", address);
    else history.pushState(null, "", address);
    this.#read();
    if (this.#place() !== before && !this.hash) scrollTo(0, 0);
  }

  /** Sets or removes what stands in the query, without a step in the history. */
  set(changes: Record<string, string | null>): void {
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === "") address.searchParams.delete(name);
      else address.searchParams.set(name, value);
    }
    history.replaceState(history.state, "", address);
    this.#read();
  }

  /** The page without what is chosen on it: a statement is chosen without leaving its document. */
  #place(): string {
    return this.route.page === "document" ? path("d", this.route.document) : this.path;
  }

  #read(): void {
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
    this.hash = location.hash;
  }
}

export const router = new Router();

/** Follows links within the page without loading it again; for `onclick` of the root element. */
export function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.pathname.startsWith("/api")) return;
  if (link.pathname === location.pathname && link.search === location.search && link.hash) return;
  event.preventDefault();
  router.go(link.href);
}
