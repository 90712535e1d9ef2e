// What every test of the page begins with: the program serving a copy of the shipped dossiers, and a browser that may ask
// nothing else. `ZHIDIAN_BIN` names the program, `CHROMIUM` the browser; `ZHIDIAN_URL` a
// program that serves already.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** The browser, if there is one. */
export function browserPath() {
  const candidates = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  return candidates.find((path) => path && existsSync(path));
}

function programPath() {
  const candidates = [process.env.ZHIDIAN_BIN, join(root, "target/release/zhidian"), join(root, "target/debug/zhidian")];
  const found = candidates.find((path) => path && existsSync(path));
  if (!found) throw new Error("failed to find the program: build it, and name it in ZHIDIAN_BIN");
  return found;
}

/** Why the tests cannot run, as `node:test` wants it: a reason, or false. */
export const skip = browserPath() ? false : "no Chromium: install it or name it in CHROMIUM";

/**
 * Serves a copy of the dossiers. `change(folder)` may alter the copy first.
 * @returns {Promise<{url: string, folder: string, stop: () => Promise<void>}>}
 */
export async function serve({ dossiers = ["quzhou", "laibin", "xinxiang"], change, args = [] } = {}) {
  if (process.env.ZHIDIAN_URL) return { url: process.env.ZHIDIAN_URL, folder: join(root, "dossiers"), async stop() {} };
  const folder = mkdtempSync(join(tmpdir(), "zhidian-page-"));
  cpSync(join(root, "dossiers"), folder, { recursive: true });
  await change?.(folder);
  const program = spawn(programPath(), ["serve", ...dossiers.map((name) => join(folder, name)), "--port", "0", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => program.once("exit", resolve));
  let said = "";
  const url = await new Promise((resolve, reject) => {
    const listen = (chunk) => {
      said += chunk;
      const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
      if (address) resolve(address);
    };
    program.stdout.on("data", listen);
    program.stderr.on("data", listen);
    program.once("exit", (code) => reject(new Error(`failed to serve (${code}): ${said}`)));
  });
  return {
    url,
    folder,
    async stop() {
      program.kill("SIGTERM");
      const late = setTimeout(() => program.kill("SIGKILL"), 5000);
      await ended;
      clearTimeout(late);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts the browser. */
export function launch() {
  return chromium.launch({
    executablePath: browserPath(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--font-render-hinting=none"],
  });
}

/**
 * Opens a page as a user would. `page.requests` holds every address it asked for, `page.faults` what went wrong in it.
 * @param {import("playwright-core").Browser} browser
 */
export async function open(browser, address, { phone = false, theme = "light", language = "zh-CN", width = 1440, scale, still = true, routes } = {}) {
  const context = await browser.newContext({
    ...(phone ? { viewport: { width: 390, height: 844 }, deviceScaleFactor: scale ?? 2, isMobile: true, hasTouch: true } : { viewport: { width, height: 900 }, deviceScaleFactor: scale ?? 1 }),
    colorScheme: theme,
    locale: language,
    reducedMotion: still ? "reduce" : "no-preference",
    serviceWorkers: "block",
  });
  const page = await context.newPage();
  page.requests = [];
  page.faults = [];
  page.on("request", (request) => page.requests.push(request.url()));
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") page.faults.push(message.text()); });
  await routes?.(page);
  await page.goto(address);
  return page;
}

/**
 * In a `describe`: the program and a browser, from before its first test until after its last. `started` is handed both,
 * and may make ready what the tests share; `options` are those of `serve`.
 */
export function served(started, options) {
  let program, browser;
  before(async () => {
    program = await serve(options);
    browser = await launch();
    await started({ program, browser });
  });
  after(async () => {
    await browser?.close();
    await program?.stop();
  });
}

/** Opens an address, and at the end makes sure that nothing went wrong and nothing else was asked. */
export async function read({ program, browser }, address, options, use) {
  const page = await open(browser, program.url + address, options);
  await use(page);
  assert.deepEqual(page.faults, []);
  assert.deepEqual(elsewhere(page, program.url), []);
  await page.context().close();
}

/** The addresses a page asked for that are not the program's. */
export function elsewhere(page, url) {
  return page.requests.filter((asked) => !asked.startsWith(url) && !asked.startsWith("data:") && !asked.startsWith("blob:"));
}
