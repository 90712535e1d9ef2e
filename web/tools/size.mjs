// Holds the page to its budget, in KB after gzip: what is loaded before the first document is read, and what any one
// further view loads on top. Charts are the heaviest of these.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const FIRST = 150;
const FURTHER = 350;

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const sizes = new Map();

function kilobytes(files) {
  let sum = 0;
  for (const file of files) {
    if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / 1024);
    sum += sizes.get(file);
  }
  return sum;
}

/** Every file that comes with a chunk: itself, what it imports, their styles. */
function files(chunk, found = new Set()) {
  const entry = manifest[chunk];
  if (!entry || found.has(entry.file)) return found;
  found.add(entry.file);
  for (const style of entry.css ?? []) found.add(style);
  for (const next of entry.imports ?? []) files(next, found);
  return found;
}

const first = new Set(["index.html", ...files("index.html"), ...files("src/document/DocumentPage.svelte")]);
const lines = [["first load", kilobytes(first), FIRST]];
for (const chunk of Object.keys(manifest).filter((name) => manifest[name].isDynamicEntry)) {
  const further = [...files(chunk)].filter((file) => !first.has(file));
  if (further.length > 0) lines.push([chunk.replace(/^(\.\.\/)*(src\/)?/, ""), kilobytes(further), FURTHER]);
}

let failed = false;
for (const [name, size, limit] of lines) {
  const over = size > limit;
  failed ||= over;
  console.log(`${size.toFixed(1).padStart(7)} KB of ${limit}  ${name}${over ? "  TOO MUCH" : ""}`);
}
process.exit(failed ? 1 : 0);
