// The program at work on the sample corpus, and a browser before it.
//
// POLICYGLOT_PROGRAM is the program (by default the checkout's debug build), CHROMIUM the browser. The corpus is read
// once a run of the tests; each story gets a data folder of its own, a copy.

import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const target = process.env.CARGO_TARGET_DIR ?? path.join(checkout, "target");
export const program = process.env.POLICYGLOT_PROGRAM ?? path.join(target, "debug/policyglot");
export const sample = path.join(checkout, "corpus/sample");

const folder = mkdtempSync(path.join(tmpdir(), "policyglot-stories-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Runs a command of the program to its end, and gives what it wrote to standard output. */
export function run(data, ...args) {
  const ended = spawnSync(program, args, { env: environment(data), encoding: "utf8" });
  if (ended.status !== 0) throw new Error(`policyglot ${args.join(" ")}: ${ended.stderr}`);
  return ended.stdout;
}

function environment(data) {
  return { ...process.env, POLICYGLOT_DATA: data, POLICYGLOT_LOG: "warn" };
}

/** A data folder that holds the sample corpus. */
function withSample() {
  const master = process.env.POLICYGLOT_SAMPLE_DATA ?? path.join(folder, "master");
  if (!existsSync(master)) run(master, "ingest", "--ocr", "never", path.join(sample, "pdf"));
  const data = mkdtempSync(path.join(folder, "data-"));
  cpSync(master, data, { recursive: true });
  return data;
}

/**
 * A served data folder and a browser: `address`, `data`, `page(options)` for a new page, `run(...args)` for the command
 * line on the same folder. Both end with the test.
 */
export async function stage(t, { data = withSample(), args = [] } = {}) {
  mkdirSync(data, { recursive: true });
  const server = spawn(program, ["serve", "--listen", "127.0.0.1:0", ...args], {
    env: environment(data),
    stdio: ["ignore", "ignore", "pipe"],
  });
  const address = await serving(server);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
  });
  t.after(async () => {
    await browser.close();
    await ended(server);
  });
  const page = (options = {}) => newPage(browser, address, options);
  return { address, data, page, run: (...given) => run(data, ...given) };
}

/** The address that the server says it serves on. */
function serving(server) {
  return new Promise((resolve, reject) => {
    let said = "";
    server.stderr.setEncoding("utf8").on("data", (text) => {
      said += text;
      const address = said.match(/serving on (http:\/\/[0-9.:]+)/);
      if (address) resolve(address[1]);
    });
    server.on("exit", (status) => reject(new Error(`the server ended with ${status}: ${said}`)));
  });
}

function ended(server) {
  return new Promise((resolve) => {
    server.removeAllListeners("exit").on("exit", resolve);
    server.kill("SIGTERM");
  });
}

/** A page in English and light unless the options say otherwise. What it logs as an error makes its test fail. */
async function newPage(browser, address, { locale = "en-GB", width = 1280, height = 900, ...options }) {
  const context = await browser.newContext({
    baseURL: address,
    locale,
    viewport: { width, height },
    acceptDownloads: true,
    ...options,
  });
  const page = await context.newPage();
  page.errors = [];
  page.on("pageerror", (error) => page.errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") page.errors.push(message.text());
  });
  return page;
}
