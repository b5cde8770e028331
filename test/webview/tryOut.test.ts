/** Zooming, trying out settings and saving, by keyboard; and what a long day of it does to the page. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { sharedHtml } from "../../src/host/preview/html.ts";
import type { FromWebview, ToWebview } from "../../src/protocol.ts";
import type { PreviewState } from "../../webview/state.ts";
import { open, openFile, share, skipWithoutBrowser } from "./browser.ts";
import { memoryOf } from "./memory.ts";
import { riskySite, riskyStrip, show, site } from "./samples.ts";
import { themes } from "./themes.ts";

const shared = share();

const risky = show(riskySite, 1, undefined, riskyStrip);
const opened = (initial: ToWebview | null = risky, saved: unknown = null) =>
  open(shared.browser, shared.script, themes.dark!, { initial, saved, width: 900 });
const stateOf = (page: Page): Promise<PreviewState> => page.evaluate("savedState()");
const key = (name: string) => `[data-key="${name}"]`;
const sentOf = <Type extends FromWebview["type"]>(all: readonly FromWebview[], type: Type) =>
  all.filter((message): message is Extract<FromWebview, { type: Type }> => message.type === type);

describe("the view", { skip: skipWithoutBrowser }, () => {
  test("keys on the cross-hair's slider zoom, pan and reset", async () => {
    const { page, faults } = await opened(show(site));
    await page.locator(key("x")).focus();
    await page.keyboard.press("+");
    const near = (await stateOf(page)).view;
    assert.ok(Math.abs(near.to - near.from - 8) < 1e-9, "12 wide, by a factor of 1.5");
    await page.keyboard.press("Shift+ArrowRight");
    const moved = (await stateOf(page)).view;
    assert.ok(Math.abs(moved.from - near.from - 0.8) < 1e-9);
    await page.keyboard.press("-");
    await page.keyboard.press("0");
    assert.deepEqual((await stateOf(page)).view, { from: -6, to: 6 });
    assert.equal(await page.getAttribute(key("reach-6"), "aria-pressed"), "true");
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("arrow keys reach the kink exactly, in any view", async () => {
    const { page } = await opened(show(site));
    await page.locator(key("x")).focus();
    for (const step of ["+", "Shift+ArrowRight", "ArrowRight"]) await page.keyboard.press(step);
    for (let presses = 0; presses < 80; presses++) {
      await page.keyboard.press("ArrowRight");
      if ((await stateOf(page)).probe === 0) break;
    }
    assert.equal((await stateOf(page)).probe, 0);
    assert.match(
      (await page.getAttribute(key("x"), "aria-valuetext")) ?? "",
      /gradient 0\.2 \| 1 \(0\.2 used\)/,
    );
    await page.close();
  });

  test("the mouse drags, a pinch zooms at its place, a click keeps the cross-hair, a double click resets", async () => {
    const { page } = await opened(show(site));
    const box = (await page.locator(".canvas").first().boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + 40];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y, { steps: 3 });
    await page.mouse.up();
    const dragged = (await stateOf(page)).view;
    assert.ok(dragged.from < -6 && Math.abs(dragged.to - dragged.from - 12) < 1e-9);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -200);
    await page.keyboard.up("Control");
    const zoomed = (await stateOf(page)).view;
    assert.ok(zoomed.to - zoomed.from < 12);
    await page.mouse.click(x + 30, y);
    const { probe } = await stateOf(page);
    assert.ok(probe > zoomed.from && probe < zoomed.to);
    await page.mouse.wheel(0, 200);
    assert.deepEqual((await stateOf(page)).view, zoomed, "a wheel alone scrolls the page");
    await page.evaluate(() => scrollTo(0, 0));
    await page.mouse.dblclick(x, y);
    assert.deepEqual((await stateOf(page)).view, { from: -6, to: 6 });
    await page.close();
  });

  test("view, log scale, settings and measure are there again after a reload", async () => {
    const { page } = await opened();
    await page.click(key("reach-layer"));
    await page.click(key("log"));
    await page.click(key("measure-gradient"));
    await page.selectOption(key("what-if-activation"), { label: "Leaky ReLU" });
    const state = await stateOf(page);
    assert.ok(state.log && state.view.to < 1);
    await page.close();
    const again = await opened(null, state);
    assert.deepEqual(await stateOf(again.page), { ...state, source: { ...state.source, version: 0 } });
    for (const name of ["reach-layer", "log", "measure-gradient"])
      assert.equal(await again.page.getAttribute(key(name), "aria-pressed"), "true", name);
    assert.match((await again.page.textContent(".summary")) ?? "", /dead units/);
    assert.equal(
      await again.page.locator(`${key("what-if-activation")} option:checked`).textContent(),
      "Leaky ReLU",
    );
    await again.page.close();
  });
});

describe("what if", { skip: skipWithoutBrowser }, () => {
  test("the first choice of each list is the code's again, and so is a slider where it stood", async () => {
    const { page } = await opened();
    for (const name of ["weights", "bias", "normalisation", "activation", "inputScale", "clipNorm"]) {
      await page.selectOption(key(`what-if-${name}`), { index: 2 });
      assert.ok(name in (await stateOf(page)).whatIf, name);
      await page.selectOption(key(`what-if-${name}`), { index: 0 });
      assert.deepEqual((await stateOf(page)).whatIf, {}, name);
    }
    for (const name of ["width", "depth"]) {
      await page.locator(key(`what-if-${name}`)).press("ArrowRight");
      assert.ok(name in (await stateOf(page)).whatIf, name);
      await page.locator(key(`what-if-${name}`)).press("ArrowLeft");
      assert.deepEqual((await stateOf(page)).whatIf, {}, name);
    }
    await page.close();
  });

  test("every setting is moved by keys, and the estimate with it", async () => {
    const { page, faults } = await opened();
    const before = await page.textContent(".comparison");
    for (const name of ["weights", "bias", "normalisation", "activation", "inputScale", "clipNorm"]) {
      await page.locator(key(`what-if-${name}`)).focus();
      await page.keyboard.press("ArrowDown");
      assert.ok(name in (await stateOf(page)).whatIf || name === "normalisation", name);
    }
    for (const name of ["learningRate", "width", "depth"]) {
      await page.locator(key(`what-if-${name}`)).focus();
      await page.keyboard.press("ArrowRight");
      assert.ok(name in (await stateOf(page)).whatIf, name);
    }
    await page.selectOption(key("what-if-activation"), { label: "Leaky ReLU" });
    await page.locator(key("what-if-slope")).focus();
    await page.keyboard.press("ArrowRight");
    assert.deepEqual((await stateOf(page)).whatIf.activation, {
      id: "leaky_relu",
      parameters: { negative_slope: 0.02 },
    });
    assert.notEqual(await page.textContent(".comparison"), before);
    await page.locator(key("what-if-reset")).focus();
    await page.keyboard.press("Enter");
    assert.deepEqual((await stateOf(page)).whatIf, {});
    assert.equal(await page.textContent(".comparison"), before);
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("a button to write appears where the host has a fix, and only as long as that is what is tried out", async () => {
    const { page, post, sent } = await opened();
    await page.selectOption(key("what-if-activation"), { label: "Leaky ReLU" });
    const settings = { activation: { id: "leaky_relu", parameters: { negative_slope: 0.01 } } };
    const source = { uri: "file:///model.py", version: 1 };
    await page.waitForFunction(() =>
      (window as unknown as { sent: { type: string }[] }).sent.some(({ type }) => type === "ask-fixes"),
    );
    assert.deepEqual(sentOf(await sent(), "ask-fixes"), [{ type: "ask-fixes", source, settings }]);
    assert.equal(await page.locator(`${key("write-activation")}:visible`).count(), 0);
    const fixes = [
      { setting: "activation", kind: "leaky-relu", title: "Switch to Leaky ReLU (0.01)" },
    ] as const;
    await post({ type: "fixes", source, settings: { learningRate: 1 }, fixes });
    await post({ type: "fixes", source, settings, fixes });
    const write = page.locator(`${key("write-activation")}:visible`);
    await write.waitFor();
    assert.equal(await write.getAttribute("aria-label"), "Write to the code: Switch to Leaky ReLU (0.01)");
    await write.focus();
    await page.keyboard.press("Enter");
    assert.deepEqual(sentOf(await sent(), "write"), [
      { type: "write", source, settings, setting: "activation" },
    ]);
    assert.deepEqual((await stateOf(page)).whatIf, {}, "the code has it now");
    await page.close();
  });

  test("another network begins as its code has it, the same one in a newer text keeps what is tried out", async () => {
    const { page, post } = await opened();
    await page.selectOption(key("what-if-activation"), { label: "ELU" });
    await post(show({ ...riskySite, line: 32 }, 2, undefined, riskyStrip));
    await page.waitForFunction("savedState().source.version === 2");
    assert.equal((await stateOf(page)).whatIf.activation?.id, "elu");
    await post(show(riskySite, 3, undefined, { ...riskyStrip, name: "Other" }));
    await page.waitForFunction("savedState().source.version === 3");
    assert.deepEqual((await stateOf(page)).whatIf, {});
    await page.close();
  });
});

describe("saving", { skip: skipWithoutBrowser }, () => {
  const save = async (format: string): Promise<Extract<FromWebview, { type: "export" }>> => {
    const { page, sent, faults } = await opened();
    await page.locator(key(`save-${format}`)).focus();
    await page.keyboard.press("Enter");
    const [message] = sentOf(await sent(), "export");
    assert.deepEqual(faults, []);
    await page.close();
    return message!;
  };

  test("PNG: a picture of twice the size", async () => {
    const { name, content } = await save("png");
    const bytes = Buffer.from(content, "base64");
    assert.equal(name, "relu");
    assert.equal(bytes.subarray(1, 4).toString(), "PNG");
    assert.equal(bytes.readUInt32BE(16), 2 * 880);
  });

  test("SVG: vectors and text, nothing from elsewhere, read as XML", async () => {
    const { content } = await save("svg");
    assert.ok(!/<image|href|<style|<script|foreignObject/.test(content));
    const page = await shared.browser.newPage();
    const counted = await page.evaluate((text) => {
      const read = new DOMParser().parseFromString(text, "image/svg+xml");
      const count = (selector: string) => read.querySelectorAll(selector).length;
      return [count("parsererror"), count("path"), count("circle"), count("text"), count("title")];
    }, content);
    assert.equal(counted[0], 0);
    assert.ok(counted[1]! > 50 && counted[2]! === 2 && counted[3]! > 20 && counted[4] === 1, `${counted}`);
    await page.close();
  });

  test("CSV: all digits, and a kink with both its sides", async () => {
    const { content } = await save("csv");
    const [head, ...rows] = content.split("\n");
    assert.equal(head, "x,side,ReLU: f(x),ReLU: f'(x)");
    assert.deepEqual(
      rows.filter((row) => row.startsWith("0,")),
      ["0,left,0,0", "0,used,0,0", "0,right,0,1"],
    );
    assert.equal(rows.length, 401 + 2);
  });

  test("a page of its own: the same charts and sliders, no way out, and no address of the file", async () => {
    const { content } = await save("html");
    assert.ok(!content.includes("file:///"), "where the file lies is nobody else's business");
    const html = sharedHtml({
      ...JSON.parse(content),
      script: shared.script,
      style: styleSheet(),
      nonce: "abc",
    });
    assert.match(html, /default-src 'none'; script-src 'nonce-abc'; style-src 'nonce-abc';/);
    const { page, faults, requests } = await openFile(shared.browser, html);
    assert.equal(await page.textContent("h1"), "ReLU");
    assert.ok((await page.locator("figure svg path").count()) > 20);
    assert.equal(await page.locator(`${key("pin")}:visible, ${key("save-html")}:visible`).count(), 0);
    await page.selectOption(key("what-if-activation"), { label: "Leaky ReLU" });
    assert.match((await page.textContent(".summary")) ?? "", /Fewer dead units/);
    const download = page.waitForEvent("download");
    await page.click(key("save-svg"));
    assert.equal((await download).suggestedFilename(), "relu.svg");
    assert.deepEqual(faults, []);
    assert.deepEqual(requests, [], "it loads nothing");
    await page.close();
  });
});

const styleSheet = () => readFileSync("media/preview.css", "utf8");

describe("a long day", { skip: skipWithoutBrowser }, () => {
  test("what can't be drawn is said, and starting again helps", async () => {
    const { page, post } = await opened();
    const broken = { ...riskyStrip, boxes: [{ ...riskyStrip.boxes[0], activation: { id: 7 } }, null] };
    await post(show(riskySite, 2, undefined, broken as never));
    await page.locator("[role=alert]:visible").waitFor();
    await page.click(key("restart"));
    await page.locator("[role=alert]").waitFor({ state: "hidden" });
    await post(show(riskySite, 3, undefined, riskyStrip));
    await page.waitForFunction("document.querySelector('h1').textContent === 'ReLU'");
    await page.close();
  });

  test("nothing moves by itself", async () => {
    const { page } = await opened();
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.click(key("reach-layer"));
    const moving = await page.evaluate(() => document.getAnimations().length);
    const transitions = await page.evaluate(
      () =>
        [...document.querySelectorAll("*")].filter(
          (each) => getComputedStyle(each).transitionDuration !== "0s",
        ).length,
    );
    assert.deepEqual([moving, transitions], [0, 0]);
    await page.close();
  });

  test("200 updates leave no more memory and nodes than the first ones; redraw times are told", async (context) => {
    const { page, faults } = await opened();
    let version = 1;
    const times: number[] = [];
    const update = async (count: number) => {
      for (let at = 0; at < count; at++) {
        const isRelu = ++version % 2 === 0;
        const shown = isRelu ? riskySite : { ...riskySite, activation: "gelu", line: version };
        const message = show(shown, version, undefined, { ...riskyStrip, current: [version % 5] });
        times.push(await page.evaluate(drawnWithin, message));
      }
    };
    await update(40);
    const before = await memoryOf(page);
    await update(200);
    const now = await memoryOf(page);
    const sorted = times.slice(40).sort((a, b) => a - b);
    context.diagnostic(
      `redraw: median ${sorted[100]!.toFixed(1)} ms, slowest ${sorted.at(-1)!.toFixed(1)} ms`,
    );
    context.diagnostic(`heap ${(before.heap / 1e6).toFixed(2)} to ${(now.heap / 1e6).toFixed(2)} MB`);
    assert.ok(now.heap < before.heap * 1.1 + 300_000, `${before.heap} to ${now.heap}`);
    assert.ok(now.nodes < before.nodes * 1.1 + 50, `${before.nodes} to ${now.nodes} nodes`);
    assert.ok(now.listeners < before.listeners * 1.1 + 20);
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("20 times opened and closed leaves nothing behind", async () => {
    const context = await shared.browser.newContext();
    const pages: number[] = [];
    for (let cycle = 0; cycle < 20; cycle++) {
      const { page, faults } = await open(context as unknown as Browser, shared.script, themes.dark!, {
        initial: risky,
      });
      pages.push((await memoryOf(page)).heap);
      assert.deepEqual(faults, []);
      await page.close();
    }
    assert.equal(context.pages().length, 0);
    assert.ok(pages.at(-1)! < pages[2]! * 1.15 + 300_000, pages.join(" "));
    await context.close();
  });
});

/** Runs in the page: how long it takes from a message to the page laid out with it, in milliseconds. */
function drawnWithin(message: ToWebview): Promise<number> {
  const start = performance.now();
  return new Promise((done) => {
    const after = ({ data }: MessageEvent<unknown>) => {
      if (data !== "done") return;
      window.removeEventListener("message", after);
      document.body.getBoundingClientRect();
      done(performance.now() - start);
    };
    window.addEventListener("message", after);
    window.postMessage(message, "*");
    window.postMessage("done", "*");
  });
}
