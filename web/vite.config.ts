import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// The page is served by the program itself; while it is being written, `npm run dev` asks a running `zhidian serve`.
export default defineConfig({
  plugins: [svelte()],
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // the content policy allows no inlined scripts or fonts
    modulePreload: { polyfill: false },
    sourcemap: false,
    manifest: true, // for tools/size.mjs
  },
  // The program takes changes from its own page alone: the host stays as the browser said it.
  server: { proxy: { "/api": { target: process.env.ZHIDIAN_API ?? "http://127.0.0.1:8642", changeOrigin: false } } },
});
