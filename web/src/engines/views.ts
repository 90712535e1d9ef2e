// Views of their own that engines may add to their pages: one line here and a component beside. A view is shown above the
// tables and charts that every engine has.
import type { Component } from "svelte";
import type { EnginePage, EngineResult } from "../api/types";
import type { Json } from "./schema";

/** What a view is given. */
export interface ViewProps {
  /** The engine's manual. */
  page: EnginePage;
  /** The result in sight; none before the first run. */
  result: EngineResult | null;
  /** The options as they are set now. */
  options: Json;
  /** Sets an option, as the form does. */
  set: (path: readonly string[], value: Json) => void;
}

/** A view of an engine's own. */
export interface OwnView {
  /** Loaded when the engine's page is opened. */
  load: () => Promise<{ default: Component<ViewProps> }>;
  /** Tables whose charts the view draws itself. */
  covers?: readonly string[];
  /** Options that the form shows before the others. */
  first?: readonly string[];
  /** Options that it sets itself and the form need not show. */
  sets?: readonly string[];
}

/** The views by the id of their engine. */
export const views: Readonly<Record<string, OwnView>> = {
  approvals: { load: () => import("./approvals/ApprovalsView.svelte") },
  indicators: { load: () => import("./indicators/IndicatorsView.svelte"), sets: ["measure", "first", "peers", "weights"] },
  locks: { load: () => import("./locks/LocksView.svelte"), covers: ["wait_by_year"], first: ["hours", "lines", "growth"] },
  projects: { load: () => import("./projects/ProjectsView.svelte"), sets: ["target", "budget"] },
};
