// What every page owes its readers. The pages are found as a reader finds them, by following links from the first one.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";

import { stage } from "./stage.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const screenshots = process.env.POLICYGLOT_SCREENSHOTS;
const linksOfAKind = 2;
/** Filters can be chosen in any combination: so many links to one path are enough. */
const linksOfAShape = 24;
const missing = "/no/such/page";

/** How a page is looked at: in each language, in each scheme, on a wide screen and on a phone. */
const looks = [
  { name: "en-light-1440", ui: "en", colorScheme: "light", width: 1440, height: 900 },
  { name: "zh-dark-390", ui: "zh", colorScheme: "dark", width: 390, height: 844 },
];

/** Addresses to begin with besides the first page: what is reached by typing something. */
const typed = [
  "/",
  "/search?q=新质生产力",
  "/search?q=new+quality+productive+forces",
  "/search?q=zzqqxx",
  "/terms?q=标准",
  "/concordance?q=标准",
  "/watches/new?kind=query&value=人工智能",
  missing,
];

/** The kind of a link: its path without numbers, and the names of what stands behind the question mark. */
function kind(address) {
  const url = new URL(address, "http://local");
  return [shape(address), ...new Set([...url.searchParams.keys()].filter((key) => key !== "ui"))].join(" ");
}

/** The path of an address without numbers. */
function shape(address) {
  return new URL(address, "http://local").pathname.replace(/\d+/g, "N");
}

/** What an address answers with; a body that is no page, and may be a stream that never ends, is not waited for. */
async function asked(address) {
  const answer = await fetch(address, { headers: { accept: "text/html,*/*;q=0.8" }, signal: AbortSignal.timeout(60_000) });
  if ((answer.headers.get("content-type") ?? "").startsWith("text/html")) {
    return { status: answer.status, html: await answer.text() };
  }
  await answer.body?.cancel();
  return { status: answer.status };
}

/** All addresses on this server that the links of a page lead to. */
function links(html) {
  const found = [...html.matchAll(/<a[^>]*? href="([^"]*)"/g)].map(([, address]) => address);
  const written = found.map((address) => address.replaceAll("&amp;", "&").replaceAll("&#38;", "&").split("#")[0]);
  return written.filter((address) => address.startsWith("/"));
}

/** Whether a link is among the first of its kind and of its shape; it counts from now on. */
function isNew(followed, path) {
  const counts = [[kind(path), linksOfAKind], [`to ${shape(path)}`, linksOfAShape]];
  if (counts.some(([key, most]) => (followed.get(key) ?? 0) >= most)) return false;
  for (const [key] of counts) followed.set(key, (followed.get(key) ?? 0) + 1);
  return true;
}

/**
 * The pages there are, found from `typed` on: of each path one with something behind the question mark and one without.
 * Every kind of link is followed, and must lead somewhere.
 */
async function found(address, faults) {
  const waiting = typed.map((path) => ({ path, from: "what is typed" }));
  const followed = new Map();
  const pages = new Map();
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { path, from } = next;
    if (!isNew(followed, path)) continue;
    const { status, html } = await asked(address + path);
    const isExpected = status === (path === missing ? 404 : 200);
    if (!isExpected) faults.push(`${path}, linked from ${from}: ${status}`);
    if (!isExpected || html === undefined) continue;
    const page = `${shape(path)}${path.includes("?") ? " with a question" : ""}`;
    if (!pages.has(page)) pages.set(page, path);
    if (path === missing) continue;
    waiting.push(...links(html).map((link) => ({ path: link, from: path })));
  }
  return [...pages.values()];
}

/** Serious and critical violations of WCAG 2 A and AA and of good practice, one a line. */
async function violations(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const grave = result.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const where = ({ nodes }) => nodes.slice(0, 3).map(({ target, failureSummary }) => `${target}: ${failureSummary}`);
  return grave.map((found) => `${found.id} (${found.nodes.length}): ${where(found).join(" | ")}`);
}

/** Whether the page can only be read by scrolling sideways. */
function isWiderThanItsWindow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);
}

test("every link leads somewhere, and every page is one that all can read", { timeout: 1_200_000 }, async (t) => {
  const on = await stage(t);
  for (const query of ["人工智能", "artificial intelligence"]) on.run("watch", "add", query);
  const faults = [];
  const paths = await found(on.address, faults);
  assert.ok(paths.length > 20, `only ${paths}`);
  for (const look of looks) {
    const page = await on.page(look);
    for (const path of paths) {
      await page.goto(`${path}${path.includes("?") ? "&" : "?"}ui=${look.ui}`);
      for (const fault of await violations(page)) faults.push(`${look.name} ${path}: ${fault}`);
      if (await isWiderThanItsWindow(page)) faults.push(`${look.name} ${path}: wider than its window`);
      if (screenshots) await shoot(page, look, path);
      // The browser logs a page that is meant to be missing as an error of its own.
      const errors = page.errors.splice(0).filter((error) => !(path === missing && error.includes("404")));
      faults.push(...errors.map((error) => `${look.name} ${path}: ${error}`));
    }
  }
  t.diagnostic(`${paths.length} pages, ${looks.length} looks each: ${paths.join(" ")}`);
  assert.equal(faults.length, 0, faults.join("\n"));
});

async function shoot(page, look, address) {
  const folder = path.join(screenshots, look.name);
  mkdirSync(folder, { recursive: true });
  const name = kind(address).replaceAll("/", "_").replaceAll(" ", "-").replace(/^_$/, "home").replace(/^_/, "");
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: false });
}
