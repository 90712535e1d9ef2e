/** Asks once more whenever `times` counts up: for `$derived(again(times, () => get(…)))`. */
export function again<T>(times: number, ask: () => Promise<T>): Promise<T> {
  return times >= 0 ? ask() : Promise.reject(new Error("never"));
}
