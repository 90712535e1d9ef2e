// What comes from data is text, whatever it says; and a text of 5 MB neither freezes nor breaks the page.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { instead } from "./dossier.mjs";
import { elsewhere, open, served, skip } from "./serve.mjs";

const SCRIPT = `<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>"'\`\u202e{{harm}}`;

/** A document whose every word is hostile. */
function hostile(text, blocks, marks) {
  const document = { id: "hostile", dossier: "hostile", title: SCRIPT, language: "zh", dated: SCRIPT, translation_of: null, pasted: false, counts: [] };
  return {
    document,
    dossier: { name: "hostile", title: SCRIPT, region: { code: 1, name: { zh: SCRIPT, en: SCRIPT } }, scenarios: [] },
    speaker: SCRIPT,
    origin: { id: SCRIPT, publisher: SCRIPT, title: SCRIPT, address: "javascript:window.harmed=1", address_kind: null, published: null, edition: null, licence: null, sha256: null, grade: "official", note: SCRIPT },
    text, blocks, statements: marks,
    notable: marks.slice(0, 1).map((mark) => ({ statement: mark.id, title: { zh: SCRIPT, en: SCRIPT }, note: { zh: SCRIPT, en: SCRIPT } })),
    needs: [{ table: SCRIPT, title: { zh: SCRIPT, en: SCRIPT }, statements: marks.length, claims: marks.map((mark) => mark.id) }],
  };
}

function mark(number, span, changes = {}) {
  return { id: `${SCRIPT}-${number}`, number, span, outcome: "undecided", kind: "verdict", shape: "outcome", grade: null, overruled: false, ...changes };
}

describe("hostile data", { skip }, () => {
  let program, browser;
  served((both) => ({ program, browser } = both));

  test("words that look like a page are words", async () => {
    const points = [...SCRIPT];
    const text = `${SCRIPT}\n${SCRIPT}😀${SCRIPT}`;
    const length = points.length;
    const document = hostile(
      text,
      [{ kind: "title", span: [0, length] }, { kind: "paragraph", span: [length + 1, [...text].length] }],
      [mark(1, [0, length]), mark(2, [length + 1, 2 * length + 1]), mark(3, [length + 5, 2 * length + 2]), mark(4, [2 * length + 2, 3 * length + 2]), mark(5, [9_000_000, 9_000_009])],
    );
    const page = await open(browser, `${program.url}/d/hostile`, { routes: instead(document) });
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.getByText("没有在正文中定位的表述").waitFor();
    await page.getByRole("complementary").getByRole("button", { expanded: false }).first().click();
    assert.equal(await page.evaluate(() => window.harmed), undefined);
    assert.equal(await page.locator("main img, main script").count(), 0);
    assert.equal(await page.locator("a[href^='javascript:']").count(), 0);
    assert.match(await page.locator(".text").textContent(), /<script>window\.harmed=1<\/script>/);
    // Offsets count code points: what follows an emoji is still cut where it should be.
    assert.ok(await page.evaluate((id) => document.getElementById(id).textContent.startsWith("<img"), `s-${document.statements[3].id}`));
    assert.deepEqual(page.faults, []);
    assert.deepEqual(elsewhere(page, program.url), []);
    await page.context().close();
  });

  for (const [name, line] of [["in one line", () => ""], ["in short lines", (i) => (i % 3 === 2 ? "\n" : "")]]) {
    test(`a text of 5 MB ${name} is shown`, async () => {
      let text = "";
      const marks = [];
      const blocks = [];
      let from = 0;
      for (let i = 0; text.length < 1_750_000; i++) {
        if (i % 400 === 0) marks.push(mark(marks.length + 1, [text.length, text.length + 12]));
        text += `第${i}条要求各县市区抓好项目建设；`;
        const end = line(i);
        if (end) {
          blocks.push({ kind: "paragraph", span: [from, text.length] });
          text += end;
          from = text.length;
        }
      }
      if (from < text.length) blocks.push({ kind: "paragraph", span: [from, text.length] });
      const page = await open(browser, `${program.url}/d/hostile`, { routes: instead(hostile(text, blocks, marks)) });
      await page.locator(".text a.st").first().waitFor();
      assert.ok((await page.evaluate(() => document.querySelectorAll("*").length)) < 20_000);
      // It answers: the last statement is reached by a key pressed at the one before.
      const [before, last] = marks.slice(-2);
      await page.goto(`${program.url}/d/hostile/${encodeURIComponent(before.id)}`);
      await page.locator(".text a.st.chosen").waitFor();
      await page.keyboard.press("j");
      await page.waitForFunction((id) => document.querySelector(".text a.st.chosen")?.id === id, `s-${last.id}`);
      assert.deepEqual(page.faults.filter((fault) => !fault.includes("404")), []); // the program has no such statement
      await page.context().close();
    });
  }
});
