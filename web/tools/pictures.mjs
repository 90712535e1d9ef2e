// Takes the pictures of README and docs from the page as it is: `make pictures`.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launch, open, serve } from "../tests/serve.mjs";

const folder = fileURLToPath(new URL("../../docs/images/", import.meta.url));
const pictures = [
  { name: "document.zh", address: "/d/quzhou-zh" },
  { name: "evidence.zh", address: "/d/quzhou-zh/quzhou-zh-005" },
  { name: "evidence.en", address: "/d/quzhou-en/quzhou-en-006", options: { language: "en", theme: "dark" } },
  { name: "phone.zh", address: "/d/xinxiang-zh", options: { phone: true } },
  { name: "rows.zh", address: "/tables/observations?where.subject=330800&q=gdp" },
  { name: "engine.en", address: "/engines/locks?run", options: { language: "en" } },
];

const program = await serve();
const browser = await launch();
mkdirSync(folder, { recursive: true });
for (const { name, address, options } of pictures) {
  const page = await open(browser, program.url + address, options);
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(800);
  writeFileSync(`${folder}${name}.png`, await page.screenshot());
  await page.context().close();
}
await browser.close();
await program.stop();
