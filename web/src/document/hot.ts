// A statement and its mark in the gutter light up together under the pointer.

/** Marks every element within with the `data-id` under the pointer or focus as `data-hot`. */
export function hot(root: HTMLElement): { destroy(): void } {
  let now = "";
  const light = (id: string) => {
    if (id === now) return;
    for (const element of root.querySelectorAll("[data-hot]")) element.removeAttribute("data-hot");
    now = id;
    if (id === "") return;
    for (const element of root.querySelectorAll(`[data-id="${CSS.escape(id)}"]`)) element.setAttribute("data-hot", "");
  };
  const over = (event: Event) => {
    const on = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-id]") : null;
    light(on?.dataset.id ?? "");
  };
  const out = () => light("");
  root.addEventListener("pointerover", over);
  root.addEventListener("pointerleave", out);
  root.addEventListener("focusin", over);
  root.addEventListener("focusout", out);
  return {
    destroy() {
      root.removeEventListener("pointerover", over);
      root.removeEventListener("pointerleave", out);
      root.removeEventListener("focusin", over);
      root.removeEventListener("focusout", out);
    },
  };
}
