// Keys that act on the page as a whole.

/** The key of a press that is not meant for a field or the browser, in lower case; empty otherwise. */
export function keyOf(event: KeyboardEvent): string {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return "";
  const on = event.target instanceof HTMLElement ? event.target : null;
  if (on?.isContentEditable || on?.matches("input:not([type=range], [type=checkbox], [type=radio]), textarea, select")) {
    return event.key === "Escape" ? "escape" : "";
  }
  return event.key.toLowerCase();
}
