// What is served: asked for once, by the shell, for every page.
import { getContext, setContext } from "svelte";
import { Loaded } from "./loaded.svelte";
import type { Home } from "./types";

const key = Symbol("home");

/** To be made once, while the shell is set up. */
export function provideHome(): Loaded<Home> {
  return setContext(key, new Loaded<Home>(() => ""));
}

/** What is served, for a component below the shell. */
export function useHome(): Loaded<Home> {
  return getContext<Loaded<Home>>(key);
}
