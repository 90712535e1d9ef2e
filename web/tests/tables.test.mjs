// The data: tables browsed, found, filtered, sorted and pointed into; origins and problems; fifty thousand rows; a hostile cell.
import assert from "node:assert/strict";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { barriers } from "./axe.mjs";
import { elsewhere, open, served, skip } from "./serve.mjs";

const HOSTILE = `"<img src=x onerror=""window.harmed=1"">"`;

/** Adds rows to Quzhou's firms: one hostile, one of no known origin. */
function dirty(folder) {
  const file = join(folder, "quzhou/tables/firms.csv");
  const [header] = readFileSync(file, "utf8").split(/\r?\n/, 1);
  const row = (cells) => header.split(",").map((column) => cells[column] ?? "").join(",");
  appendFileSync(file, [
    row({ firm: "firm:hostile", name: HOSTILE, grade: "media", origin: "chains-s24" }),
    row({ firm: "firm:homeless", name: "无源之水", grade: "media", origin: "no-such-origin" }),
  ].join("\n") + "\n");
}

describe("tables", { skip }, () => {
  let program, browser, page;
  served((both) => ({ program, browser } = both), { change: dirty });
  const at = async (path, options) => (page = await open(browser, program.url + path, options));
  const closed = () => page.context().close();
  const grid = () => page.getByRole("grid");
  const count = () => page.locator(".count");
  const query = () => new URL(page.url()).searchParams;

  test("are listed with what a row is, and those that would decide more are offered", async () => {
    await at("/tables");
    const here = page.getByRole("region", { name: "手头的表" });
    await here.getByRole("link", { name: /观测值/ }).waitFor();
    const offered = page.getByRole("region", { name: "补上就能判的表" });
    assert.match(await offered.getByRole("link").first().innerText(), /可判 \d+ 条/);
    const counts = (await offered.locator(".number").allInnerTexts()).map((text) => Number(/\d+/.exec(text)[0]));
    assert.deepEqual(counts, [...counts].sort((a, b) => b - a), "the most first");
    await here.getByRole("link", { name: /观测值/ }).click();
    await grid().waitFor();
    assert.equal(new URL(page.url()).pathname, "/tables/observations");
    await closed();
  });

  test("are searched, filtered by ticked values and sorted, all of it in the address", async () => {
    await at("/tables/observations");
    await grid().waitFor();
    const all = Number((await count().innerText()).replaceAll(",", "").match(/\d+/)[0]);
    assert.ok(all > 10_000, `${all} rows`);
    await page.getByRole("searchbox").fill("330800");
    await page.waitForFunction(() => new URLSearchParams(location.search).get("q") === "330800");
    await page.waitForFunction((all) => {
      const [, fit] = /符合 (\d+) 行/.exec(document.querySelector(".count").innerText.replaceAll(",", "")) ?? [];
      return fit && Number(fit) < all;
    }, all);
    const status = page.locator("details", { hasText: "状态" });
    if (!(await status.evaluate((details) => details.open))) await status.locator("summary").click();
    const box = status.getByRole("checkbox").first();
    const rows = Number((await status.locator(".rows").first().innerText()).replaceAll(",", ""));
    await box.check();
    await page.waitForFunction((rows) => document.querySelector(".count").innerText.replaceAll(",", "").includes(`符合 ${rows} 行`), rows);
    assert.ok([...query().keys()].includes("where.status"));
    await page.getByRole("button", { name: /^数值/ }).click();
    await page.locator("th[aria-sort=ascending]").waitFor();
    await page.getByRole("button", { name: /^数值/ }).click();
    await page.locator("th[aria-sort=descending]").waitFor();
    assert.deepEqual([query().get("sort"), query().get("order")], ["value", "desc"]);
    await page.waitForTimeout(400);
    const values = (await page.locator("tbody td.r:nth-child(6)").allInnerTexts()).slice(0, 15).map(Number);
    assert.deepEqual(values, [...values].sort((a, b) => b - a));
    // The address alone brings it all back.
    const again = await open(browser, page.url());
    await again.getByRole("grid").waitFor();
    assert.equal(await again.locator(".count").innerText(), await count().innerText());
    assert.ok(await again.locator("th[aria-sort=descending]").isVisible());
    await again.context().close();
    // The same filters go into the download.
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /下载 CSV/ }).click()]);
    const lines = readFileSync(await download.path(), "utf8").trim().split("\n");
    assert.equal(lines.length - 1, rows);
    await page.getByRole("button", { name: "清除筛选" }).click();
    await page.waitForFunction((all) => document.querySelector(".count").innerText.includes(all.toLocaleString("en")), all);
    assert.equal(query().get("q"), null);
    await closed();
  });

  test("filtered by a value, offer the others of its column, to be ticked beside it", async () => {
    await at("/tables/observations?where.status=T");
    await grid().waitFor();
    const facet = page.locator("details", { hasText: "状态" });
    await facet.getByRole("checkbox").nth(1).waitFor();
    assert.equal(await facet.getByRole("checkbox", { checked: true }).count(), 1);
    const number = async (place) => Number((await place.locator(".rows").innerText()).replaceAll(",", ""));
    const ticked = await number(facet.locator("label.ticked"));
    assert.match((await count().innerText()).replaceAll(",", ""), new RegExp(`符合 ${ticked} 行`));
    const other = facet.locator("label:not(.ticked)").first();
    const both = ticked + (await number(other));
    await other.getByRole("checkbox").click();
    const counted = (rows) => page.waitForFunction((rows) => document.querySelector(".count").innerText.replaceAll(",", "").includes(`符合 ${rows} 行`), rows);
    await counted(both);
    assert.equal(query().getAll("where.status").length, 2);
    await page.locator(".chosen .tag").first().click();
    await counted(both - ticked);
    await closed();
  });

  test("point at a row: it comes into sight, is marked, and is shown whole with its origin", async () => {
    await at("/tables/observations?file=reference/tables/panel.csv&row=9000");
    const row = page.locator("tr[aria-selected=true]");
    await row.waitFor();
    const [box, head] = [await row.boundingBox(), await grid().locator("..").boundingBox()];
    assert.ok(box.y > head.y && box.y < head.y + head.height, "the row is in sight");
    assert.match(await row.innerText(), /9000/);
    const whole = page.getByRole("complementary", { name: "第 9000 行" });
    await whole.getByText("reference/tables/panel.csv").waitFor();
    await whole.getByRole("link").first().click();
    await page.waitForURL(/\/origins\/research-panel/);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await closed();
  });

  test("say when the row pointed at is filtered out, and offer to show it", async () => {
    await at("/tables/observations?q=no-such-words-at-all&file=reference/tables/panel.csv&row=9000");
    const told = page.getByRole("alert");
    await told.waitFor();
    await told.getByRole("button").click();
    await page.locator("tr[aria-selected=true]").waitFor();
    await closed();
  });

  test("are walked through by keyboard", async () => {
    await at("/tables/observations");
    await grid().focus();
    for (const key of ["ArrowDown", "ArrowDown", "PageDown", "ArrowUp", "Enter"]) await page.keyboard.press(key);
    await page.locator("tr[aria-selected=true]").waitFor();
    const before = query().get("row");
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction((before) => new URLSearchParams(location.search).get("row") !== before, before);
    assert.equal(Number(query().get("row")), Number(before) + 1);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !new URLSearchParams(location.search).has("row"));
    await page.keyboard.press("End");
    const last = await grid().getAttribute("aria-rowcount");
    await page.locator(`tr[aria-rowindex="${last}"] td`).first().waitFor();
    await closed();
  });

  test("show what stands in a cell as text", async () => {
    await at("/tables/firms");
    await grid().waitFor();
    await page.getByText("<img src=x", { exact: false }).first().waitFor();
    assert.equal(await page.evaluate(() => window.harmed), undefined);
    assert.deepEqual(page.faults, []);
    assert.deepEqual(elsewhere(page, program.url), []);
    await closed();
  });

  test("have no barrier, wide and on a phone, light and dark, in both languages", async () => {
    for (const options of [{}, { theme: "dark", language: "en-GB" }, { phone: true }, { phone: true, theme: "dark", language: "en-GB" }]) {
      for (const path of ["/tables", "/tables/observations?file=reference/tables/panel.csv&row=9000", "/origins", "/origins/csy2019", "/problems"]) {
        await at(path, options);
        await page.locator("main :is(ul,table,dl,ol)").first().waitFor();
        await page.waitForTimeout(250);
        assert.deepEqual(await barriers(page), [], `${path} ${JSON.stringify(options)}`);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} is no wider than the screen`);
        await closed();
      }
    }
  });

  test("origins are found, counted by grade, and lead to their rows and statements", async () => {
    await at("/origins");
    const all = Number((await count().innerText()).match(/\d+/)[0]);
    assert.ok(all > 100);
    await page.getByRole("button", { name: /汇编转录/ }).click();
    await page.waitForFunction(() => new URLSearchParams(location.search).get("grade") === "aggregator");
    const some = Number((await count().innerText()).match(/\d+/)[0]);
    assert.ok(some > 0 && some < all);
    await page.getByRole("searchbox").fill("2019");
    await page.getByRole("link", { name: /中国城市统计年鉴2019（地级市）/ }).click();
    await page.getByText("转载地址，不是发布者自己的").waitFor();
    const rows = page.getByRole("region", { name: "出自这里的数据" }).getByRole("link").first();
    const said = Number((await rows.innerText()).replaceAll(",", "").match(/(\d+) 行/)[1]);
    await rows.click();
    await grid().waitFor();
    assert.match((await count().innerText()).replaceAll(",", ""), new RegExp(`符合 ${said} 行`));
    await page.goBack();
    await page.getByRole("region", { name: "依据它的表述" }).getByRole("link").first().click();
    await page.waitForURL(/\/d\//);
    await closed();
  });

  test("problems name place, what was found, what should stand there, and what to do", async () => {
    await at("/problems");
    const told = page.getByRole("listitem").filter({ hasText: "no-such-origin" }).first();
    await told.waitFor();
    for (const words of ["quzhou/tables/firms.csv", "见到", "应为", "改法"]) assert.match(await told.innerText(), new RegExp(words));
    const code = await told.locator(".code").innerText();
    await page.getByRole("group", { name: "类别" }).getByRole("button", { name: code }).click();
    await page.waitForFunction((code) => new URLSearchParams(location.search).get("code") === code, code);
    await told.getByRole("button", { name: "看这一行" }).click();
    await Promise.race([page.waitForURL(/\/tables\//), told.getByText("这一行没有用上", { exact: false }).waitFor()]);
    await closed();
  });
});

describe("a table of fifty thousand rows", { skip: skip || (process.env.ZHIDIAN_URL ? "its dossier must be changed" : false) }, () => {
  const ROWS = 50_000;
  let program, browser;
  served((both) => ({ program, browser } = both), {
    dossiers: ["quzhou"],
    change(folder) {
      const file = join(folder, "reference/tables/points.csv");
      const [header, first] = readFileSync(file, "utf8").split(/\r?\n/);
      const cells = first.split(",");
      const at = (name) => header.split(",").indexOf(name);
      const rows = Array.from({ length: ROWS }, (_, n) => {
        const row = [...cells];
        row[at("period")] = String(1900 + (n % 120));
        row[at("edition")] = `第${n}版`;
        row[at("value")] = String(n % 997);
        return row.join(",");
      });
      writeFileSync(file, [header, ...rows].join("\n") + "\n");
    },
  });

  test("draws what is in sight alone, and is scrolled to its end", async (t) => {
    const page = await open(browser, `${program.url}/tables/observations`);
    await page.getByRole("grid").waitFor();
    assert.ok((await page.locator("tbody tr").count()) < 120);
    const frames = await page.evaluate(async () => {
      const box = document.querySelector("[role=grid]").parentElement;
      const times = [];
      let before = performance.now();
      for (let i = 0; i < 120; i++) {
        box.scrollTop += 900;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        times.push(performance.now() - before);
        before = performance.now();
      }
      box.scrollTop = box.scrollHeight;
      return times.sort((a, b) => a - b);
    });
    t.diagnostic(`${(1000 / (frames.reduce((a, b) => a + b) / frames.length)).toFixed(0)} frames a second, one in twenty slower than ${frames[114].toFixed(0)} ms`);
    const last = await page.getByRole("grid").getAttribute("aria-rowcount");
    await page.locator(`tr[aria-rowindex="${last}"] td.from`).waitFor();
    assert.ok((await page.locator("tbody tr").count()) < 120);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
});
