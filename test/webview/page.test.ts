/** The page as a person uses it: by keyboard, hidden and shown again, in another theme, while the code changes. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { bundlePage, launch, open, skipWithoutBrowser } from "./browser.ts";
import { show, site } from "./samples.ts";
import { themes } from "./themes.ts";

let browser: Browser;
let script: string;
before(async () => {
  if (skipWithoutBrowser) return;
  [browser, script] = await Promise.all([launch(), bundlePage()]);
});
after(() => browser?.close());

const opened = (saved: unknown = null, initial = saved ? null : show()) =>
  open(browser, script, themes.dark!, { initial, saved });

describe("the page", { skip: skipWithoutBrowser }, () => {
  test("is ready, draws the initial state and asks for the current one", async () => {
    const { page, sent } = await opened();
    assert.equal(await page.textContent("h1"), "Leaky ReLU");
    assert.deepEqual((await sent())[0], { type: "ready", source: { uri: "file:///model.py", version: 1 } });
    assert.equal((await page.locator("math").count()) > 0, true);
    await page.close();
  });

  test("a slider moved by keys changes the curve, and the state that is kept", async () => {
    const { page } = await opened();
    await page.locator("#parameter-negative_slope").focus();
    await page.keyboard.press("End");
    assert.equal(await page.inputValue('input[type="number"]'), "1");
    const state = await page.evaluate("savedState()");
    assert.deepEqual((state as { curves: unknown }).curves, [
      { activation: "leaky_relu", parameters: { negative_slope: 1 } },
    ]);
    await page.close();
    const again = await opened(state);
    assert.equal(await again.page.inputValue('input[type="number"]'), "1");
    await again.page.close();
  });

  test("a number can be typed digit by digit", async () => {
    const { page } = await opened();
    const field = page.locator('input[type="number"]');
    await field.fill("");
    await field.pressSequentially("0.05");
    assert.equal(await field.inputValue(), "0.05");
    assert.match((await page.textContent(".chip")) ?? "", /Leaky ReLU 0\.05/);
    await page.close();
  });

  test("Tab reaches every control, and each shows where the focus is", async () => {
    const { page } = await opened();
    const reached = new Set<string>();
    for (let step = 0; step < 30; step++) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate(() => {
        const active = document.activeElement as HTMLElement | null;
        const outline = active ? getComputedStyle(active).outlineStyle : "none";
        return { name: active?.dataset.key ?? active?.id ?? active?.tagName ?? "", outline };
      });
      if (focused.name && focused.name !== "BODY") {
        assert.notEqual(focused.outline, "none", focused.name);
        reached.add(focused.name);
      }
    }
    for (const name of [
      "pin",
      "reveal",
      "pick-0",
      "add",
      "reach-3",
      "parameter-negative_slope",
      "parameter-negative_slope-number",
    ]) {
      assert.ok(reached.has(name), `${name} is not reached: ${[...reached].join(", ")}`);
    }
    await page.close();
  });

  test("the focus stays on a chip that is redrawn", async () => {
    const { page } = await opened();
    await page.selectOption("select", "elu");
    await page.locator('[data-key="pick-0"]').focus();
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.key), "pick-0");
    await page.close();
  });

  test("messages of the host are drawn live, stale and foreign ones are not", async () => {
    const { page, post } = await opened();
    await post(show({ ...site, activation: "relu", parameters: {} }, 3));
    await page.waitForFunction("document.querySelector('h1').textContent === 'ReLU'");
    await post(show(site, 2));
    await page.evaluate(() => window.postMessage({ type: "show", source: { uri: 1 } }, "*"));
    await page.waitForTimeout(50);
    assert.equal(await page.textContent("h1"), "ReLU");
    await page.close();
  });

  test("pinning and going to the code are asked of the host", async () => {
    const { page, sent } = await opened();
    await page.click('[data-key="pin"]');
    await page.click('[data-key="reveal"]');
    const source = { uri: "file:///model.py", version: 1 };
    assert.deepEqual((await sent()).slice(1), [
      { type: "follow", source, following: false },
      { type: "reveal", source, offset: site.offset },
    ]);
    assert.equal(await page.getAttribute('[data-key="pin"]', "aria-pressed"), "true");
    await page.close();
  });

  test("the charts take another theme's colours at once", async () => {
    const { page } = await opened();
    const dark = await page.evaluate(() => document.querySelector("canvas")!.toDataURL());
    await page.evaluate((variables) => {
      for (const [name, value] of Object.entries(variables))
        document.documentElement.style.setProperty(`--vscode-${name}`, value);
      document.body.className = "vscode-light";
    }, themes.light!.variables);
    await page.waitForFunction((before) => document.querySelector("canvas")!.toDataURL() !== before, dark);
    await page.close();
  });
});
