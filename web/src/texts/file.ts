// A file as the program takes it: its bytes in base64; what is in them is found out there.

/** What can be read, by the ending of a name. */
export const ENDINGS = [".txt", ".md", ".html", ".htm", ".docx", ".pdf"] as const;

/** How many bytes a document may have; the program holds to it too. */
export const LARGEST = 8 * 1024 * 1024;

/** Why a file cannot be taken: a message by its id. */
export function refusedBecause(file: File): string | null {
  const name = file.name.toLowerCase();
  if (!ENDINGS.some((ending) => name.endsWith(ending))) return "texts-wrong-ending";
  if (file.size > LARGEST) return "texts-too-large";
  return file.size === 0 ? "texts-no-bytes" : null;
}

/** The bytes of a file in base64. */
export async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const STRETCH = 0x8000;
  let text = "";
  for (let at = 0; at < bytes.length; at += STRETCH) text += String.fromCharCode(...bytes.subarray(at, at + STRETCH));
  return btoa(text);
}

/** A size as a reader says it, in KB or MB. */
export function sizeOf(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
