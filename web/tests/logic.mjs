// Loads a module of the page's pure logic, written in TypeScript, into a test.
import { fileURLToPath } from "node:url";
import { createServer } from "vite";

/** Loads modules by their path below `web/`; `close` when done. */
export async function logic() {
  const vite = await createServer({
    root: fileURLToPath(new URL("..", import.meta.url)),
    server: { middlewareMode: true, ws: false },
    optimizeDeps: { noDiscovery: true },
    appType: "custom",
    logLevel: "error",
  });
  return { load: (path) => vite.ssrLoadModule(path), close: () => vite.close() };
}
