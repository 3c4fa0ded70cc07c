// The translator's day: looks a term up, marks a text, checks a draft, reviews what was mined, exports.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { stage } from "./stage.mjs";

/** Waits for one element and gives its text. */
const text = (locator) => locator.first().innerText();

test("the translator looks up, marks, checks, reviews and exports", { timeout: 300_000 }, async (t) => {
  const on = await stage(t);
  const page = await on.page();

  await t.test("a term leads to its renderings, and these to the sentences and pages that prove them", async () => {
    await page.goto("/terms");
    await page.getByLabel("Look up a term").fill("新质生产力");
    await page.getByRole("button", { name: "Look up" }).click();
    await page.getByRole("rowheader", { name: "新质生产力", exact: true }).getByRole("link").click();
    await page.waitForURL(/\/concept\/\d+/);
    assert.match(await text(page.locator("main")), /new quality productive forces/i);
    const evidence = page.locator("main a[href*='/document/'][href*='/page/'], main a[href*='/document/'][href*='sentence=']");
    await evidence.first().click();
    await page.waitForURL(/\/document\/\d+/);
    assert.match(await text(page.locator("main")), /新质生产力|new quality productive forces/i);
  });

  await t.test("a pasted text has its terms marked", async () => {
    await page.goto("/mark");
    await page.getByLabel("Text", { exact: true }).fill("加快发展新质生产力，推进人工智能标准化工作。");
    await page.getByRole("button", { name: "Mark", exact: true }).click();
    const marked = await page.locator("main .tm").allInnerTexts();
    assert.ok(marked.some((mark) => mark.includes("新质生产力")), marked.join());
    assert.ok(marked.some((mark) => mark.includes("人工智能")), marked.join());
  });

  await t.test("a draft that does without a known rendering is told so", async () => {
    await page.goto("/check");
    await page.getByLabel("Source", { exact: true }).fill("加快发展新质生产力。");
    await page.getByLabel("Draft translation").fill("Speed up the development of novel productivity.");
    await page.getByLabel("Show notes too").check();
    await page.getByRole("button", { name: "Check", exact: true }).click();
    assert.match(await text(page.locator("main")), /new quality productive forces/i);
  });

  const accepted = await t.test("candidates are decided on with the keyboard alone", async () => {
    await page.goto("/review");
    const before = await page.locator(".waits:not([data-done])").count();
    assert.ok(before > 3, `${before} wait`);
    await page.keyboard.press("a");
    await page.locator(".waits[data-done]").first().waitFor();
    assert.equal(await page.locator(".waits:not([data-done])").count(), before - 1);
  });
  assert.notEqual(accepted, false);

  await t.test("what was reviewed is exported, and can be read again", async () => {
    await page.goto("/exchange");
    await page.locator("select[name=format]").selectOption("csv");
    await page.getByLabel("only what people have reviewed").check();
    const waiting = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download" }).click();
    const download = await waiting;
    const table = await readFile(await download.path(), "utf8");
    assert.match(download.suggestedFilename(), /\.csv$/);
    assert.ok(table.split("\n").filter((line) => line.trim()).length >= 2, table);
  });

  assert.deepEqual(page.errors, []);
});
