// The models: manual, form, run, cancel; scenarios.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { barriers } from "./axe.mjs";
import { open, served, skip } from "./serve.mjs";

/** An engine that is not there, with options of many kinds, answered by the test itself. */
const trial = {
  id: "trial",
  question: { zh: "试一试？", en: "Shall we try?" },
  tables: [], parameters: [{ name: "trial.limit", stated: [] }], finds: ["trial.wait"], needs: [],
  method: { zh: "逐次推演。", en: "Plays it through." }, assumptions: { zh: "相互独立。", en: "All is independent." }, not_for: { zh: "不作判据。", en: "Never decides." },
  references: ["GB 50139-2014"],
  options: {
    type: "object",
    properties: {
      hours: { type: "number", minimum: 1, maximum: 24, description: "每天开放的小时数 | Hours a day." },
      runs: { type: "integer", format: "uint32", minimum: 1, maximum: 500 },
      rule: { oneOf: [{ const: "shared", type: "string", description: "All share." }, { const: "dense", type: "string" }] },
      steps: { type: "boolean" },
      label: { type: ["string", "null"], maxLength: 12 },
      queue: { type: "object", properties: { least: { type: "integer", minimum: 1 } } },
      names: { type: "array", items: { type: "string" } },
    },
  },
  defaults: { hours: 10, runs: 200, rule: "shared", steps: false, label: null, queue: { least: 4 }, names: ["a"] },
};

/** Answers the trial's runs: each takes `lasts` asks of its state; what was asked and cancelled is kept. */
function trials({ lasts = 1 } = {}) {
  const seen = { asked: [], cancelled: [] };
  const status = (run, state) => ({ id: String(run), what: "trial", state, stage: null, done: state === "done" ? 4 : 1, of: 4, error: null, result: state === "done" ? `/api/runs/${run}/result` : null });
  const result = (asked) => ({
    engine: "trial", options: asked.options, seed: asked.seed, scenario: asked.scenario, findings: [], findings_in_all: 0, charts: [], origins: [], problems: [],
    tables: [{ id: "waits", title: { zh: `开放${asked.options.hours}小时的等待`, en: `Waits at ${asked.options.hours} hours` }, columns: ["year", "wait"], rows: [["2021", "9.5"], ["2022", "10.1"], ["2023", null]], grade: "modelled", origins: [] }],
  });
  const routes = async (page) => {
    await page.route("**/api/engines/trial", (route) => route.fulfill({ json: trial }));
    await page.route("**/api/engines/trial/runs", (route) => {
      seen.asked.push(route.request().postDataJSON());
      return route.fulfill({ status: 202, json: status(seen.asked.length, "running") });
    });
    await page.route(/\/api\/runs\/(\d+)\/events/, async (route) => {
      const run = Number(/runs\/(\d+)/.exec(route.request().url())[1]);
      const ends = lasts !== Infinity;
      const events = [status(run, "running"), ...(ends ? [status(run, "done")] : [])];
      await route.fulfill({ contentType: "text/event-stream", body: events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("") });
    });
    await page.route(/\/api\/runs\/(\d+)\/result/, (route) => route.fulfill({ json: result(seen.asked[Number(/runs\/(\d+)/.exec(route.request().url())[1]) - 1]) }));
    await page.route(/\/api\/runs\/(\d+)$/, (route) => {
      const run = /runs\/(\d+)/.exec(route.request().url())[1];
      if (route.request().method() === "DELETE") seen.cancelled.push(run);
      return route.fulfill({ json: status(run, "cancelled") });
    });
  };
  return { seen, routes };
}

