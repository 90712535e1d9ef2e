import { live } from "../../api/live.svelte";

/**
 * Asks once more whenever `times` counts up, and when the dossiers were read again: for `$derived(again(times, () =>
 * get(…)))`.
 */
export function again<T>(times: number, ask: () => Promise<T>): Promise<T> {
  return times + live.reloads >= 0 ? ask() : Promise.reject(new Error("never"));
}
