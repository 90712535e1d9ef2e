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

/** The views by the id of their engine; each is loaded when its page is opened. */
export const views: Readonly<Record<string, () => Promise<{ default: Component<ViewProps> }>>> = {
  approvals: () => import("./flow/FlowView.svelte"),
};
