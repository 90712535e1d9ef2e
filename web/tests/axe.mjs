// Looks for barriers with axe-core: nothing serious or critical may stand.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * The serious and critical findings on a page, each as one line.
 * @param {import("playwright-core").Page} page
 */
export async function barriers(page, { within } = {}) {
  await page.evaluate(source); // through the debugger: the content policy of the page stays as it is
  const found = await page.evaluate(
    (selector) => window.axe.run(selector ? { include: [selector] } : document, { resultTypes: ["violations"] }),
    within ?? null,
  );
  return found.violations
    .filter((violation) => violation.impact === "serious" || violation.impact === "critical")
    .flatMap((violation) => violation.nodes.slice(0, 4).map((node) => `${violation.id} at ${node.target.join(" ")}: ${node.failureSummary?.split("\n").slice(1).join(" ").trim()}`));
}
