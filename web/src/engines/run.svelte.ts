// A run of an engine or a scenario: started, followed, cancelled. A later one takes the place of an earlier one.
import { cancel, get, post, watch } from "../api/client";
import type { RunStatus } from "../api/types";

export class Run<Result> {
  status = $state.raw<RunStatus | null>(null);
  result = $state.raw<Result | null>(null);
  error = $state.raw<unknown>(null);
  /** Whether the result is of a setting before. */
  stale = $state(false);

  #now: AbortController | null = null;
  #number = 0;

  get running(): boolean {
    const state = this.status?.state;
    return state === "waiting" || state === "running";
  }

  /** Starts a run at an address below /api and follows it to its result. Null when another took its place. */
  async start(address: string, body: unknown): Promise<RunStatus | null> {
    await this.#stop();
    const number = ++this.#number;
    const now = new AbortController();
    this.#now = now;
    this.error = null;
    this.stale = this.result !== null;
    try {
      const begun = await post<RunStatus>(address, body, now.signal);
      if (number !== this.#number) {
        void cancel(begun.id).catch(() => null);
        return null;
      }
      this.status = begun;
      const ended = await watch(begun.id, (status) => number === this.#number && (this.status = status), now.signal);
      if (number !== this.#number) return null;
      if (ended.state === "done" && ended.result?.startsWith("/api/runs/")) {
        this.result = await get<Result>(ended.result.slice("/api".length), now.signal);
        this.stale = false;
      }
      return ended;
    } catch (error) {
      if (number !== this.#number || now.signal.aborted) return null;
      this.status = null;
      this.error = error;
      return null;
    }
  }

  /** Cancels what runs; what was found before stays in sight. */
  async cancel(): Promise<void> {
    const { status } = this;
    if (!status || !this.running) return;
    const after = await cancel(status.id).catch(() => null);
    if (after) this.status = { ...after, state: "cancelled" };
    this.#now?.abort();
    this.#number += 1;
  }

  async #stop(): Promise<void> {
    const { status } = this;
    this.#now?.abort();
    if (status && this.running) await cancel(status.id).catch(() => null);
  }
}
