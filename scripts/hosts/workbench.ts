import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { within } from "./processes.ts";
import { root } from "./project.ts";

/** The suites' lines begin so (test/host/runner.ts): the log of the workbench carries everything else too. */
const PREFIX = "suite> ";

/** A workbench that says nothing for this long will not begin; suites are bounded by mocha's own time-outs. */
const BEGIN_LIMIT_MS = 90_000;
const SUITE_LIMIT_MS = 5 * 60_000;

export const shotsFolder = path.join(root, "out/shots");

export interface Watching {
  /** Is told each line of the suites, in the place of the terminal. */
  said?(line: string, page: Page): void;
  readonly limitMs?: number;
}

/**
 * Opens a workbench whose address names the tests to run, prints their lines and returns their exit code.
 * A built workbench reports through two functions that a test driver puts into its page.
 */
export async function runSuites(
  url: string,
  label: string,
  { said = (line) => console.log(line), limitMs = SUITE_LIMIT_MS }: Watching = {},
): Promise<number> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const verbose = process.env.VERBOSE !== undefined;
    if (verbose) page.on("console", (message) => console.error("[page]", message.text().slice(0, 300)));
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const ended = new Promise<number>((resolve, reject) => {
      page.on("crash", () => reject(new Error("the browser's page crashed")));
      page.exposeFunction("codeAutomationLog", (_type: string, args: readonly unknown[]) => {
        const line = args.map(String).join(" ");
        if (line.startsWith(PREFIX)) {
          begin();
          said(line.slice(PREFIX.length), page);
        } else if (verbose) console.error("[log]", line.slice(0, 400));
      });
      page.exposeFunction("codeAutomationExit", (code: number) => resolve(code));
    });
    ended.catch(() => undefined);
    await page.goto(url);
    try {
      await within(BEGIN_LIMIT_MS, `${label}: the first line of the suites`, Promise.race([begun, ended]));
      return await within(limitMs, `${label}: the end of the suites`, ended);
    } catch (error) {
      console.error(`screenshot: ${await screenshot(page, `${slug(label)}-error`)}`);
      throw error;
    }
  } finally {
    await browser.close();
  }
}

export async function screenshot(page: Page, name: string, folder = shotsFolder): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file });
  return path.relative(root, file);
}

function slug(label: string): string {
  return label.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}
