// Told by the program whenever the dossiers are read again, so that what is shown is never out of date.
import type { Text } from "./types";

/** So many milliseconds without the program are no reason to worry the reader. */
const PATIENCE = 4000;

class Live {
  /** How often the dossiers were read again since the page was opened. */
  reloads = $state(0);
  /** Why they could not be read again; what was read before is still shown. */
  problem = $state.raw<Text | null>(null);
  /** Whether the program does not answer any more. */
  lost = $state(false);
  #generation: number | null = null;
  #worry: ReturnType<typeof setTimeout> | undefined;

  /** Listens until the answer is called. The browser connects again by itself. */
  listen(): () => void {
    const events = new EventSource("/api/events");
    events.addEventListener("generation", (event: MessageEvent<string>) => {
      this.#calm();
      const told = JSON.parse(event.data) as { generation: number; problem?: Text | null };
      if (this.#generation !== null && told.generation !== this.#generation) this.reloads++;
      this.#generation = told.generation;
      this.problem = told.problem ?? null;
    });
    events.onopen = () => this.#calm();
    events.onerror = () => {
      if (events.readyState === EventSource.CONNECTING) this.#worry ??= setTimeout(() => (this.lost = true), PATIENCE);
    };
    return () => {
      events.close();
      this.#calm();
    };
  }

  #calm(): void {
    clearTimeout(this.#worry);
    this.#worry = undefined;
    this.lost = false;
  }
}

export const live = new Live();
