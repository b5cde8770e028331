/** The lab in a real browser, under the policy that its page needs: trains, is paused, cancelled, read by axe. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { analyze } from "../../src/engine/index.ts";
import { loadData } from "../../src/lab/data/shipped.ts";
import { type Finished, runExperiment } from "../../src/lab/experiment.ts";
import { sharesText, verdict } from "../../src/lab/verdict.ts";
import type { LabModule } from "../../webview/lab/main.ts";
import { experimentOf, settingsFrom } from "../../webview/lab/settings.ts";
import {
  bundleLab,
  bundlePage,
  faultsOf,
  launch,
  open as openPreview,
  skipWithoutBrowser,
} from "./browser.ts";
import { riskySite, riskyStrip, show } from "./samples.ts";
import { themes } from "./themes.ts";

const origin = "https://lab.test";
const policy = `default-src 'none'; script-src 'nonce-test' 'wasm-unsafe-eval'; style-src ${origin}; connect-src ${origin}; worker-src blob:`;
const html = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Lab</title>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${origin}/preview.css"><link rel="stylesheet" href="${origin}/lab.css"></head>
<body><main></main><script nonce="test" src="${origin}/lab.js"></script></body></html>`;

const code = `import torch
from torch import nn
net = nn.Sequential(nn.Linear(30, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 2))
optimizer = torch.optim.Adam(net.parameters(), lr=0.05)
`;
const { networks } = analyze({ path: "m.py", text: code });
const axe = readFileSync(createRequire(path.resolve("package.json")).resolve("axe-core/axe.min.js"), "utf8");

/** What the default themes give a button of the first rank; the dark high contrast one has no background for it. */
const buttons: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "vscode-dark": { "button-foreground": "#ffffff", "button-background": "#0e639c" },
  "vscode-light": { "button-foreground": "#ffffff", "button-background": "#007acc" },
  "vscode-high-contrast": { "button-foreground": "#ffffff" },
  "vscode-high-contrast-light": { "button-foreground": "#ffffff", "button-background": "#0f4a85" },
};

let browser: Browser;
let lab: Awaited<ReturnType<typeof bundleLab>>;

before(async () => {
  if (skipWithoutBrowser) return;
  [browser, lab] = await Promise.all([launch(), bundleLab()]);
});
after(() => browser?.close());

interface Opened {
  readonly page: Page;
  readonly faults: readonly string[];
}

