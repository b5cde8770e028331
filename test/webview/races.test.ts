/**
 * A person and the host at the same time: gestures drawn at random, taken apart, with messages between their halves.
 * What the page keeps must be what `reduce` makes of the same actions, and what is typed or pressed must not be undone.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { type Random, random } from "../../src/lab/random.ts";
import type { ShownSite, ShownStrip, ToWebview } from "../../src/protocol.ts";
import { settingsFor } from "../../webview/estimate.ts";
import {
  type Action,
  type Fold,
  initialState,
  type PreviewState,
  reduce,
  restore,
} from "../../webview/state.ts";
import { panned, zoomed, zoomFactor } from "../../webview/zoom.ts";
import { open, share, skipWithoutBrowser } from "./browser.ts";
import { riskySite, riskyStrip, show } from "./samples.ts";
import { themes } from "./themes.ts";

const uri = "file:///model.py";
const leaky: ShownSite = { ...riskySite, activation: "leaky_relu", parameters: { negative_slope: 0.2 } };
const activations = ["elu", "gelu", "prelu", "tanh"];

const shared = share();

/** What a press of a control does, by its key. */
function pressed(key: string, state: PreviewState): Action | undefined {
  const [name, ...rest] = key.split("-");
  const last = rest.join("-");
  switch (name) {
    case "reach":
      return last === "layer" ? undefined : { type: "view", view: { from: -Number(last), to: Number(last) } };
    case "zoom": {
      const factor = last === "in" ? zoomFactor : 1 / zoomFactor;
      return { type: "view", view: zoomed(state.view, factor, state.probe) };
    }
    case "pan":
      return { type: "view", view: panned(state.view, last === "left" ? -0.2 : 0.2) };
    case "log":
      return { type: "log", log: !state.log };
    case "measure":
      return { type: "measure", measure: last as PreviewState["measure"] };
    case "pick":
      return { type: "select", index: Number(last) };
    case "remove":
      return { type: "remove", index: Number(last) };
    case "pin":
      return { type: "pin", following: !state.following };
    case "fold":
      return { type: "fold", fold: last as Fold, open: !state.unfolded.includes(last as Fold) };
    case "mark":
      return { type: "parameter", name: rest[0]!, value: Number(rest.slice(1).join("-")) };
    case "reset":
      return { type: "reset" };
    case "back":
      return { type: "as-in-code", setting: last as keyof PreviewState["whatIf"] };
    case "what":
      return last === "if-reset" ? { type: "as-in-code" } : undefined;
    case "try": {
      const settings = settingsFor(state, last);
      return settings ? { type: "what-if", settings } : undefined;
    }
    default:
      return undefined;
  }
}

class Session {
  version = 1;
  revealed = 0;
  state: PreviewState;
  readonly log: string[] = [];

  constructor(
    readonly page: Page,
    readonly draw: Random,
    initial: PreviewState,
  ) {
    this.state = initial;
  }

  one<T>(all: readonly T[]): T {
    return all[Math.floor(this.draw.uniform() * all.length)]!;
  }

  act(action: Action): void {
    this.log.push(JSON.stringify(action).slice(0, 120));
    this.state = reduce(this.state, action);
  }

  /** In one task, as a message of the host is. */
  async tell(message: ToWebview): Promise<void> {
    this.act(message);
    await this.page.evaluate((data) => window.dispatchEvent(new MessageEvent("message", { data })), message);
  }

  /** Any that comes while nobody changes the shown function: lines move, layers, findings, offers. */
  quiet(): ToWebview {
    const source = { uri, version: this.version };
    const { site, strip, whatIf, following } = this.state;
    switch (this.one(["line", "line", "findings", "strip", "offer", "stale"])) {
      case "offer":
        return {
          type: "fixes",
          source,
          settings: whatIf,
          fixes: [{ setting: "learningRate", kind: "learning-rate", title: "Set the learning rate" }],
        };
      case "stale":
        return {
          type: "nothing",
          source: { uri, version: 0 },
          reason: "old",
          strip: null,
          following: !following,
        };
      case "findings":
        this.version++;
        return this.show({ ...site!, findings: this.one([null, [], riskySite.findings]) }, strip, following);
      case "strip":
        this.version++;
        return this.show(site!, { ...riskyStrip, current: [this.one([0, 1, 2, 3, 4])] }, following);
      default:
        this.version++;
        return this.show(
          {
            ...site!,
            line: site!.line + 1,
            offset: site!.offset + 3,
            lineText: `a = ${site!.lineText}`.slice(-60),
          },
          structuredClone(strip),
          following,
        );
    }
  }

