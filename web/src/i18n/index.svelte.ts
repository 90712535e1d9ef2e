// Words of the page in both languages, kept in Fluent files under locales/. No sentence stands in a component.
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { router } from "../router.svelte";
import type { Text } from "../api/types";

export type Language = "zh-CN" | "en";

// Both languages are small, and changing must not wait: they come with the page.
const files = import.meta.glob<string>("../../locales/*/*.ftl", { query: "?raw", import: "default", eager: true });

const bundles: Record<Language, FluentBundle> = { "zh-CN": bundle("zh-CN"), en: bundle("en") };

function bundle(language: Language): FluentBundle {
  const made = new FluentBundle(language, { useIsolating: false });
  for (const [file, words] of Object.entries(files)) {
    if (file.includes(`/${language}/`)) made.addResource(new FluentResource(words));
  }
  return made;
}

const remembered = "zhidian.language";

class Words {
  language = $derived.by<Language>(() => {
    const asked = router.query.get("lang");
    if (asked === "en") return "en";
    if (asked === "zh" || asked === "zh-CN") return "zh-CN";
    return preferred();
  });

  choose(language: Language): void {
    localStorage.setItem(remembered, language);
    router.set({ lang: language === "en" ? "en" : "zh" });
  }
}

function preferred(): Language {
  const before = localStorage.getItem(remembered);
  if (before === "en" || before === "zh-CN") return before;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

export const words = new Words();

/** The words of a message in the language shown: `t("needs-title", { tables: 3 })`. */
export function t(id: string, values?: Record<string, FluentVariable>): string {
  const bundle = bundles[words.language];
  const message = bundle.getMessage(id);
  if (!message?.value) return id;
  return bundle.formatPattern(message.value, values ?? null);
}

/** A text that came with the data, in the language shown. */
export function say(text: Text): string {
  return words.language === "en" ? text.en : text.zh;
}
