// A text pasted, dropped or opened: read and answered at once.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { open, served, skip } from "./serve.mjs";

const TEXT = "衢州简况\n2020年，衢州市地区生产总值增长3.5%，增幅居全省第三位。";

describe("texts", { skip }, () => {
  let program, browser, page;
  served((both) => ({ program, browser } = both));
  const at = async (options) => {
    page = await open(browser, `${program.url}/text`, options);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.locator("select option").first().waitFor({ state: "attached" });
  };
  const closed = () => page.context().close();
  const answered = async () => {
    await page.waitForURL(/\/d\/text-/, { timeout: 60_000 });
    await page.locator("a.st").first().waitFor();
  };

  /** Drops a file on the page as a hand would. */
  async function drop(name, bytes, type) {
    const transfer = await page.evaluateHandle(({ name, bytes, type }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], name, { type }));
      return transfer;
    }, { name, bytes: [...bytes], type });
    for (const event of ["dragenter", "dragover", "drop"]) await page.dispatchEvent("body", event, { dataTransfer: transfer });
  }

  test("pasted, is answered sentence by sentence", async () => {
    await at();
    assert.ok(await page.getByText("只在本机内存里", { exact: false }).isVisible());
    assert.ok(await page.getByRole("button", { name: "读并对照" }).isDisabled());
    await page.getByRole("textbox", { name: "文稿正文" }).fill(TEXT);
    await page.getByRole("button", { name: "读并对照" }).click();
    await answered();
    assert.match(await page.locator("main").innerText(), /第三/);
    assert.match(await page.locator("main").innerText(), /证实/);
    await page.goBack();
    await page.getByRole("region", { name: "本次贴入的文稿" }).getByRole("link").first().click();
    await answered();
    await closed();
  });

  test("the example shows what the answers look like", async () => {
    await at();
    await page.getByRole("button", { name: "用一段例文试试" }).click();
    await page.getByRole("button", { name: "读并对照" }).click();
    await answered();
    const words = await page.locator("main").innerText();
    for (const outcome of ["证实", "不符"]) assert.match(words, new RegExp(outcome));
    await closed();
  });

  test("dropped anywhere on the page, in the coding of an office", async () => {
    await at();
    // 衢州市2020年地区生产总值增长3.5%。 in GB18030
    const bytes = [0xe1, 0xe9, 0xd6, 0xdd, 0xca, 0xd0, 0x32, 0x30, 0x32, 0x30, 0xc4, 0xea, 0xb5, 0xd8, 0xc7, 0xf8, 0xc9, 0xfa, 0xb2, 0xfa, 0xd7, 0xdc, 0xd6, 0xb5, 0xd4, 0xf6, 0xb3, 0xa4, 0x33, 0x2e, 0x35, 0x25, 0xa1, 0xa3];
    await drop("草稿.txt", bytes, "text/plain");
    await answered();
    assert.match(await page.locator("main").innerText(), /衢州市2020年地区生产总值/);
    await closed();
  });

  test("of a kind that cannot be read, is refused with what can", async () => {
    await at();
    await drop("表.exe", [1, 2, 3], "application/octet-stream");
    await page.getByRole("alert").filter({ hasText: ".docx" }).waitFor();
    await closed();
  });

  test("that cannot be read is refused in the program's words", async () => {
    await at();
    await drop("空.pdf", Buffer.from("not a pdf"), "application/pdf");
    await page.getByRole("alert").waitFor({ timeout: 60_000 });
    assert.ok((await page.getByRole("alert").innerText()).length > 8);
    await closed();
  });

  test("a region that is none is said so before anything is sent", async () => {
    await at();
    await page.getByRole("textbox", { name: "文稿正文" }).fill(TEXT);
    await page.getByLabel("所讲的地区").fill("33");
    await page.getByText("请填六位区划代码", { exact: false }).waitFor();
    assert.ok(await page.getByRole("button", { name: "读并对照" }).isDisabled());
    await closed();
  });
});