  show(site: ShownSite, strip: ShownStrip | null, following: boolean): ToWebview {
    return { ...show(site, this.version, uri, strip), following } as ToWebview;
  }

  async between(): Promise<void> {
    while (this.draw.uniform() < 0.6) await this.tell(this.quiet());
  }

  focusKey(): Promise<string | undefined> {
    return this.page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.key);
  }

  async check(but: readonly (keyof PreviewState)[] = []): Promise<PreviewState> {
    const saved = (await this.page.evaluate("savedState()")) as PreviewState;
    for (const name of Object.keys(this.state) as (keyof PreviewState)[]) {
      if (but.includes(name)) continue;
      const wanted = this.state[name];
      const plain = wanted === undefined ? undefined : JSON.parse(JSON.stringify(wanted));
      assert.deepEqual(saved[name], plain, `${name} after\n${this.log.slice(-12).join("\n")}`);
    }
    const open = await this.page.evaluate(() =>
      [...document.querySelectorAll<HTMLDetailsElement>("details[open]")].map(
        (node) => node.querySelector<HTMLElement>("summary")!.dataset.key,
      ),
    );
    for (const key of open) assert.ok(this.state.unfolded.includes(key?.slice(5) as Fold), `${key} is open`);
    return saved;
  }

  /** Space goes down on a control, messages come, it goes up. */
  async press(): Promise<void> {
    const keys = await this.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("button[data-key], summary[data-key]")]
        .filter((node) => node.checkVisibility({ visibilityProperty: true }) && !node.matches(":disabled"))
        .map((node) => node.dataset.key!),
    );
    const key = this.one(keys.filter((one) => one === "reveal" || pressed(one, this.state) !== undefined));
    const selector = `[data-key="${key}"]`;
    this.log.push(`press ${key}`);
    await this.page.focus(selector);
    await this.page.keyboard.down("Space");
    await this.between();
    const stays = await this.page.locator(selector).isVisible();
    await this.page.keyboard.up("Space");
    if (key === "reveal") {
      this.revealed++;
      const sent = await this.page.evaluate("sent.filter(({ type }) => type === 'reveal').length");
      assert.equal(sent, this.revealed, "the way to the code");
    }
    const action = pressed(key, this.state);
    if (stays && action) {
      this.act(action);
      await this.check();
    } else this.state = await this.check(["unfolded"]);
  }

  /** Digit by digit: what is not a number yet stays too. */
  async type(): Promise<void> {
    const fields = this.page.locator("input[type=number]:visible");
    if ((await fields.count()) === 0) return;
    const field = fields.first();
    const name = ((await field.getAttribute("data-key")) ?? "").replace(/^parameter-|-number$/g, "");
    const text = this.one(["0.05", "-0.25", "1.50", "0.002", "1e-3"]);
    this.log.push(`type ${text} into ${name}`);
    await field.focus();
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.press("Delete");
    for (const letter of text) {
      await this.between();
      await this.page.keyboard.type(letter);
    }
    await this.between();
    assert.equal(await field.inputValue(), text, this.log.slice(-12).join("\n"));
    this.act({ type: "parameter", name, value: Number(text) });
    await this.check();
  }

  async choose(): Promise<void> {
    const setting = this.one(["weights", "activation", "inputScale", "clipNorm", "bias"] as const);
    const select = this.page.locator(`[data-key="what-if-${setting}"]`);
    if (!(await select.isVisible())) return;
    const before = await select.evaluate((node) => (node as HTMLSelectElement).selectedIndex);
    const count = await select.evaluate((node) => (node as HTMLSelectElement).options.length);
    const down = before === 0 || (before < count - 1 && this.draw.uniform() < 0.5);
    this.log.push(`choose ${setting} ${before} ${down ? "down" : "up"}`);
    await select.focus();
    await this.between();
    await this.page.keyboard.press(down ? "ArrowDown" : "ArrowUp");
    await this.between();
    const now = await select.evaluate((node) => (node as HTMLSelectElement).selectedIndex);
    assert.equal(now, before + (down ? 1 : -1), this.log.slice(-12).join("\n"));
    const saved = await this.check(["whatIf", "writable"]);
    assert.equal(setting in saved.whatIf, now > 0, "the first choice is that of the code");
    this.state = { ...this.state, whatIf: saved.whatIf, writable: saved.writable };
  }

  async slide(): Promise<void> {
    const key = this.one(["what-if-learningRate", "what-if-depth", "x"]);
    const slider = this.page.locator(`[data-key="${key}"]`);
    if (!(await slider.isVisible())) return;
    this.log.push(`slide ${key}`);
    await slider.focus();
    for (let step = 0; step < 3; step++) {
      const before = await slider.inputValue();
      const isLeast = before === (await slider.getAttribute("min"));
      await this.page.keyboard.press(isLeast ? "ArrowRight" : "ArrowLeft");
      assert.notEqual(await slider.inputValue(), before);
      const saved = await this.check(key === "x" ? ["probe"] : ["whatIf", "writable"]);
      this.state = { ...this.state, probe: saved.probe, whatIf: saved.whatIf, writable: saved.writable };
      const value = await slider.inputValue();
      await this.between();
      assert.equal(await slider.inputValue(), value, this.log.slice(-12).join("\n"));
      assert.equal(await this.focusKey(), key);
    }
  }

  async drag(): Promise<void> {
    const chart = this.page.locator(".canvas").first();
    await chart.scrollIntoViewIfNeeded();
    const box = (await chart.boundingBox())!;
    const { view } = this.state;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    this.log.push("drag");
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    for (const shift of [20, 40]) {
      await this.page.mouse.move(x + shift, y);
      await this.between();
    }
    await this.page.mouse.up();
    await this.page.mouse.move(x + 80, y);
    const saved = await this.check(["view", "probe"]);
    const moved = ((saved.view.from - view.from) / (view.to - view.from)) * (box.width - 60);
    assert.ok(Math.abs(moved + 40) < 1, `dragged by ${moved} px of −40\n${this.log.slice(-12).join("\n")}`);
    this.state = { ...this.state, view: saved.view, probe: saved.probe };
  }

  /** The cursor goes elsewhere in the code. */
  async elsewhere(): Promise<void> {
    this.version++;
    const other = this.one([leaky, riskySite, { ...leaky, parameters: { negative_slope: 0.1 } }]);
    const source = { uri, version: this.version };
    if (this.draw.uniform() < 0.2) {
      await this.tell({ type: "nothing", source, reason: "Nothing here.", strip: null, following: true });
      this.version++;
    }
    await this.tell(this.show(other, this.one([riskyStrip, riskyStrip, null]), this.state.following));
    if (this.draw.uniform() < 0.5 && this.state.curves.length < 4) {
      const id = this.one(activations);
      await this.page.selectOption('[data-key="add"]', id);
      this.act({ type: "add", activation: id });
    }
    await this.check();
  }
}

