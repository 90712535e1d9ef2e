// The evidence of a statement and the page of a finding: figures, tables, files, “what if”, overrules.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { barriers } from "./axe.mjs";
import { read, served, skip } from "./serve.mjs";

const RANK = "/d/quzhou-zh/quzhou-zh-005";
const BEST = "/d/quzhou-zh/quzhou-zh-006";
const NEAR = "/d/quzhou-zh/quzhou-zh-008";

describe("the evidence", { skip }, () => {
  let program, browser;
  served((both) => ({ program, browser } = both));

  const reader = (address, options, use) => read({ program, browser }, address, options, use);
  const json = async (address) => (await fetch(`${program.url}/api${address}`)).json();
  const panel = (page) => page.getByRole("complementary", { name: "证据" });
  const figure = (page) => page.locator("[data-figure]").first();

  /** What a click offers to keep. */
  async function kept(page, click) {
    const [file] = await Promise.all([page.waitForEvent("download"), click()]);
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  }

  test("stands stated beside found, with the margin drawn and the peers as a strip", () =>
    reader(RANK, {}, async (page) => {
      const shown = panel(page);
      await shown.getByRole("heading", { level: 2, name: /证实/ }).waitFor();
      await figure(page).locator("svg text").first().waitFor();
      const marks = ["blockquote", ".cmp", "[data-margin]", ".concl", ".whatif", "[data-figure]", ".chain", ".perma"];
      const order = await shown.evaluate((aside, marks) => {
        const all = [...aside.querySelectorAll("*")];
        return marks.map((mark) => all.indexOf(aside.querySelector(mark)));
      }, marks);
      assert.ok(order.every((at) => at >= 0), String(order));
      assert.deepEqual(order, [...order].sort((a, b) => a - b), "the order is fixed");
      const [compared, drawn] = [await shown.locator(".cmp").innerText(), await figure(page).locator(".reach svg").innerHTML()];
      assert.match(compared, /原文所述[\s\S]*第三位[\s\S]*查得[\s\S]*第 ?3 ?位/);
      assert.match(compared, /汇编/);
      const margin = await shown.locator("[data-margin] svg").first().textContent();
      assert.match(margin, /衢州市 3\.50%/);
      assert.match(margin, /嘉兴市 3\.45%/);
      assert.match(margin, /差 0\.05 个百分点/);
      for (const words of ["衢州市 3.50", "嘉兴市 3.45", "杭州市 3.90", "舟山市 12.01", "差 0.05"]) assert.ok(drawn.includes(words), words);
      assert.match(await shown.locator(".concl").innerText(), /^与数据相符/);
    }));

  test("labels of a strip do not run into each other, at any width, and stay 11 px or more", async () => {
    for (const options of [{}, { phone: true }, { language: "en" }]) {
      await reader(options.language ? "/d/quzhou-en/quzhou-en-005?lang=en" : RANK, options, async (page) => {
        await figure(page).locator("svg text").first().waitFor();
        const found = await figure(page).evaluate((within) => {
          const texts = [...within.querySelectorAll("svg text")];
          const boxes = texts.map((each) => ({ words: each.textContent, size: Number(each.getAttribute("font-size")), ...each.getBoundingClientRect().toJSON() }));
          const edge = within.getBoundingClientRect();
          const hits = [];
          boxes.forEach((a, i) => boxes.slice(0, i).forEach((b) => {
            const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (across > 1 && down > 5) hits.push(`${a.words} × ${b.words}`);
          }));
          return { hits, small: boxes.filter((each) => each.size < 11).map((each) => each.words), out: boxes.filter((each) => each.left < edge.left - 2 || each.right > edge.right + 2).map((each) => each.words) };
        });
        assert.deepEqual(found, { hits: [], small: [], out: [] });
      });
    }
  });

  test("draws places through the years with every peer, weak years hatched, and reads them out by keys", () =>
    reader(BEST, {}, async (page) => {
      const chart = figure(page);
      await chart.locator("svg text").first().waitFor();
      const { findings } = await json(BEST);
      const bump = findings.find((finding) => finding.exhibit?.mark === "bump");
      assert.equal(bump.exhibit.peers.length, 10);
      const words = await chart.locator(".reach svg").textContent();
      for (const peer of bump.exhibit.peers) assert.ok(words.includes(peer.label.zh), peer.label.zh);
      assert.match(words, /斜纹：弱来源/);
      assert.ok((await chart.locator('svg rect[fill^="url("]').count()) > 0);
      const reach = chart.getByRole("img");
      assert.match(await reach.getAttribute("aria-label"), /2020 3/);
      await reach.focus();
      await page.keyboard.press("ArrowLeft");
      const said = chart.locator("[aria-live=polite]");
      assert.match(await said.textContent(), /衢州市 · 2020: 第 3 位/);
      await page.keyboard.press("ArrowLeft");
      assert.match(await said.textContent(), /衢州市 · 2019: 第 9 位/);
      await page.keyboard.press("ArrowUp");
      assert.match(await said.textContent(), /· 2019: 第 8 位/);
      await page.keyboard.press("Escape");
      assert.equal(await said.textContent(), "");
      assert.match(page.url(), /quzhou-zh-006/, "Esc left the point and not the panel");
    }));

  test("on a phone only the subject and its neighbours are drawn", () =>
    reader(BEST, { phone: true }, async (page) => {
      await figure(page).locator("svg text").first().waitFor();
      const lines = await figure(page).locator('svg path[fill="none"][d*="C"]').count();
      assert.ok(lines <= 5, `${lines} lines`);
      assert.match(await figure(page).innerText(), /其余见表/);
      const wide = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(wide[0] <= wide[1]);
    }));

  test("another place flips the answer, and nothing of it is kept", () =>
    reader(RANK, {}, async (page) => {
      const what = panel(page).locator(".whatif");
      await what.getByRole("button", { name: "减一格" }).click();
      await what.getByRole("status").getByText("不符").waitFor();
      assert.match(await what.locator("output").innerText(), /^2/);
      assert.match(await what.locator("[data-margin] svg").textContent(), /杭州市 3\.90%/);
      assert.match(await what.innerText(), /什么也不保存/);
      assert.match(await panel(page).getByRole("heading", { level: 2 }).innerText(), /证实/);
      await what.getByRole("slider").press("ArrowRight");
      await what.getByRole("status").getByText("原文如此").waitFor();
      await what.getByRole("slider").press("ArrowRight");
      await what.getByRole("status").getByText("不符").waitFor();
      assert.equal((await json(RANK)).answer.outcome, "supported");
      await page.reload();
      await panel(page).locator(".whatif").getByRole("status").getByText("原文如此").waitFor();
    }));

  test("the table and the files hold what is drawn", () =>
    reader(RANK, {}, async (page) => {
      await figure(page).locator("svg text").first().waitFor();
      const { findings } = await json(RANK);
      const points = findings.find((finding) => finding.exhibit?.mark === "strip").exhibit.points;
      await page.keyboard.press("t");
      const rows = figure(page).locator("tbody tr");
      assert.equal(await rows.count(), points.length);
      const cells = await rows.evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
      assert.deepEqual(cells.map((row) => [row[1], Number(row[2])]), points.map((point) => [point.label.zh, Number(point.value)]));
      const button = (name) => figure(page).getByRole("button", { name, exact: true });
      const csv = await kept(page, () => button("CSV").click());
      assert.match(csv.name, /^f-[0-9a-f]+\.csv$/);
      const lines = csv.bytes.toString("utf8").replace(/^\uFEFF/, "").trim().split("\r\n").map((line) => line.split(","));
      assert.deepEqual(lines.slice(1).map((row) => [row[1], Number(row[2])]), points.map((point) => [point.label.zh, Number(point.value)]));
      await page.keyboard.press("t");
      await figure(page).locator("svg text").first().waitFor();
      const svg = await kept(page, () => button("SVG").click());
      const text = svg.bytes.toString("utf8");
      const read = await page.evaluate((text) => {
        const drawn = new DOMParser().parseFromString(text, "image/svg+xml");
        return { root: drawn.documentElement.localName, broken: drawn.querySelector("parsererror") !== null, words: drawn.documentElement.textContent };
      }, text);
      assert.deepEqual([read.root, read.broken], ["svg", false]);
      for (const words of ["衢州市 3.50", "来源"]) assert.ok(read.words.includes(words), words);
      assert.ok(!/var\(|undefined|NaN/.test(text));
      const png = await kept(page, () => button("PNG").click());
      assert.deepEqual([...png.bytes.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
      assert.ok(png.bytes.length > 8000);
    }));

  test("near findings are grey, say what differs, and the offer names table, columns and rows", () =>
    reader(NEAR, {}, async (page) => {
      const shown = panel(page);
      await shown.getByRole("heading", { name: /邻近的证据/ }).waitFor();
      assert.match(await shown.innerText(), /差别：时期为2020年1—9月/);
      const need = shown.locator(".need");
      assert.match(await need.innerText(), /这一句就能判[\s\S]*城镇居民人均可支配收入增速[\s\S]*杭州市 ?2020年/);
      assert.equal(await shown.locator(".cmp .v.none").count(), 1, "nothing is judged with what is near");
    }));

  test("a way leads from the figure to its rows, and addresses outside are links that are never asked", () =>
    reader(RANK, {}, async (page) => {
      const chain = panel(page).locator(".chain").first();
      await chain.waitFor();
      assert.match(await chain.innerText(), /出版者[\s\S]*题名[\s\S]*读自[\s\S]*转载[\s\S]*文件/);
      const outside = chain.locator("a[href^=http]");
      assert.match(await outside.getAttribute("rel"), /noreferrer/);
      const row = chain.locator("a[href^='/tables/']").first();
      const asked = new URL(await row.getAttribute("href"), program.url);
      const cell = (await json(RANK)).findings[0].evidence[0];
      assert.deepEqual([asked.searchParams.get("file"), asked.searchParams.get("row")], [cell.file, String(cell.row)]);
      const table = await json(asked.pathname + asked.search);
      assert.ok(table.rows.some((held) => held.row === cell.row && held.cells.includes(cell.value)));
    }));

  test("a finding has a page with its tree down to rows", () =>
    reader("/", {}, async (page) => {
      const { findings } = await json(BEST);
      const best = findings.find((finding) => finding.exhibit?.mark === "bump");
      await page.goto(`${program.url}/f/${best.id}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      assert.equal(await page.locator("h1").count(), 1);
      const tree = page.getByRole("region", { name: /证据图/ });
      assert.match(await tree.locator("svg").textContent(), /历年最好[\s\S]*名次[\s\S]*另 \d+ 项/);
      const before = await tree.locator("svg rect").count();
      await tree.getByTitle("展开").first().click();
      assert.ok((await tree.locator("svg rect").count()) > before);
      assert.ok((await tree.locator("a[href^='/tables/']").count()) > 0);
      await page.getByText("同样的内容，逐级列出").click();
      await page.locator("details.list details summary").first().waitFor();
      await page.getByRole("link", { name: /为近7年最好位次/ }).click();
      await page.waitForURL("**/d/quzhou-zh/quzhou-zh-006");
      await page.goBack();
      const rows = await kept(page, () => page.getByRole("button", { name: "所据各格 CSV" }).click());
      assert.equal(rows.bytes.toString("utf8").trim().split("\r\n").length, best.evidence.length + 1);
      const graph = await kept(page, () => page.getByRole("button", { name: "证据图 SVG" }).click());
      assert.match(graph.bytes.toString("utf8"), /^<svg /);
    }));

  test("a person may answer otherwise, beside the answer and never in its place", () =>
    reader(RANK, {}, async (page) => {
      const shown = panel(page);
      await shown.getByText("我有不同判断").click();
      await shown.getByLabel("改判为").selectOption("disputed");
      await shown.getByLabel("姓名").fill("测试员");
      await shown.getByLabel("理由").fill("另有统计公报，数字不同");
      await shown.getByRole("button", { name: "记下" }).click();
      const said = shown.getByRole("complementary", { name: "人的判定" });
      await said.waitFor();
      assert.match(await said.innerText(), /测试员[\s\S]*存疑[\s\S]*另有统计公报/);
      assert.match(await shown.getByRole("heading", { level: 2 }).innerText(), /证实/);
      const { answer, overrules } = await json(RANK);
      assert.equal(answer.outcome, "supported");
      assert.equal(overrules[0].outcome, "disputed");
      if (!process.env.ZHIDIAN_URL) assert.match(readFileSync(join(program.folder, "quzhou", "overrides.csv"), "utf8"), /测试员/);
      await page.reload();
      await said.waitFor();
    }));

  test("nothing serious stands in the way, in either language and theme, of panel and finding", async () => {
    const id = (await json(RANK)).answer.because[0];
    for (const [address, options] of [[`${RANK}?lang=zh&theme=light`, {}], [`${BEST}?lang=en&theme=dark`, {}], [`${NEAR}?lang=zh&theme=dark`, { phone: true }], [`/f/${id}?lang=en&theme=light`, {}], [`/f/${id}?lang=zh&theme=dark`, { phone: true }]]) {
      await reader(address, options, async (page) => {
        await figure(page).locator("svg text").first().waitFor();
        assert.deepEqual(await barriers(page), [], address);
      });
    }
  });
});
