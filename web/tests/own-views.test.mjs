// The models' own views: a lock's day, places and indices, limits, portfolios. On the shipped dossiers where they hold the data,
// else on a dossier made up for the tests.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { barriers } from "./axe.mjs";
import { logic } from "./logic.mjs";
import { launch, open, serve, skip } from "./serve.mjs";
import { PROJECTS, trial } from "./trial.mjs";

const LONG = { timeout: 240_000 };
const EVERYWHERE = [{}, { theme: "dark", language: "en-GB" }, { phone: true, language: "en-GB" }, { phone: true, theme: "dark" }];

/** No barrier and nothing wider than the screen, wide and on a phone, in both languages and themes. */
async function fits(browser, address, view) {
  for (const options of EVERYWHERE) {
    const page = await open(browser, address, options);
    await page.locator(view).first().waitFor(LONG);
    await page.waitForTimeout(500);
    assert.deepEqual(await barriers(page, { within: view }), [], JSON.stringify(options));
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `no wider than the screen: ${JSON.stringify(options)}`);
    assert.doesNotMatch(await page.locator(view).first().innerText(), /NaN|undefined|Infinity|\b(locks|indicators|approvals|projects)-[a-z]/);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
}

describe("views of the models on the shipped dossiers", { skip }, () => {
  let program, browser, page;
  before(async () => {
    program = await serve();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await program?.stop();
  });
  const at = async (path, options) => (page = await open(browser, program.url + path, options));
  const closed = () => page.context().close();
  const cells = async (figure) => {
    await figure.getByRole("button", { name: "看表" }).click();
    const rows = await figure.locator("tbody tr").evaluateAll((list) => list.map((row) => [...row.children].map((cell) => cell.textContent)));
    await figure.getByRole("button", { name: "看表" }).click();
    return rows;
  };

  test("a lock: its day is stepped through, drawn to scale, and another alternative has another day", async () => {
    await at("/engines/locks?run");
    const view = page.getByRole("region", { name: /船闸的一天/ });
    await view.waitFor(LONG);
    const [plan, gantt] = [view.locator("[data-figure]").nth(0), view.locator("[data-figure]").nth(1)];
    await gantt.getByRole("img", { name: /甘特图/ }).waitFor();
    const time = () => view.locator("output").innerText();
    const before = await time();
    await view.getByRole("button", { name: "下一闸" }).click();
    assert.notEqual(await time(), before);
    // Ships in the chamber are as many as the lockage says, and none reaches beyond it.
    const lockages = await cells(gantt);
    const now = (await time()).split(":").map(Number);
    const hour = now[0] + now[1] / 60;
    const clock = (text) => (text.startsWith("−") ? -1 : 1) * (Number(text.replace("−", "").split(":")[0]) + Number(text.split(":")[1]) / 60);
    const running = lockages.filter(([, kind, , start, end]) => kind === "过闸" && clock(start) <= hour && hour <= clock(end));
    assert.equal(running.length, 1);
    const ships = (await cells(plan)).filter(([where]) => where.includes("闸室"));
    assert.equal(ships.length, Number(running[0][5]));
    for (const [, , length, beam, , , place] of ships) {
      const [x, y] = place.split(";").map(Number);
      assert.ok(x + Number(length) <= 280 && y + Number(beam) <= 34, `${place} within the chamber`);
    }
    // Chambers and ships share one scale: a ship's outline is as long, against the chamber, as the table says.
    const drawn = await plan.locator("svg").first().evaluate((svg) => {
      const wide = (node) => node.getBBox().width;
      const rects = [...svg.querySelectorAll("rect")].filter((rect) => rect.getAttribute("stroke") === "var(--hull2)" && !rect.getAttribute("stroke-dasharray"));
      return { chamber: wide(rects[0]), ships: [...svg.querySelectorAll('path[fill="var(--hull)"]')].map(wide) };
    });
    assert.equal(drawn.ships.length, ships.length);
    drawn.ships.forEach((wide, i) => assert.ok(Math.abs(wide / drawn.chamber - Number(ships[i][2]) / 280) < 0.01, "to scale"));
    const wait = await view.locator("dd").first().innerText();
    await view.getByRole("radio", { name: /2 线/ }).check();
    assert.notEqual(await view.locator("dd").first().innerText(), wait);
    assert.match(page.url(), /alternative=/);
    await view.getByText("二线以上的闸室尺寸未公布", { exact: false }).waitFor();
    await closed();
  });

  test("a lock: hours supposed in the form run the model again, and the answer is marked", async () => {
    await at("/engines/locks?run");
    const view = page.getByRole("region", { name: /船闸的一天/ });
    await view.waitFor(LONG);
    assert.equal(await view.getByText("是假定的", { exact: false }).count(), 0);
    await page.locator(".option").filter({ hasText: "假如每天开放" }).last().getByRole("checkbox").uncheck();
    await view.getByText("是假定的", { exact: false }).waitFor(LONG);
    await page.waitForURL(/o\.hours=/);
    await closed();
  });

  test("places: other peers are ranked at once and confirmed by the model", async () => {
    await at("/engines/indicators?run");
    const view = page.getByRole("region", { name: "名次", exact: true });
    await view.waitFor(LONG);
    await view.locator("[data-confirmed=true]").waitFor(LONG);
    await view.getByText(/参照城市：/).click();
    const peers = view.locator("details");
    const before = await view.getByRole("figure").first().locator("figcaption").innerText();
    await peers.getByRole("button", { name: /全部/ }).click();
    const many = Number(/(\d+)/.exec(await view.locator("summary").innerText())[1]);
    assert.ok(many > 20, `${many} peers`);
    assert.notEqual(await view.getByRole("figure").first().locator("figcaption").innerText(), before);
    await view.locator("[data-confirmed=true]").waitFor(LONG);
    await page.waitForURL(/o\.peers=/);
    await closed();
  });

  test("an index: weights that move rank anew at once, and the model agrees", async () => {
    await at("/engines/indicators?run");
    const view = page.locator("section.view").filter({ has: page.getByRole("navigation") });
    await view.waitFor(LONG);
    await view.locator("[data-confirmed=true]").waitFor(LONG);
    const figure = view.getByRole("figure").first();
    const order = async () => (await cells(figure)).map(([city, place]) => `${place} ${city}`).join();
    const before = await order();
    // Into a branch and back.
    await view.getByRole("button", { name: /规模/ }).first().click();
    await view.getByText("地区生产总值", { exact: false }).first().waitFor();
    await view.getByRole("navigation").getByRole("button").first().click();
    const slider = view.getByRole("slider").first();
    await slider.focus();
    await slider.press("Home");
    await view.getByText("权重已改动", { exact: false }).waitFor();
    const moved = await order();
    assert.notEqual(moved, before);
    await view.locator("[data-confirmed=true]").waitFor(LONG);
    assert.equal(await order(), moved, "the model's places are the page's");
    await view.getByRole("button", { name: "恢复声明的权重" }).click();
    await view.locator("[data-confirmed=true]").waitFor(LONG);
    assert.equal(await order(), before);
    await closed();
  });

  test("have no barrier and fit, wide and on a phone, light and dark, in both languages", async () => {
    await fits(browser, program.url + "/engines/locks?run", "section.view");
    await fits(browser, program.url + "/engines/indicators?run", "section.view");
  });
});