async function open(
  theme = themes.dark!,
  width = 900,
  settings: object = {},
  withNetwork = true,
): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width, height: 1000 } });
  const faults = faultsOf(page);
  const scripts: Readonly<Record<string, string>> = { "/lab.js": lab.script, "/worker.js": lab.worker };
  await page.route(`${origin}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/") return route.fulfill({ contentType: "text/html", body: html });
    if (pathname in scripts)
      return route.fulfill({ contentType: "text/javascript", body: scripts[pathname]! });
    if (pathname.endsWith(".css"))
      return route.fulfill({ contentType: "text/css", body: readFileSync(`media${pathname}`) });
    return route.fulfill({ status: 204 });
  });
  await page.goto(`${origin}/`);
  await page.evaluate(
    ({ theme, button, network, settings, url }) => {
      for (const [name, value] of Object.entries({ ...theme.variables, ...button })) {
        document.documentElement.style.setProperty(`--vscode-${name}`, value);
      }
      document.body.classList.add(...theme.bodyClass.split(" "));
      const { activationLensLab } = globalThis as unknown as { activationLensLab: LabModule };
      const lab = activationLensLab.mountLab(document.querySelector("main")!, {
        subject: network ? { network, batch: 32 } : null,
        makeWorker: async () => {
          const worker = await activationLensLab.blobWorker(url);
          return Object.assign(globalThis, { worker }).worker;
        },
        settings,
        onSettings: (next) => Object.assign(globalThis, { kept: next }),
      });
      Object.assign(globalThis, { lab });
    },
    {
      theme,
      button: buttons[theme.bodyClass.split(" ").at(-1)!] ?? {},
      network: withNetwork ? networks[0]! : null,
      settings,
      url: `${origin}/worker.js`,
    },
  );
  return { page, faults };
}

/** The experiment of the page, without one. */
async function carriedOut(counts: { readonly seeds: number; readonly steps: number }) {
  const experiment = experimentOf(settingsFrom(counts), { network: networks[0]!, batch: 32 });
  assert.ok("variants" in experiment);
  const finished: Finished[] = [];
  for (const event of runExperiment(experiment, await loadData(experiment.data)))
    if (event.type === "finished") finished.push(event);
  return verdict(experiment, finished);
}

const verdictText = (page: Page) => page.locator(".lab-verdict").textContent();
const train = (page: Page) => page.getByRole("button", { name: "Train", exact: true });
/** Three seeds are trained, and what came out is written. */
async function untilDone(page: Page): Promise<void> {
  await train(page).waitFor({ timeout: 120_000 });
  await page.waitForFunction(() => document.querySelector(".lab-verdict")?.textContent?.startsWith("3 of 3"));
}
/** What was asked of a frame is drawn. */
const frame = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
const short = { seeds: 3, steps: 60 };

test("trains in the background and says what came out", { skip: skipWithoutBrowser }, async () => {
  const { page, faults } = await open(themes.dark!, 900, short);
  await train(page).click();
  await untilDone(page);
  assert.match(
    (await verdictText(page))!,
    /^3 of 3 seeds: ReLU \(as written\) .*dead, accuracy .*Leaky ReLU 0\.01 .*learning rate \/ 10 /,
  );
  const rows = await page
    .locator(".lab-results table")
    .first()
    .locator("tbody tr")
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? "")));
  assert.equal(rows.length, 5);
  // The same seeds on the command line: the same numbers and words.
  const { text, summaries } = await carriedOut(short);
  assert.equal((await verdictText(page))!.replaceAll("\u00a0", " "), text!.replaceAll("; ", ""));
  assert.deepEqual(
    rows.map(([label, start, end]) => [label, start, end]),
    summaries.map(({ label, deadAtInit, dead }) => [label, sharesText(deadAtInit!), sharesText(dead!)]),
  );
  assert.deepEqual(faults, []);
  await page.close();
});

test("pauses, goes on and is cancelled, by the keyboard alone", { skip: skipWithoutBrowser }, async () => {
  const { page, faults } = await open(themes.light!, 900, { seeds: 20, steps: 5000 });
  await train(page).focus();
  await page.keyboard.press("Enter");
  const value = () => page.locator("progress").evaluate((bar: HTMLProgressElement) => bar.value);
  await page.waitForFunction(() => (document.querySelector("progress")?.value ?? 0) > 0);
  // The focus is on Pause now.
  await page.keyboard.press("Enter");
  await page.getByText("Paused").waitFor();
  await frame(page);
  const paused = await value();
  // Asked again, the worker answers behind all that it may have sent since.
  await page.evaluate(() => {
    const { worker } = globalThis as unknown as { worker: Worker };
    const answered = new Promise<void>((resolve) => {
      worker.addEventListener("message", ({ data }) => data.type === "paused" && resolve());
    });
    worker.postMessage({ type: "pause" });
    return answered;
  });
  await frame(page);
  assert.equal(await value(), paused);
  await page.keyboard.press("Enter");
  await page.waitForFunction((before) => (document.querySelector("progress")?.value ?? 0) > before, paused);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("Cancelled").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Train");
  assert.match((await verdictText(page))!, /^No verdict yet/);
  assert.deepEqual(faults, []);
  await page.close();
});

test("without a network it says so, and a preset trains", { skip: skipWithoutBrowser }, async () => {
  const { page, faults } = await open(themes.dark!, 900, {}, false);
  assert.ok(await train(page).isDisabled());
  assert.match((await page.locator(".lab-status").textContent())!, /No network here/);
  await page.getByLabel("Network", { exact: true }).selectOption("born-dead");
  await page.getByLabel("Seeds", { exact: true }).fill("3");
  await page.getByLabel("Seeds", { exact: true }).press("Tab");
  await train(page).click();
  await untilDone(page);
  const kept = await page.evaluate(() => (globalThis as unknown as { kept: { seeds: number } }).kept);
  assert.equal(kept.seeds, 3);
  assert.deepEqual(faults, []);
  await page.close();
});

test("disposing of it ends the worker and leaves nothing", { skip: skipWithoutBrowser }, async () => {
  const { page, faults } = await open(themes.dark!, 900, { seeds: 20, steps: 5000 });
  await train(page).click();
  await page.waitForFunction(() => (document.querySelector("progress")?.value ?? 0) > 0);
  assert.equal(page.workers().length, 1);
  const ended = page.workers()[0]!.waitForEvent("close");
  await page.evaluate(() => (globalThis as unknown as { lab: { dispose(): void } }).lab.dispose());
  await ended;
  assert.equal(page.workers().length, 0);
  assert.equal(await page.locator("main").innerHTML(), "");
  assert.deepEqual(faults, []);
  await page.close();
});

for (const [name, theme] of Object.entries(themes)) {
  for (const width of [320, 900]) {
    test(`${name}, ${width} wide: axe finds nothing, nothing is cut off`, {
      skip: skipWithoutBrowser,
    }, async () => {
      const { page, faults } = await open(theme, width, short);
      await train(page).click();
      await untilDone(page);
      await page.getByText("Layer by layer").click();
      await page.evaluate(axe);
      const { violations } = (await page.evaluate("axe.run()")) as {
        violations: readonly { id: string; nodes: readonly { html: string }[] }[];
      };
      // The preview's page has the heading above.
      const found = violations.filter(({ id }) => id !== "page-has-heading-one");
      assert.deepEqual(
        found.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`),
        [],
      );
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${overflow}px too wide`);
      if (process.env.LAB_SHOTS) {
        mkdirSync(process.env.LAB_SHOTS, { recursive: true });
        await page.screenshot({
          path: path.join(process.env.LAB_SHOTS, `lab-${name}-${width}.png`),
          fullPage: true,
        });
      }
      assert.deepEqual(faults, []);
      await page.close();
    });
  }
}

test("the preview opens it: loaded only then, with the network that is shown, and again after a reload", {
  skip: skipWithoutBrowser,
}, async () => {
  const main = await bundlePage();
  assert.doesNotMatch(main, /lab-verdict/, "the page's own script does not carry the lab");
  const opened = await openPreview(browser, main, themes.dark!, {
    initial: show(riskySite, 1, "file:///model.py", riskyStrip),
    width: 900,
    lab,
  });
  const { page, faults } = opened;
  const loaded = () => page.evaluate(() => "activationLensLab" in globalThis);
  assert.equal(await loaded(), false);
  await page.getByText("Try it: train").click();
  await train(page).waitFor();
  assert.match((await page.getByLabel("Network", { exact: true }).textContent())!, /\(this code\)/);
  await page.getByLabel("Seeds", { exact: true }).fill("3");
  await page.getByLabel("Steps", { exact: true }).fill("20");
  await page.getByLabel("Steps", { exact: true }).press("Tab");
  await train(page).click();
  await untilDone(page);
  if (process.env.LAB_SHOTS) {
    await page.screenshot({ path: path.join(process.env.LAB_SHOTS, "lab-in-preview.png"), fullPage: true });
  }
  assert.deepEqual(faults, []);
  const saved = await page.evaluate(() => (globalThis as unknown as { savedState(): unknown }).savedState());
  await page.close();
  const again = await openPreview(browser, main, themes.dark!, {
    initial: null,
    width: 900,
    saved,
    lab,
  });
  await train(again.page).waitFor();
  assert.equal(await again.page.getByLabel("Steps", { exact: true }).inputValue(), "20");
  assert.deepEqual(again.faults, []);
  await again.page.close();
});
