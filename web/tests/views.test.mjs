// The main views, pixel by pixel, beside the pictures in tests/views/. Fonts and browsers draw differently: where they are
// not those the pictures were taken with, nothing is compared. `UPDATE_VIEWS=1 npm test` takes the pictures again.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { generated, instead } from "./dossier.mjs";
import { open, served, skip } from "./serve.mjs";

const folder = fileURLToPath(new URL("views/", import.meta.url));
const update = process.env.UPDATE_VIEWS === "1";
/** Part of the pixels that may differ. */
const TOLERATED = 0.004;

const views = [
  { name: "document-wide-light-zh", address: "/d/long-zh" },
  { name: "document-wide-dark-en", address: "/d/long-zh", options: { theme: "dark", language: "en" } },
  { name: "filtered-wide-light-zh", address: "/d/long-zh?outcome=supported" },
  { name: "offer-wide-dark-zh", address: "/d/long-zh?need=projects", options: { theme: "dark" } },
  { name: "document-phone-light-zh", address: "/d/long-zh", options: { phone: true } },
  { name: "overview-phone-dark-en", address: "/d/long-zh?look=1", options: { phone: true, theme: "dark", language: "en" } },
];

/** What the pictures depend on besides the page. */
function stamp(browser) {
  let fonts = "";
  try {
    fonts = execFileSync("fc-list", [":", "family", "style", "fontversion"], { encoding: "utf8" });
  } catch { /* no fontconfig: no fonts to name */ }
  const hash = createHash("sha256").update(fonts.split("\n").sort().join("\n")).digest("hex").slice(0, 16);
  return `chromium ${browser.version().split(".")[0]}, fonts ${hash}`;
}

/** Few colours: the pictures stay small, and a shade is no difference. */
function coarse(picture) {
  for (let i = 0; i < picture.data.length; i++) if (i % 4 !== 3) picture.data[i] = Math.min(255, Math.round(picture.data[i] / 51) * 51);
  return picture;
}

describe("the main views", { skip }, () => {
  let program, browser, comparable;
  served(async (both) => {
    ({ program, browser } = both);
    mkdirSync(folder, { recursive: true });
    const kept = join(folder, "stamp.txt");
    if (update) writeFileSync(kept, stamp(browser) + "\n");
    comparable = existsSync(kept) && readFileSync(kept, "utf8").trim() === stamp(browser);
  });

  for (const { name, address, options } of views) {
    test(name, async (t) => {
      if (!comparable) return t.skip("other fonts or another browser than the pictures were taken with");
      const page = await open(browser, program.url + address, { ...options, scale: options?.phone ? 1 : 0.5, routes: instead(generated(40)) });
      await page.locator(".text a.st").first().waitFor();
      await page.evaluate(() => document.fonts.ready);
      await page.waitForTimeout(300);
      const taken = coarse(PNG.sync.read(await page.screenshot({ animations: "disabled", caret: "hide" })));
      await page.context().close();
      const file = join(folder, `${name}.png`);
      if (update) return writeFileSync(file, PNG.sync.write(taken, { deflateLevel: 9, colorType: 2, filterType: 0 }));
      const kept = PNG.sync.read(readFileSync(file));
      assert.deepEqual([taken.width, taken.height], [kept.width, kept.height]);
      const diff = new PNG({ width: kept.width, height: kept.height });
      const differ = pixelmatch(kept.data, taken.data, diff.data, kept.width, kept.height, { threshold: 0.15 });
      if (differ > TOLERATED * kept.width * kept.height) {
        const seen = join(tmpdir(), `zhidian-view-${name}`);
        writeFileSync(`${seen}.png`, PNG.sync.write(taken));
        writeFileSync(`${seen}.diff.png`, PNG.sync.write(diff));
        assert.fail(`${differ} pixels differ; see ${seen}.png and ${seen}.diff.png, or take the pictures again: UPDATE_VIEWS=1 npm test`);
      }
    });
  }
});
