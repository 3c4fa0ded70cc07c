// The analyst's day: searches in one language and finds both, narrows, reads side by side, exports.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { stage } from "./stage.mjs";

test("the analyst searches, filters, reads side by side and exports", { timeout: 300_000 }, async (t) => {
  const on = await stage(t);
  const page = await on.page();
  const titles = () => page.locator("main article.hit h2").allInnerTexts();

  await t.test("a Chinese term finds documents in both languages", async () => {
    await page.goto("/");
    await page.locator("main input[name=q]").fill("具身智能");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/search/);
    const marks = (await page.locator("main mark").allInnerTexts()).map((mark) => mark.toLowerCase());
    assert.ok(marks.includes("具身智能"), marks.join());
    assert.ok(marks.some((mark) => mark.includes("embodied")), marks.join());
  });

  await t.test("filters narrow what is found, and are taken back one by one", async () => {
    const all = (await titles()).length;
    await page.locator("#filters a[href*='lang=en']").first().click();
    await page.waitForURL(/lang=en/);
    const english = await titles();
    assert.ok(english.length > 0 && english.length <= all, `${english.length} of ${all}`);
    assert.ok(english.every((title) => !/\p{Script=Han}/u.test(title)), english.join());
    await page.locator("main .chips a").first().click();
    assert.equal((await titles()).length, all);
  });

  await t.test("a passage is read in its document, beside its translation and on the picture of its page", async () => {
    await page.locator("main article.hit h2 a").first().click();
    await page.waitForURL(/\/document\/\d+/);
    assert.ok((await page.locator("main mark").count()) > 0);
    const beside = page.locator("main a[href*='/bitext']").first();
    await beside.click();
    await page.waitForURL(/bitext/);
    assert.ok((await page.locator("main [lang|=zh]").count()) > 0 && (await page.locator("main [lang|=en]").count()) > 0);
    await page.goBack();
    await page.locator("main a[href*='/page/']").first().click();
    await page.waitForURL(/\/page\/\d+/);
    const drawn = await page.locator("main img").first().evaluate((image) => image.decode().then(() => image.naturalWidth));
    assert.ok(drawn > 300, `${drawn} pixels`);
  });

  await t.test("what was found leaves as a table", async () => {
    await page.goto("/search?q=具身智能");
    const waiting = page.waitForEvent("download");
    await page.locator("main .exports a", { hasText: "CSV" }).click();
    const table = await readFile(await (await waiting).path(), "utf8");
    assert.ok(table.trim().split("\n").length >= 3, table);
  });

  assert.deepEqual(page.errors, []);
});