describe("views of the models on a log and a register", { skip }, () => {
  let program, browser, page;
  before(async () => {
    program = await serve({ dossiers: ["trial"], change: trial });
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await program?.stop();
  });
  const at = async (path, options) => (page = await open(browser, program.url + path, options));
  const closed = () => page.context().close();

  test("approvals: the map tells cases or time, the waterfall adds up, and the planner says what a limit keeps", async () => {
    await at("/engines/approvals?run");
    const map = page.getByRole("region", { name: "流程图", exact: true });
    await map.waitFor(LONG);
    const first = await map.locator(".label .first").first().textContent();
    assert.match(first, /^\d+$/);
    await map.getByRole("button", { name: "按时间" }).click();
    assert.match(await map.locator(".label .first").first().textContent(), /天|小时/);
    const fall = page.getByRole("region", { name: /花在哪里/ }).locator("[data-figure]").first();
    await fall.getByRole("button", { name: "看表" }).click();
    const rows = await fall.locator("tbody tr").evaluateAll((list) => list.map((row) => [...row.children].map((cell) => cell.textContent)));
    const days = (row) => Number(row[1]) + Number(row[2]);
    const sum = rows.findIndex(([label]) => label === "合计（工作日）");
    assert.ok(Math.abs(rows.slice(0, sum).reduce((all, row) => all + days(row), 0) - days(rows[sum])) < 0.05, "parts add up to the working days");
    assert.ok(Math.abs(days(rows[sum]) + days(rows[sum + 1]) - days(rows[sum + 2])) < 0.05, "with days off to the calendar days");
    const plan = page.getByRole("region", { name: "时限规划" });
    const kept = async () => Number(/(\d+(?:\.\d+)?)% 能按期/.exec(await plan.getByRole("status").innerText())[1]);
    const limit = plan.getByRole("slider", { name: /试一个/ });
    await limit.focus();
    await limit.press("Home");
    const none = await kept();
    await limit.press("End");
    assert.ok((await kept()) > none && (await kept()) >= 99, "a longer limit keeps more");
    const title = await plan.locator("figcaption").innerText();
    const sure = plan.getByRole("slider", { name: /把握/ });
    await sure.focus();
    await sure.press("Home");
    assert.notEqual(await plan.locator("figcaption").innerText(), title);
    await closed();
  });

  test("projects: hundreds in time are drawn as they scroll, and orders are told", async () => {
    await at("/engines/projects?run");
    const gantt = page.getByRole("region", { name: /甘特图/ });
    await gantt.waitFor(LONG);
    const drawn = () => gantt.locator(".row").count();
    assert.ok((await drawn()) < 60, "only what is in sight");
    const first = await gantt.locator(".row .name").first().textContent();
    await gantt.focus();
    await gantt.press("End");
    await page.waitForTimeout(200);
    assert.notEqual(await gantt.locator(".row .name").first().textContent(), first);
    assert.ok((await drawn()) < 60);
    await page.locator("#gantt-told").getByText(/前置 \d+ 个/).waitFor();
    assert.match(page.url(), /project=T-/);
    const figure = page.locator("[data-figure]").filter({ hasText: "先后关系" }).first();
    await figure.getByRole("button", { name: "看表" }).click();
    assert.equal(await figure.locator("tbody tr").count(), PROJECTS);
    await closed();
  });

  test("projects: a target's probability and a budget's choice are the model's", async () => {
    await at("/engines/projects?run");
    const view = page.locator("section.view").first();
    await view.waitFor(LONG);
    const gauge = page.getByRole("figure").filter({ has: page.getByRole("img", { name: /目标概率/ }) });
    const share = async () => /可能：[<>]?(\d+(?:\.\d+)?)%/.exec(await gauge.locator("figcaption").innerText())[1];
    const target = view.getByRole("slider", { name: /年度目标/ });
    await target.focus();
    await target.press("Home");
    const low = Number(await share());
    await target.press("End");
    assert.ok(Number(await share()) < low, "a higher target is less likely");
    await view.locator("[data-confirmed=true]").waitFor(LONG);
    const budget = view.getByRole("region", { name: /资金不足/ });
    const slider = budget.getByRole("slider");
    const least = await slider.evaluate((node) => { node.value = String(Number(node.max) * 0.5); node.dispatchEvent(new Event("input", { bubbles: true })); return node.value; });
    await budget.getByText(/可上 \d+ 个项目中的 \d+ 个/).waitFor(LONG);
    const [, all, carried] = /可上 (\d+) 个项目中的 (\d+) 个/.exec(await budget.getByRole("status").innerText()).map(Number);
    assert.ok(carried > 0 && carried < all, `${carried} of ${all}`);
    assert.ok(Number(least) > 0);
    assert.ok((await budget.locator("tbody tr").count()) > 0, "who waits is listed");
    await closed();
  });

  test("have no barrier and fit, wide and on a phone, light and dark, in both languages", async () => {
    await fits(browser, program.url + "/engines/approvals?run", "section.view");
    await fits(browser, program.url + "/engines/projects?run", "section.view");
  });
});

