// A dossier made up for the tests of the models' views: a log of approvals and a register of 410 projects, all synthetic. The same
// seed gives the same rows.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A small generator (mulberry32), so that tests see the same data everywhere. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const csv = (rows) => rows.map((row) => row.map((cell) => cell ?? "").join(",")).join("\n") + "\n";
const day = (days, time = "") => new Date(days * 86_400_000).toISOString().slice(0, 10) + time;

/** Matters with the working days that a case takes about. */
export const MATTERS = [["plan", "建设工程规划许可", 12, 15], ["build", "施工许可", 5, 7]];
export const CASES = 240;
export const PROJECTS = 410;

function log() {
  const next = random(7);
  const rows = [["case", "item", "region", "activity", "start", "end", "origin"]];
  for (let i = 0; i < CASES; i++) {
    const [item, , about] = MATTERS[i % MATTERS.length];
    let now = Date.UTC(2021, 2, 1) / 86_400_000 + Math.floor(next() * 120);
    const again = next() < 0.2;
    const steps = ["受理", "审查", ...(again ? ["补正", "审查"] : []), "决定", "送达"];
    steps.forEach((activity, at) => {
      const wait = at === 0 ? 0 : Math.ceil((about / 3) * (0.4 + next()));
      rows.push([`c${i}`, item, "410700", activity, day(now + wait, "T09:00:00"), day(now + wait, "T15:00:00"), "trial"]);
      now += wait;
    });
  }
  return rows;
}

function projects() {
  const next = random(11);
  const list = [["code", "name", "region", "kind", "trade", "stage", "invest_total", "invest_year", "invest_done", "unit", "start", "due", "admitted", "origin"]];
  const links = [["before", "after", "lag_days", "origin"]];
  const progress = [["code", "period", "planned_value", "earned_value", "actual_cost", "unit", "origin"]];
  const trades = ["信息基础设施", "融合基础设施", "创新基础设施", "能源", "水利", "生物医药"];
  const stages = ["储备", "新开工", "续建", "续建", "竣工"];
  const from = Date.UTC(2019, 0, 1) / 86_400_000;
  for (let i = 1; i <= PROJECTS; i++) {
    const [code, stage] = [`T-${String(i).padStart(3, "0")}`, stages[i % stages.length]];
    const total = Math.exp(0.5 + 2 * next());
    const year = stage === "储备" || stage === "竣工" ? 0 : total * (0.1 + 0.2 * next());
    const start = from + Math.floor(next() * 900);
    list.push([code, `项目${i}号`, "410700", "新基建", trades[i % trades.length], stage, total.toFixed(2), year.toFixed(2), (total * 0.3).toFixed(2), "亿元", day(start), day(start + 200 + Math.floor(next() * 900)), "2021-01-10", "trial"]);
    if (i > 4 && i % 4 === 0) links.push([`T-${String(i - 3).padStart(3, "0")}`, code, "0", "trial"]);
    for (let month = 1; year > 0 && month <= 12; month++) {
      const planned = (year / 12).toFixed(4);
      const done = month <= 8 ? ((year / 12) * (0.6 + 0.5 * next())).toFixed(4) : null;
      progress.push([code, `2021-${String(month).padStart(2, "0")}`, planned, done, done, "亿元", "trial"]);
    }
  }
  return { list, links, progress };
}

const TYPES = { date: ["published", "start", "due", "admitted"], number: ["invest_total", "invest_year", "invest_done", "lag_days", "planned_value", "earned_value", "actual_cost", "legal_limit", "promised_limit"] };

function resource(name, table, path, rows) {
  const type = (column) => (table !== "case_log" && TYPES.date.includes(column) ? "date" : TYPES.number.includes(column) ? "number" : "string");
  return {
    name, title: name, path, profile: "tabular-data-resource", format: "csv", encoding: "utf-8", zhidian: { table },
    schema: { fields: rows[0].map((column) => ({ name: column, type: type(column) })) }, sources: [{ title: "as the rows say", path: "origins.csv" }],
  };
}

/** Writes the dossier `trial` into a folder of dossiers. */
export function trial(folder) {
  const root = join(folder, "trial");
  mkdirSync(join(root, "tables"), { recursive: true });
  const { list, links, progress } = projects();
  const tables = {
    origins: ["origins", "origins.csv", [["id", "grade", "publisher", "title", "address", "address_kind", "published", "edition", "licence", "sha256", "copy_of", "note"], ["trial", "synthetic", "tests", "made up for tests", "", "", "", "", "", "", "", ""]]],
    case_log: ["case_log", "tables/case_log.csv", log()],
    approval_items: ["approval_items", "tables/approval_items.csv", [["item", "name", "region", "period", "legal_limit", "promised_limit", "origin"], ...MATTERS.map(([item, name, , promised]) => [item, name, "410700", "2021", "20", String(promised), "trial"])]],
    projects: ["projects", "tables/projects.csv", list],
    project_links: ["project_links", "tables/project_links.csv", links],
    project_progress: ["project_progress", "tables/project_progress.csv", progress],
  };
  for (const [, path, rows] of Object.values(tables)) writeFileSync(join(root, path), csv(rows));
  writeFileSync(join(root, "datapackage.json"), JSON.stringify({
    name: "trial", title: "trial", description: "Made up for tests.", profile: "tabular-data-package",
    zhidian: { format: "zhidian.dossier/1", region: "410700", reference_date: "2021-09-01", uses: [], documents: [] },
    resources: Object.entries(tables).map(([name, [table, path, rows]]) => resource(name, table, path, rows)),
  }));
}
