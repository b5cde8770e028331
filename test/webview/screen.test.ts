/** What stands on the screen, read off it: values at random points of every function, and its kinks. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { defaultParameters } from "../../src/engine/activations/catalogue.ts";
import { activations } from "../../src/engine/activations/index.ts";
import type { ElementwiseActivation } from "../../src/engine/model.ts";
import { random } from "../../src/lab/random.ts";
import { curveCharts } from "../../webview/charts.ts";
import { isJump } from "../../webview/curves.ts";
import { scalesOf } from "../../webview/plot/curveScene.ts";
import type { ShownCurve } from "../../webview/shown.ts";
import type { PreviewState } from "../../webview/state.ts";
import { bundlePage, launch, open, skipWithoutBrowser } from "./browser.ts";
import { show, site } from "./samples.ts";
import { themes } from "./themes.ts";

const pointsEach = 50;

interface Seen {
  readonly x: string;
  readonly f: string;
  readonly gradient: string;
}

/** Moves the mouse over the upper chart to these places across the page, and reads what is written then. */
const readAt = (page: Page, places: readonly number[]): Promise<readonly Seen[]> =>
  page.evaluate((all) => {
    const [upper] = document.querySelectorAll<HTMLElement>(".canvas");
    const box = upper!.getBoundingClientRect();
    const text = (selector: string) => document.querySelector(selector)?.textContent ?? "";
    return all.map((share) => {
      const clientX = box.left + 46 + share * (box.width - 60);
      upper!.dispatchEvent(
        new PointerEvent("pointermove", { clientX, clientY: box.top + 20, bubbles: true }),
      );
      const [f, gradient] = [...document.querySelectorAll(".readings")].map((node) => node.textContent ?? "");
      return { x: text(".probe"), f: f ?? "", gradient: gradient ?? "" };
    });
  }, places);

const number = (text: string): number =>
  Number(text.replace("x = ", "").replaceAll("−", "-").replace("∞", "Infinity"));

/** Six digits are written. */
const isClose = (seen: string, wanted: number): boolean =>
  Math.abs(number(seen) - wanted) <= 6e-6 * Math.abs(wanted) + 1e-12 || number(seen) === wanted;

describe("values on the screen", { skip: skipWithoutBrowser }, () => {
  let browser: Browser;
  let page: Page;
  let post: (activation: string) => Promise<void>;
  before(async () => {
    if (skipWithoutBrowser) return;
    browser = await launch();
    const opened = await open(browser, await bundlePage(), themes.dark!, { initial: show(site) });
    page = opened.page;
    let version = 1;
    post = async (activation) => {
      await opened.post(show({ ...site, activation, parameters: {} }, ++version));
      await page.waitForFunction(
        (id) =>
          (window as unknown as { savedState(): { curves: { activation: string }[] } }).savedState().curves[0]
            ?.activation === id,
        activation,
      );
    };
  });
  after(() => browser?.close());

  for (const id of ["elu", "relu", "leaky_relu", "hardtanh", "sigmoid"])
    test(`Chart.js draws ${id} where the scale of the page has its values`, async () => {
      await post(id);
      // What was told is drawn before the next frame.
      await page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      );
      const { curves } = await page.evaluate(() => {
        const [upper] = document.querySelectorAll<HTMLCanvasElement>(".canvas canvas");
        const context = upper!.getContext("2d")!;
        const ratio = upper!.width / upper!.clientWidth;
        const alpha = (x: number, y: number) => context.getImageData(x * ratio, y * ratio, 1, 1).data[3];
        return {
          curves: Array.from({ length: upper!.clientWidth }, (_, x) =>
            Array.from({ length: upper!.clientHeight }, (_, y) => alpha(x, y) === 255),
          ),
        };
      });
      const activation = activations.find((one) => one.id === id) as ElementwiseActivation;
      const parameters = defaultParameters(activation);
      const [chart] = curveCharts(
        { view: { from: -6, to: 6 }, log: false } as PreviewState,
        [
          {
            activation,
            parameters,
            colour: "",
            dash: [],
            selected: true,
            label: "",
          } as unknown as ShownCurve,
        ],
        [
          { width: curves.length, height: curves[0]!.length },
          { width: 0, height: 0 },
        ],
      );
      const { x, y } = scalesOf(chart);
      // Between the lines of the grid, which are drawn on whole numbers.
      for (const at of [-5.3, -2.7, -1.3, 0.7, 2.3, 3.3, 5.3]) {
        const column = curves[Math.round(x.toPixel(at))]!;
        const row = Math.round(y(activation.f(at, parameters))!);
        const near = column.slice(row - 2, row + 3);
        assert.ok(near.includes(true), `nothing drawn at ${at}`);
        assert.ok(!column.slice(row - 14, row - 6).includes(true), `something above the curve at ${at}`);
      }
    });

  for (const activation of activations) {
    if (activation.shape !== "elementwise") continue;
    test(`${activation.id}: ${pointsEach} random points and every kink`, async () => {
      await post(activation.id);
      const parameters = defaultParameters(activation);
      const kinks = activation.kinks(parameters).filter(({ x }) => Math.abs(x) <= 6);
      const { uniform } = random(1, activation.id);
      const places = Array.from({ length: pointsEach }, uniform);
      for (const seen of await readAt(page, places)) {
        const x = number(seen.x);
        if (kinks.some((kink) => kink.x === x && isJump(kink))) continue;
        assert.ok(isClose(seen.f, activation.f(x, parameters)), `f(${x}): ${seen.f}`);
        assert.ok(isClose(seen.gradient, activation.gradient(x, parameters)), `f′(${x}): ${seen.gradient}`);
      }
      await kinksAreRead(page, activation, kinks.filter(isJump));
    });
  }
});

/** At a kink both limits are written, and the value that frameworks use. */
async function kinksAreRead(
  page: Page,
  activation: ElementwiseActivation,
  kinks: ReturnType<ElementwiseActivation["kinks"]>,
): Promise<void> {
  const seen = await readAt(
    page,
    kinks.map(({ x }) => (x + 6) / 12),
  );
  for (const [index, { x, left, right, used }] of kinks.entries()) {
    const { x: at, gradient } = seen[index]!;
    assert.ok(isClose(at, x), `${activation.id}: kink at ${x}, read at ${at}`);
    const written = /^(.*?)(?: \| (.*?))? \((.*) used\)$/.exec(gradient);
    assert.ok(written, `${activation.id} at ${x}: ${gradient}`);
    assert.ok(isClose(written[1]!, left), gradient);
    assert.ok(isClose(written[2] ?? written[1]!, right), gradient);
    assert.ok(isClose(written[3]!, used), gradient);
  }
}
