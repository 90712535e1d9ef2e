// A short word at the foot of the page that goes away by itself.

class Toast {
  words = $state("");
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(words: string): void {
    this.words = words;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.words = ""), 2400);
  }
}

export const toast = new Toast();

/** Copies a text and says so; the text itself is said where the browser does not let it be copied. */
export async function copy(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast.say(done);
  } catch {
    toast.say(text);
  }
}