describe("engines", { skip }, () => {
  let program, browser, page;
  served((both) => ({ program, browser } = both));
  const at = async (path, options) => (page = await open(browser, program.url + path, options));
  const closed = () => page.context().close();
  const run = () => page.getByRole("button", { name: "运行", exact: true });

  test("are listed by their questions; each has its manual", async () => {
    await at("/engines");
    await page.getByRole("link", { name: /哪一版/ }).click();
    await page.waitForURL(/\/engines\/indicators/);
    for (const name of ["方法", "前提", "不宜用于", "参考文献", "读取的表", "指标"]) await page.getByRole("heading", { name, exact: true }).waitFor();
    await page.getByRole("link", { name: /观测值/ }).click();
    await page.waitForURL(/\/tables\/observations/);
    await closed();
  });

  test("run on the data at hand and lead from a finding to its evidence", async () => {
    await at("/engines/indicators");
    await run().click();
    await page.getByRole("region", { name: /^发现/ }).getByRole("link").first().waitFor({ timeout: 120_000 });
    await page.getByRole("region", { name: /^发现/ }).getByRole("link").first().click();
    await page.waitForURL(/\/f\//);
    await closed();
  });

  test("have a form of their options, whatever their shape", async () => {
    const { seen, routes } = trials();
    await at("/engines/trial", { routes });
    await page.getByRole("slider", { name: "hours" }).waitFor();
    assert.ok(await page.getByText("每天开放的小时数").isVisible(), "the side of the language shown");
    await page.getByRole("textbox", { name: "hours" }).fill("30");
    await page.keyboard.press("Tab");
    await page.getByText("不能大于 24").waitFor();
    assert.ok(await run().isDisabled());
    await page.getByRole("textbox", { name: "hours" }).fill("13.5");
    await page.keyboard.press("Tab");
    await page.getByRole("radio", { name: /dense/ }).check();
    await page.getByRole("checkbox", { name: "steps" }).check();
    await page.getByRole("textbox", { name: "least" }).fill("6");
    await page.keyboard.press("Tab");
    await page.getByRole("button", { name: "添一项" }).click();
    await page.getByText("本次设定：hours为 13.5（默认 10）", { exact: false }).waitFor();
    await run().click();
    await page.getByRole("heading", { name: "开放13.5小时的等待" }).waitFor();
    assert.deepEqual(seen.asked.at(-1), { options: { ...trial.defaults, hours: 13.5, rule: "dense", steps: true, queue: { least: 6 }, names: ["a", ""] }, seed: 0, scenario: null });
    assert.ok(await page.getByText("以下由模型推算", { exact: false }).isVisible());
    // Shared, the address sets it all and runs it.
    const shared = trials();
    const again = await open(browser, page.url(), { routes: shared.routes });
    await again.getByRole("heading", { name: "开放13.5小时的等待" }).waitFor();
    assert.deepEqual(shared.seen.asked, [seen.asked.at(-1)]);
    await again.context().close();
    await closed();
  });

  test("run again while a slider moves: the last setting is the one that is shown", async () => {
    const { seen, routes } = trials();
    await at("/engines/trial?run", { routes });
    await page.getByRole("heading", { name: "开放10小时的等待" }).waitFor();
    const slider = page.getByRole("slider", { name: "hours" });
    await slider.focus();
    for (let i = 0; i < 10; i++) await page.keyboard.press("ArrowRight");
    const value = Number(await slider.inputValue());
    assert.ok(value > 10);
    await page.getByRole("heading", { name: `开放${value}小时的等待` }).waitFor();
    assert.ok(seen.asked.length <= 4, `ten steps, ${seen.asked.length - 1} runs`);
    assert.equal(new URL(page.url()).searchParams.get("o.hours"), String(value));
    await closed();
  });

  test("are cancelled", async () => {
    const { seen, routes } = trials({ lasts: Infinity });
    await at("/engines/trial", { routes });
    await run().click();
    await page.getByRole("progressbar").waitFor();
    await page.getByRole("button", { name: "取消" }).click();
    await page.getByText("已取消", { exact: false }).waitFor();
    assert.deepEqual(seen.cancelled, ["1"]);
    await closed();
  });

  test("give tables that sort and can be taken away", async () => {
    const { routes } = trials();
    await at("/engines/trial?run", { routes });
    const table = page.getByRole("table");
    await table.getByRole("button", { name: "等待" }).click();
    await table.getByRole("button", { name: "等待" }).click();
    assert.deepEqual(await table.locator("tbody td:nth-child(2)").allInnerTexts(), ["10.1", "9.5", "–"]);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "下载 CSV" }).click()]);
    assert.equal(download.suggestedFilename(), "waits.csv");
    await closed();
  });

  test("have no barrier, wide and on a phone, light and dark, in both languages", async () => {
    for (const options of [{}, { theme: "dark", language: "en-GB" }, { phone: true, language: "en-GB" }, { phone: true, theme: "dark" }]) {
      for (const path of ["/engines", "/engines/trial?run", "/scenarios", "/text"]) {
        await at(path, { ...options, routes: trials().routes });
        await page.locator("main h1").waitFor();
        if (path.includes("trial")) await page.getByRole("table").waitFor();
        await page.waitForTimeout(300);
        assert.deepEqual(await barriers(page), [], `${path} ${JSON.stringify(options)}`);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} is no wider than the screen`);
        await closed();
      }
    }
  });

  test("a scenario is compared: what would change, before and after", async () => {
    await at("/scenarios");
    const scenario = page.getByRole("listitem").filter({ hasText: "嘉兴" });
    await scenario.getByRole("button", { name: "比较" }).click();
    const changes = page.getByRole("heading", { name: /条结论改变/ });
    await changes.waitFor({ timeout: 120_000 });
    const first = page.locator("section", { has: changes }).getByRole("link").first();
    assert.match(await first.innerText(), /→/);
    assert.ok(new URL(page.url()).searchParams.get("scenario"));
    await first.click();
    await page.waitForURL(/\/d\/quzhou/);
    await closed();
  });
});
