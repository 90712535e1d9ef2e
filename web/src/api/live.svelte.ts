// Told by the program whenever the dossiers are read again, so that what is shown is never out of date.
import type { Text } from "./types";

class Live {
  /** How often the dossiers were read again since the page was opened. */
  reloads = $state(0);
  /** Why they could not be read again; what was read before is still shown. */
  problem = $state.raw<Text | null>(null);
  #generation: number | null = null;

  /** Listens until the answer is called. The browser connects again by itself. */
  listen(): () => void {
    const events = new EventSource("/api/events");
    events.addEventListener("generation", (event: MessageEvent<string>) => {
      const told = JSON.parse(event.data) as { generation: number; problem?: Text | null };
      if (this.#generation !== null && told.generation !== this.#generation) this.reloads++;
      this.#generation = told.generation;
      this.problem = told.problem ?? null;
    });
    return () => events.close();
  }
}

export const live = new Live();
