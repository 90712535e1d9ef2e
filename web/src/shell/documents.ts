// Which document is opened, and which is its other language.
import type { DocumentCard, Home } from "../api/types";
import type { Language } from "../i18n/index.svelte";

/** The document that is opened first: the first dossier's in the language shown, else the first there is. */
export function opened(home: Home, language: Language): DocumentCard | undefined {
  const own = home.documents.filter((each) => !each.pasted);
  const first = home.dossiers[0]?.name;
  return (
    own.find((each) => each.dossier === first && each.language === short(language)) ??
    own.find((each) => each.dossier === first) ?? own[0] ?? home.documents[0]
  );
}

/** The other documents that say the same in another language. */
export function translations(home: Home, id: string): DocumentCard[] {
  const source = (each: DocumentCard) => each.translation_of ?? each.id;
  const shown = home.documents.find((each) => each.id === id);
  return shown ? home.documents.filter((each) => each.id !== id && source(each) === source(shown)) : [];
}

/** The same document in another language; none if it is in that language already or was not translated. */
export function counterpart(home: Home, id: string, language: Language): DocumentCard | undefined {
  const shown = home.documents.find((each) => each.id === id);
  if (!shown || shown.language === short(language)) return undefined;
  return translations(home, id).find((each) => each.language === short(language));
}

function short(language: Language): string {
  return language === "en" ? "en" : "zh";
}
