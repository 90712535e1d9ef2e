// Light, dark, or as the system has it; in the address and remembered.
import { flushSync } from "svelte";
import { router } from "../router.svelte";

export type Theme = "system" | "light" | "dark";

const remembered = "zhidian.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

class Look {
  #system = $state(dark.matches);
  #remembered = $state<Theme>(valid(localStorage.getItem(remembered)));

  /** What was asked for. */
  theme = $derived<Theme>(router.query.has("theme") ? valid(router.query.get("theme")) : this.#remembered);
  #printing = $state(false);
  /** What is drawn; paper is always light. */
  drawn = $derived<"light" | "dark">(this.#printing ? "light" : this.theme === "system" ? (this.#system ? "dark" : "light") : this.theme);

  constructor() {
    dark.addEventListener("change", () => (this.#system = dark.matches));
    addEventListener("beforeprint", () => flushSync(() => (this.#printing = true)));
    addEventListener("afterprint", () => (this.#printing = false));
  }

  choose(theme: Theme): void {
    localStorage.setItem(remembered, theme);
    this.#remembered = theme;
    router.set({ theme });
  }

  /** From one to the next: system, light, dark. */
  turn(): void {
    const order: Theme[] = ["system", "light", "dark"];
    this.choose(order[(order.indexOf(this.theme) + 1) % order.length] ?? "system");
  }
}

function valid(theme: string | null): Theme {
  return theme === "light" || theme === "dark" ? theme : "system";
}

export const look = new Look();