test("places of the page are exact, and an interval where rounding leaves room", async (t) => {
  const { load, close } = await logic();
  t.after(close);
  const { places } = await load("/src/engines/indicators/places.ts");
  const figures = [["a", "3.9", "0.05"], ["b", "3.9", "0.05"], ["c", "3.5", "0.05"], ["d", "3.4", "0.05"]].map(([id, value, half]) => ({ id, value, half }));
  const found = places(figures, true);
  assert.deepEqual(found.get("c"), { place: 3, least: 3, most: 3, ties: 0 });
  assert.deepEqual(found.get("a"), { place: 1, least: 1, most: 2, ties: 1 });
  // Seventeen digits are told apart, as no float would.
  const close_ = places([{ id: "x", value: "90071992547409931", half: "0" }, { id: "y", value: "90071992547409930", half: "0" }, { id: "z", value: null, half: "0" }], true);
  assert.deepEqual(close_.get("x"), { place: 1, least: 1, most: 2, ties: 0 });
  assert.deepEqual(close_.get("y"), { place: 2, least: 2, most: 3, ties: 0 });
  const { squarified } = await load("/src/engines/projects/treemap.ts");
  const boxes = squarified([6, 6, 4, 3, 2, 2, 1], { x: 0, y: 0, w: 60, h: 40 });
  boxes.forEach((box, i) => assert.ok(Math.abs(box.w * box.h - [6, 6, 4, 3, 2, 2, 1][i] * 100) < 1e-6, "areas are the amounts"));
  const { wilson, limitFor } = await load("/src/engines/approvals/share.ts");
  assert.ok(Math.abs(wilson(90, 100).low - 0.8256) < 1e-3 && Math.abs(wilson(90, 100).high - 0.9448) < 1e-3);
  const times = { item: "", promised: null, all: 10, days: [{ days: 3, cases: 5 }, { days: 8, cases: 4 }, { days: 20, cases: 1 }] };
  assert.equal(limitFor(times, 0.9, false), 8);
});
