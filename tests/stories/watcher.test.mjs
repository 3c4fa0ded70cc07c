// The watcher's day: makes a watch, a document comes in, the alert is there once, the feed has it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { stage } from "./stage.mjs";

const document = {
  name: "notice.txt",
  mimeType: "text/plain",
  buffer: Buffer.from(
    "关于灯塔养护标准化工作的通知\n\n各有关单位：\n\n为加强灯塔养护标准化工作，现就有关事项通知如下。\n\n一、总体要求。到2030年，灯塔养护标准化体系基本建成。\n",
  ),
};

test("the watcher makes a watch, a document comes, and one alert tells of it", { timeout: 300_000 }, async (t) => {
  const on = await stage(t);
  const page = await on.page();

  await t.test("a watch is tried on the corpus, and saved", async () => {
    await page.goto("/watches/new");
    await page.getByRole("textbox", { name: "Query" }).fill("灯塔养护");
    await page.getByLabel("Name", { exact: true }).fill("Lighthouses");
    await page.getByRole("button", { name: /try it/i }).click();
    assert.match(await page.locator("main").innerText(), /Nothing that is here would have met it/);
    await page.getByRole("button", { name: /save/i }).click();
    await page.goto("/watches");
    assert.match(await page.locator("main").innerText(), /Lighthouses/);
  });

  await t.test("a document that is uploaded is read while its job's page tells how far it is", async () => {
    await page.goto("/documents/add");
    await page.locator("main input[type=file]").setInputFiles(document);
    const button = page.getByRole("button", { name: /upload|add|read/i });
    if (await button.count()) await button.first().click();
    await page.waitForURL(/\/jobs\/\d+/, { timeout: 60_000 });
    await page.getByText("1 alert made").waitFor({ timeout: 120_000 });
    assert.equal(await page.locator("main a[href*='/document/']").count(), 1);
  });

  await t.test("the alert says what was met, where and why, once", async () => {
    await page.goto("/alerts");
    const alerts = page.locator("main article.hit");
    assert.equal(await alerts.count(), 1);
    assert.match(await alerts.innerText(), /Lighthouses/);
    assert.match(await alerts.innerText(), /new document/i);
    assert.deepEqual(await alerts.locator("mark").allInnerTexts(), ["灯塔养护"]);
  });

  await t.test("the feed of the watch has it, with the same link", async () => {
    await page.goto("/watches");
    const feed = await page.locator("main a[href*='feed.atom']").first().getAttribute("href");
    const atom = await (await page.request.get(feed)).text();
    assert.equal(atom.match(/<entry>/g)?.length, 1, atom);
    assert.match(atom, /灯塔养护/);
  });

  await t.test("alerts that were seen are out of the way", async () => {
    await page.goto("/alerts");
    await page.getByRole("button", { name: /seen/i }).first().click();
    await page.goto("/alerts?seen=no");
    assert.equal(await page.locator("main article.hit").count(), 0);
  });

  assert.deepEqual(page.errors, []);
});
