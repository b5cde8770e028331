/** The page in four themes and three widths: no CSP violation, nothing serious for axe, nothing cut off. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import type { ToWebview } from "../../src/protocol.ts";
import { initialState, type PreviewState, reduce } from "../../webview/state.ts";
import { bundlePage, launch, open, skipWithoutBrowser } from "./browser.ts";
import { gappedStrip, resnetStrip, riskySite, riskyStrip, show, site } from "./samples.ts";
import { themes } from "./themes.ts";

interface AxeResult {
  readonly violations: readonly {
    id: string;
    impact: string;
    nodes: readonly { html: string; failureSummary: string }[];
  }[];
}

const axe = readFileSync(createRequire(path.resolve("package.json")).resolve("axe-core/axe.min.js"), "utf8");
/** Set to a folder to look at what was tested. */
const screenshots = process.env.SCREENSHOTS;

const cases: Readonly<
  Record<
    string,
    {
      readonly message: ToWebview | null;
      readonly compare?: readonly string[];
      /** What is kept from before. */
      readonly saved?: Partial<PreviewState>;
    }
  >
> = {
  slope: { message: show(site) },
  risk: { message: show(riskySite, 1, undefined, riskyStrip) },
  crowded: { message: show(site, 1, undefined, resnetStrip) },
  tried: {
    message: null,
    saved: {
      ...reduce(initialState, show(riskySite, 1, undefined, riskyStrip)),
      view: { from: -0.4, to: 0.4 },
      log: true,
      measure: "step",
      whatIf: {
        activation: { id: "leaky_relu", parameters: { negative_slope: 0.1 } },
        learningRate: 0.01,
        width: 2,
      },
    },
  },
  gaps: {
    message: {
      type: "nothing",
      source: null,
      reason: "No activation is read here.",
      strip: gappedStrip,
      following: true,
    },
  },
  compared: { message: show(site), compare: ["relu", "elu", "gelu", "silu", "tanh"] },
  nothing: {
    message: {
      type: "nothing",
      source: null,
      reason: "model.py has no activation that is known here.",
      strip: null,
      following: true,
    },
  },
  vector: {
    message: show({ ...site, activation: "softmax", parameters: {}, lineText: "return F.softmax(x, dim=1)" }),
  },
};

let browser: Browser;
let script: string;
before(async () => {
  if (skipWithoutBrowser) return;
  if (screenshots) mkdirSync(screenshots, { recursive: true });
  [browser, script] = await Promise.all([launch(), bundlePage()]);
});
after(() => browser?.close());

interface Look {
  readonly name: string;
  readonly theme: keyof typeof themes;
  readonly width: number;
  readonly zoom: number;
}

/** Every case in every theme at the usual width; the other widths once: layout does not depend on colours. */
const looks: readonly Look[] = Object.keys(cases).flatMap((name) => [
  ...Object.keys(themes).map((theme) => ({ name, theme, width: 560, zoom: 1 })),
  { name, theme: "dark", width: 300, zoom: 1 },
  { name, theme: "light", width: 1240, zoom: 1 },
  { name, theme: "dark", width: 640, zoom: 2 },
]);

describe("the page", { concurrency: 4, skip: skipWithoutBrowser }, () => {
  for (const look of looks) {
    test(`${look.name}, ${look.theme}, ${look.width} px at ${look.zoom * 100} %`, () => check(look));
  }
});

async function check({ name, theme, width, zoom }: Look): Promise<void> {
  const { message, compare, saved = null } = cases[name]!;
  const { page, faults, post } = await open(browser, script, themes[theme]!, {
    initial: message,
    saved,
    width,
    zoom,
  });
  if (saved?.whatIf) {
    const source = { uri: "file:///model.py", version: 1 };
    const fixes = [{ setting: "activation", kind: "leaky-relu", title: "Switch to Leaky ReLU" }] as const;
    await post({ type: "fixes", source, settings: saved.whatIf, fixes });
  }
  if (compare) await post({ type: "compare", source: null, activations: compare });
  await page.locator("details.values:not([hidden]) > summary").evaluateAll((all) => {
    for (const each of all) (each as HTMLElement).click();
  });
  await page.waitForTimeout(50);
  if (screenshots) {
    await page.screenshot({
      path: path.join(screenshots, `${name}-${theme}-${width}-${zoom}.png`),
      fullPage: true,
    });
  }
  assert.deepEqual(faults, []);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${overflow} px are cut off on the right`);
  await page.evaluate(axe);
  const { violations } = (await page.evaluate("axe.run()")) as AxeResult;
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.deepEqual(
    serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`),
    [],
  );
  await page.close();
}