describe("a person and the host at the same time", { concurrency: 2, skip: skipWithoutBrowser }, () => {
  for (const seed of [1, 2])
    test(`gestures and messages drawn with seed ${seed}`, async () => {
      const draw = random(seed, "races");
      const first = show(leaky, 1, uri, riskyStrip);
      let opened = await open(shared.browser, shared.script, themes.dark!, {
        initial: first,
        width: 900,
        height: 1400,
      });
      let session = new Session(opened.page, draw, reduce(initialState, first));
      for (let turn = 0; turn < GESTURES; turn++) {
        const gestures = [
          ...Array.from({ length: 5 }, () => () => session.press()),
          () => session.type(),
          () => session.choose(),
          () => session.slide(),
          () => session.drag(),
          () => session.elsewhere(),
        ];
        await session.one(gestures)();
        if (turn % 20 !== 19) continue;
        // Hidden and shown again: another page with the state that was kept.
        const saved = JSON.parse(JSON.stringify(await session.check()));
        assert.deepEqual(opened.faults, []);
        await opened.page.close();
        opened = await open(shared.browser, shared.script, themes.dark!, {
          initial: null,
          saved,
          width: 900,
          height: 1400,
        });
        const again = new Session(opened.page, draw, restore(saved)!);
        again.version = session.version;
        session = again;
        await session.check();
        await session.tell(
          session.show(session.state.site ?? leaky, session.state.strip, session.state.following),
        );
      }
      assert.deepEqual(opened.faults, []);
      await opened.page.close();
    });
});

const GESTURES = 40;
