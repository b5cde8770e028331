/** The page as a person uses it: by keyboard, hidden and shown again, in another theme, while the code changes. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { initialState, type PreviewState, reduce } from "../../webview/state.ts";
import { open, share, skipWithoutBrowser } from "./browser.ts";
import { gappedStrip, resnetStrip, riskySite, riskyStrip, show, site } from "./samples.ts";
import { themes } from "./themes.ts";

const shared = share();

const opened = (saved: unknown = null, initial = saved ? null : show()) =>
  open(shared.browser, shared.script, themes.dark!, { initial, saved });

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
    const { page } = await opened(
      null,
      show({ ...riskySite, activation: "leaky_relu" }, 1, undefined, riskyStrip),
    );
    await page.selectOption('[data-key="what-if-activation"]', { label: "Leaky ReLU" });
    for (const summary of await page.locator("summary:visible").all()) await summary.click();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const wanted = await page
      .locator("button:visible, select:visible, input:visible, a:visible, summary:visible")
      // Of the boxes of a strip one is reached, arrow keys lead to the others; what is disabled is not there.
      .evaluateAll((all) =>
        all
          .filter((node) => !node.matches('.box[tabindex="-1"], :disabled, .absent'))
          .map((node) => node.getAttribute("data-key") || node.id || node.tagName),
      );
    const reached = new Set<string>();
    for (let step = 0; step < wanted.length + 10; step++) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate(() => {
        const active = document.activeElement as HTMLElement | null;
        const outline = active ? getComputedStyle(active).outlineStyle : "none";
        return { name: active?.dataset.key || active?.id || active?.tagName || "", outline };
      });
      if (focused.name && focused.name !== "BODY") {
        assert.notEqual(focused.outline, "none", focused.name);
        reached.add(focused.name);
      }
    }
    const missed = wanted.filter((name) => !reached.has(name));
    assert.deepEqual(missed, [], "controls that Tab does not reach");
    assert.ok(wanted.length > 50, `${wanted.length} controls`);
    await page.close();
  });

  test("what a click unfolds stays so when a message comes at once", async () => {
    const { page } = await opened();
    await page.evaluate(
      (data) => {
        document.querySelector<HTMLElement>(".values > summary")!.click();
        window.dispatchEvent(new MessageEvent("message", { data }));
      },
      show(site, 2),
    );
    await page.locator(".values table").waitFor({ timeout: 5000 });
    assert.deepEqual(((await page.evaluate("savedState()")) as PreviewState).unfolded, ["values"]);
    await page.locator(".values > summary").press("Enter");
    await page.locator(".values:not([open])").waitFor({ timeout: 5000 });
    await page.close();
  });

  test("what an earlier version kept and this one can't draw gives way to what the host says", async () => {
    const state = reduce(initialState, show(riskySite, 1, undefined, riskyStrip));
    const kept = { ...state, strip: { ...riskyStrip, model: {} } };
    const { page, faults, post } = await opened(JSON.parse(JSON.stringify(kept)));
    assert.equal(await page.locator(".finding.error").isVisible(), false);
    await post(show(riskySite, 1, undefined, riskyStrip));
    await page.locator(".what-if .comparison").waitFor({ timeout: 5000 });
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("what is half typed stays when messages come, and is the code's number again when it is left", async () => {
    const { page, post } = await opened();
    const field = page.locator('input[type="number"]');
    await field.fill("");
    await post(show({ ...site, line: 25 }, 2));
    await page.getByText("generator.py:25").waitFor();
    assert.equal(await field.inputValue(), "");
    await field.blur();
    assert.equal(await field.inputValue(), "0.2");
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
    // Messages come in order: with the last one the others were taken.
    await page.evaluate(() => {
      window.postMessage({ type: "show", source: { uri: 1 } }, "*");
      return new Promise<void>((done) => {
        window.addEventListener("message", ({ data }) => data === "last" && done());
        window.postMessage("last", "*");
      });
    });
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

  test("a click on a box of the strip goes to its code, Enter to work there", async () => {
    const { page, sent } = await opened(null, show(riskySite, 1, undefined, riskyStrip));
    const source = { uri: "file:///model.py", version: 1 };
    await page.click('[data-key="layer-1"]');
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    assert.deepEqual((await sent()).slice(1), [
      { type: "go-to-box", source, part: "layer", index: 1, focus: false },
      { type: "go-to-box", source, part: "layer", index: 2, focus: true },
    ]);
    await page.close();
  });

  test("the strip is one stop of Tab, arrow keys lead through it, and each box says all that it shows", async () => {
    const { page } = await opened(null, show(riskySite, 1, undefined, resnetStrip));
    const key = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.key);
    assert.equal(await page.locator('.box[tabindex="0"]').count(), 1);
    await page.locator('.box[tabindex="0"]').focus();
    assert.equal(await key(), "layer-12", "the layer at the cursor");
    assert.match((await page.textContent(".caption")) ?? "", /^Layer 13 of 54: convolution, 128 channels/);
    await page.keyboard.press("ArrowDown");
    assert.ok(Number((await key())?.slice(6)) > 20, "a row further down");
    await page.keyboard.press("End");
    assert.equal(await key(), "layer-53");
    assert.match(
      (await page.getAttribute(".box:focus", "aria-label")) ?? "",
      /^Layer 54 of 54: dense, 2048 inputs to 1000 units, no activation/,
    );
    await page.keyboard.press("Home");
    assert.equal(await key(), "layer-0");
    await page.close();
  });

  test("the box of the layer at the cursor is marked, and follows without losing the focus", async () => {
    const { page, post } = await opened(null, show(riskySite, 1, undefined, riskyStrip));
    const marked = () =>
      page.locator(".box[aria-current]").evaluateAll((all) => all.map((box) => box.getAttribute("data-key")));
    assert.deepEqual(await marked(), ["layer-4"]);
    await page.locator('[data-key="layer-2"]').focus();
    await post(show(riskySite, 1, undefined, { ...riskyStrip, current: [0, 1] }));
    await page.waitForFunction("document.querySelectorAll('.box[aria-current]').length === 2");
    assert.deepEqual(await marked(), ["layer-0", "layer-1"]);
    assert.equal(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.key), "layer-2");
    await page.close();
  });

  test("code that could not be read is a box of its own with the reason", async () => {
    const { page, sent } = await opened(null, show(riskySite, 1, undefined, gappedStrip));
    const gap = page.locator('[data-key="gap-1"]');
    assert.match((await gap.getAttribute("aria-label")) ?? "", /^Not read: a list of layers is built/);
    assert.match(
      (await page.getAttribute('[data-key="layer-2"]', "aria-label")) ?? "",
      /an unknown number of units.*; not read: width of layer 3 is not known$/,
    );
    await gap.click();
    assert.deepEqual((await sent()).at(-1), {
      type: "go-to-box",
      source: { uri: "file:///model.py", version: 1 },
      part: "gap",
      index: 1,
      focus: false,
    });
    await page.close();
  });

  test("the charts take another theme's colours at once", async () => {
    const { page } = await opened();
    const dark = await page.innerHTML(".canvas");
    await page.evaluate((variables) => {
      for (const [name, value] of Object.entries(variables))
        document.documentElement.style.setProperty(`--vscode-${name}`, value);
      document.body.className = "vscode-light";
    }, themes.light!.variables);
    await page.waitForFunction((before) => document.querySelector(".canvas")!.innerHTML !== before, dark);
    await page.close();
  });
});
