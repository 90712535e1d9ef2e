// The document as a reader uses it: choose, go back, filter, change language and theme, share an address, by mouse, keys
// and thumb; and nothing but the program is ever asked.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { barriers } from "./axe.mjs";
import { open, read, served, skip } from "./serve.mjs";

describe("the document", { skip }, () => {
  let program, browser;
  served((both) => ({ program, browser } = both));

  const reader = (address, options, use) =>
    read({ program, browser }, address, options, async (page) => {
      await page.locator("main h1").waitFor();
      await use(page);
    });
  const place = (page) => page.evaluate(() => location.pathname + location.search);
  const statement = (page, number) => page.locator(`#s-quzhou-zh-${String(number).padStart(3, "0")}`);

  test("opens on a document with its counts, what would decide more, and its marks", () =>
    reader("/", {}, async (page) => {
      await page.waitForURL("**/d/quzhou-zh");
      assert.match(await page.title(), /衢州.*支点/);
      assert.equal(await page.locator("h1").count(), 1);
      const chips = page.getByRole("group", { name: "按结论筛选" }).getByRole("button");
      assert.equal(await chips.count(), 13);
      const counts = (await chips.allInnerTexts()).map((text) => Number(/\d+/.exec(text)[0]));
      assert.equal(counts.reduce((sum, count) => sum + count), await page.evaluate(() => new Set([...document.querySelectorAll("[id^='s-']")].map((each) => each.id)).size));
      assert.ok(counts.includes(0), "zero counts stay");
      await page.getByText(/补一张表，可判 \d+ 句/).waitFor();
      assert.equal(await page.locator("link[rel=alternate]").getAttribute("href"), "/api/d/quzhou-zh");
      assert.equal((await page.request.get(program.url + "/api/d/quzhou-zh")).status(), 200);
    }));

  test("choosing a statement opens its evidence and never moves the text", () =>
    reader("/d/quzhou-zh", {}, async (page) => {
      const chosen = statement(page, 5);
      const before = await chosen.boundingBox();
      await chosen.click();
      await page.waitForURL("**/d/quzhou-zh/quzhou-zh-005");
      assert.equal(await chosen.getAttribute("aria-current"), "true");
      await page.getByRole("complementary", { name: "证据" }).waitFor();
      assert.deepEqual(await chosen.boundingBox(), before);
      await page.goBack();
      await page.getByRole("complementary", { name: "总览" }).waitFor();
      assert.equal(await place(page), "/d/quzhou-zh");
      await page.goForward();
      await page.getByRole("complementary", { name: "证据" }).waitFor();
      await page.keyboard.press("Escape");
      assert.equal(await place(page), "/d/quzhou-zh");
      await page.waitForFunction(() => document.activeElement?.id === "s-quzhou-zh-005");
    }));

  test("an address opens what was shared", () =>
    reader("/d/quzhou-zh/quzhou-zh-006?outcome=undecided&lang=en&theme=dark", {}, async (page) => {
      assert.equal(await statement(page, 6).getAttribute("aria-current"), "true");
      assert.equal(await page.locator("html").getAttribute("lang"), "en");
      assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
      assert.equal(await page.getByRole("button", { name: /undecided/ }).first().getAttribute("aria-pressed"), "true");
    }));

  test("a filter dims and does not hide, one at a time", () =>
    reader("/d/quzhou-zh", {}, async (page) => {
      const links = await page.locator("a[id^=s-]").count();
      await page.getByRole("button", { name: /待定/ }).click();
      assert.equal(await place(page), "/d/quzhou-zh?outcome=undecided");
      assert.equal(await page.locator("a[id^=s-]").count(), links);
      const open = await page.locator(".text a.hit[id^=s-]").count();
      assert.equal(open, Number(/\d+/.exec(await page.getByRole("button", { name: /待定/ }).innerText())[0]));
      await page.getByRole("button", { name: /证实/ }).click();
      assert.equal(await place(page), "/d/quzhou-zh?outcome=supported");
      await statement(page, 5).click();
      assert.equal(await place(page), "/d/quzhou-zh/quzhou-zh-005?outcome=supported");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
      assert.equal(await place(page), "/d/quzhou-zh");
    }));

  test("an offer lights up the statements it would decide", () =>
    reader("/d/quzhou-zh", {}, async (page) => {
      const offer = page.getByRole("complementary").getByRole("button", { expanded: false }).first();
      const said = Number(/\d+/.exec(await offer.innerText())[0]);
      await offer.click();
      assert.match(await place(page), /\?need=/);
      assert.equal(await page.locator(".text a.hit[id^=s-]").count(), said);
      await page.reload();
      await page.locator(".text a.hit").first().waitFor();
      assert.equal(await page.locator(".text a.hit[id^=s-]").count(), said);
    }));

  test("is used by keys alone", () =>
    reader("/d/quzhou-zh", {}, async (page) => {
      await page.keyboard.press("j");
      await page.waitForURL("**/quzhou-zh-001");
      await page.keyboard.press("j");
      await page.waitForURL("**/quzhou-zh-002");
      await page.waitForFunction(() => document.activeElement?.id === "s-quzhou-zh-002");
      await page.keyboard.press("k");
      await page.waitForURL("**/quzhou-zh-001");
      await page.keyboard.press("Escape");
      await page.keyboard.press("1");
      assert.match(await place(page), /\?outcome=supported$/);
      await page.keyboard.press("1");
      assert.equal(await place(page), "/d/quzhou-zh");
      await page.keyboard.press("d");
      assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "快捷键" }).waitFor();
      await page.keyboard.press("Escape");
      assert.equal(await page.getByRole("dialog").count(), 0);
      await page.keyboard.press("l");
      await page.waitForURL("**/d/quzhou-en**");
      assert.equal(await page.locator("html").getAttribute("lang"), "en");
    }));

  test("the way past the bar comes first", () =>
    reader("/d/quzhou-zh", {}, async (page) => {
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("href")), "#main");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.activeElement?.id === "main");
    }));

  test("language and theme are remembered", () =>
    reader("/d/laibin-zh", {}, async (page) => {
      await page.getByRole("button", { name: "EN", exact: true }).click();
      await page.waitForURL("**/d/laibin-en?lang=en");
      await page.getByRole("button", { name: /light or dark/ }).click();
      await page.goto(program.url + "/");
      await page.waitForURL("**/d/quzhou-en");
      assert.equal(await page.locator("html").getAttribute("lang"), "en");
      assert.equal(await page.locator("html").getAttribute("data-theme"), "light");
    }));

  test("another document is chosen from the bar", () =>
    reader("/d/quzhou-zh", {}, async (page) => {
      await page.getByRole("button", { name: "新乡" }).click();
      await page.waitForURL("**/d/xinxiang-zh");
      await page.getByRole("button", { name: "全部文稿" }).click();
      await page.locator("#documents").getByRole("link", { name: /Laibin/ }).click();
      await page.waitForURL("**/d/laibin-en");
    }));

  test("what is not there is said, with a way on", async () => {
    for (const address of ["/d/none", "/nowhere"]) {
      const page = await open(browser, program.url + address);
      await page.getByRole("heading", { name: "没有这个页面" }).waitFor();
      assert.equal(await page.getByRole("link", { name: "回到首页" }).getAttribute("href"), "/");
      await page.context().close();
    }
  });

  test("on a phone the evidence is a sheet that holds the focus and is pulled away", () =>
    reader("/d/quzhou-zh", { phone: true }, async (page) => {
      await statement(page, 5).tap();
      const sheet = page.getByRole("dialog", { name: "证据" });
      await sheet.waitFor();
      const box = await sheet.boundingBox();
      assert.ok(box.height <= 844 * 0.861, `${box.height} px high`);
      for (let i = 0; i < 30; i++) {
        await page.keyboard.press("Tab");
        // Past the last element the browser itself has the focus; the page behind never has.
        assert.ok(await page.evaluate(() => document.activeElement === document.body || document.querySelector("dialog[open]")?.contains(document.activeElement)));
      }
      // Pulled down a little it stays, lower; pulled further it closes, and the statement has the focus again.
      const pull = async (from, to) => {
        await page.mouse.move(195, from);
        await page.mouse.down();
        for (let i = 1; i <= 10; i++) {
          await page.mouse.move(195, from + ((to - from) * i) / 10);
          await page.waitForTimeout(50);
        }
        await page.mouse.up();
      };
      await pull(box.y + 12, box.y + 250);
      await page.waitForFunction(() => Math.abs(document.querySelector("dialog").clientHeight - innerHeight / 2) < 4);
      const lower = await sheet.boundingBox();
      await pull(lower.y + 12, lower.y + 360);
      await page.waitForURL("**/d/quzhou-zh");
      assert.equal(await page.getByRole("dialog").count(), 0);
      await page.waitForFunction(() => document.activeElement?.id === "s-quzhou-zh-005");
    }));

  test("on a phone no mark begins a line, and nothing is wider than the screen", () =>
    reader("/d/quzhou-zh", { phone: true }, async (page) => {
      const first = await page.evaluate(() => {
        const edge = document.querySelector(".text p").getBoundingClientRect().left;
        return [...document.querySelectorAll(".text .im")].filter((mark) => mark.getClientRects()[0].left < edge + 6).length;
      });
      assert.equal(first, 0);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    }));

  test("on a phone what would decide more waits behind one line", () =>
    reader("/d/xinxiang-zh", { phone: true }, async (page) => {
      await page.getByRole("link", { name: /补一张表，可判/ }).tap();
      const sheet = page.getByRole("dialog", { name: "总览" });
      await sheet.getByRole("heading", { name: "补什么，能判什么" }).waitFor();
      await page.goBack();
      assert.equal(await page.getByRole("dialog").count(), 0);
    }));

  test("the view for paper holds the text and every answer", () =>
    reader("/d/laibin-zh?print=1", {}, async (page) => {
      await page.getByRole("heading", { name: "逐句结论" }).waitFor();
      await page.locator("tbody tr").first().waitFor();
      const statements = (await (await page.request.get(program.url + "/api/d/laibin-zh")).json()).statements.length;
      assert.equal(await page.locator("tbody tr").count(), statements);
    }));

  for (const theme of ["light", "dark"]) {
    for (const language of ["zh-CN", "en"]) {
      test(`has no serious barrier (${theme}, ${language})`, async () => {
        for (const phone of [false, true]) {
          const wide = ["/d/quzhou-zh?outcome=undecided", "/d/quzhou-zh/quzhou-zh-005"];
          if (theme === "light") wide.push("/d/xinxiang-en", "/d/laibin-zh?print=1");
          for (const address of phone ? ["/d/quzhou-en/quzhou-en-005", "/d/xinxiang-zh?look=1"] : wide) {
            const page = await open(browser, program.url + address, { phone, theme, language });
            await page.locator("h1").first().waitFor();
            assert.deepEqual(await barriers(page), [], `${address}${phone ? " on a phone" : ""}`);
            await page.context().close();
          }
        }
      });
    }
  }
});

describe("what changes under the reader", { skip }, () => {
  let program, browser;
  served((both) => ({ program, browser } = both));

  test("is read again quietly: the text stays where it is, and what is chosen stays chosen", async () => {
    let read = 0;
    const page = await open(browser, `${program.url}/d/quzhou-zh/quzhou-zh-020`, {
      routes: async (page) => {
        await page.route("**/api/d/quzhou-zh", (route) => { read++; return route.continue(); });
        await page.route("**/api/events", (route) => route.fulfill({
          contentType: "text/event-stream",
          body: ["event: generation", 'data: {"generation":1,"problem":null}', "", "event: generation", 'data: {"generation":2,"problem":null}', "", ""].join("\n"),
        }));
      },
    });
    await page.locator(".st.chosen").first().waitFor();
    await page.evaluate(() => scrollTo(0, 300));
    const place = await page.locator("#s-quzhou-zh-020").boundingBox();
    while (read < 2) await page.waitForTimeout(50);
    await page.waitForTimeout(200);
    assert.deepEqual(await page.locator("#s-quzhou-zh-020").boundingBox(), place);
    assert.equal(await page.locator("#s-quzhou-zh-020").getAttribute("aria-current"), "true");
    await page.context().close();
  });
});
