// A page's data: asked for when its address changes, and again, quietly, when the dossiers were read again.
import { get, Refused } from "./client";
import { live } from "./live.svelte";

export class Loaded<T> {
  value = $state.raw<T | null>(null);
  error = $state.raw<Refused | null>(null);
  #address: string | null = null;
  #tries = $state(0);

  /** To be made while a component is set up; `address` may answer null: nothing to ask yet. */
  constructor(address: () => string | null) {
    $effect(() => {
      const asked = address();
      const again = [live.reloads, this.#tries];
      if (asked === null) return;
      if (asked !== this.#address) this.value = null;
      this.#address = asked;
      const stop = new AbortController();
      void this.#ask(asked, stop.signal, again);
      return () => stop.abort();
    });
  }

  again(): void {
    this.#tries++;
  }

  async #ask(address: string, signal: AbortSignal, _again: number[]): Promise<void> {
    try {
      this.value = await get<T>(address, signal);
      this.error = null;
    } catch (error) {
      if (signal.aborted) return;
      this.error = error instanceof Refused ? error : new Refused(0, { zh: "服务没有答复", en: "failed to reach the program" });
      if (this.error.status === 404) this.value = null;
    }
  }
}
