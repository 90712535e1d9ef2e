// A document of 10,000 statements: near the screen alone it is drawn with its marks, and it scrolls without a stumble.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { generated, instead } from "./dossier.mjs";
import { open, served, skip } from "./serve.mjs";

const STATEMENTS = 10_000;

describe("a long document", { skip }, () => {
  const document = generated(STATEMENTS);
  let program, browser, page;

  served(async (both) => {
    ({ program, browser } = both);
    page = await open(browser, `${program.url}/d/long-zh`, { routes: instead(document) });
    await page.locator("#s-long-zh-00001").waitFor();
  });

  const drawn = () => page.locator("a.st").count();

  test("is drawn near the screen alone, and all of its words can be found", async () => {
    assert.ok((await drawn()) < 1500, `${await drawn()} statements are drawn`);
    const elements = await page.evaluate(() => window.document.querySelectorAll("*").length);
    assert.ok(elements < 15_000, `${elements} elements`);
    const words = await page.evaluate(() => window.document.querySelector(".text").textContent);
    for (const number of [1, 5000, STATEMENTS]) assert.ok(words.includes(`第${number}项工作`), `statement ${number}`);
  });

  test("scrolls through to its end and stays small", async (t) => {
    const frames = await page.evaluate(async () => {
      const times = [];
      let before = performance.now();
      for (let i = 0; i < 240; i++) {
        scrollBy(0, 300);
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const now = performance.now();
        times.push(now - before);
        before = now;
      }
      return times.sort((a, b) => a - b);
    });
    const mean = frames.reduce((sum, time) => sum + time, 0) / frames.length;
    t.diagnostic(`${(1000 / mean).toFixed(0)} frames a second on average, one in twenty slower than ${frames[228].toFixed(0)} ms`);
    assert.ok((await drawn()) < 2500, `${await drawn()} statements are drawn`);
    assert.deepEqual(page.faults, []);
  });

  test("opens at a statement far within", async () => {
    const far = await open(browser, `${program.url}/d/long-zh/long-zh-07777`, { routes: instead(document) });
    const statement = far.locator("#s-long-zh-07777");
    await statement.waitFor();
    await far.waitForFunction(() => {
      const box = window.document.getElementById("s-long-zh-07777").getBoundingClientRect();
      return box.top > 90 && box.bottom < innerHeight;
    });
    assert.equal(await statement.getAttribute("aria-current"), "true");
    await far.context().close();
  });

  test("is all on paper", async () => {
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    // Statements that lie across one another are cut into several pieces.
    const links = await page.evaluate(() => new Set([...window.document.querySelectorAll("a[id^=s-]")].map((link) => link.id)).size);
    assert.equal(links, STATEMENTS);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    await page.emulateMedia({ media: null });
  });
});
