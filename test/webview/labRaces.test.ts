/** The lab while messages come: buttons pressed at any moment, networks that change, numbers that are half typed. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { analyze } from "../../src/engine/index.ts";
import { describeStrip } from "../../src/host/preview/describeStrip.ts";
import { random } from "../../src/lab/random.ts";
import type { ToWebview } from "../../src/protocol.ts";
import { open, share, skipWithoutBrowser } from "./browser.ts";
import { riskySite, show } from "./samples.ts";
import { themes } from "./themes.ts";

const shared = share();

const written = (name: string, width: number) => `import torch
from torch import nn
${name} = nn.Sequential(nn.Linear(30, ${width}), nn.ReLU(), nn.Linear(${width}, 2))
optimizer = torch.optim.Adam(${name}.parameters(), lr=0.05)
`;
const strips = [written("first", 16), written("second", 24)].map((text) =>
  describeStrip(analyze({ path: "model.py", text }).networks[0]!, [0], 32),
);
const TURNS = 70;

describe("the lab while messages come", { skip: skipWithoutBrowser }, () => {
  test("its buttons, its results and its fields say what is so", async () => {
    const draw = random(7, "lab races");
    const one = <T>(all: readonly T[]): T => all[Math.floor(draw.uniform() * all.length)]!;
    const uri = "file:///model.py";
    let version = 1;
    let shown: (typeof strips)[number] | null = strips[0]!;
    const told = (): ToWebview => show(riskySite, ++version, uri, shown);
    const { page, faults } = await open(shared.browser, shared.script, themes.dark!, {
      initial: told(),
      width: 900,
      lab: shared.lab,
    });
    const log: string[] = [];
    const tell = async (strip: typeof shown) => {
      shown = strip;
      log.push(`show ${strip?.name}`);
      await page.evaluate((data) => window.dispatchEvent(new MessageEvent("message", { data })), told());
    };
    await page.locator(".try-it > summary").click();
    await page.locator("[data-key=lab-start]").waitFor();
    let trained = "";

    const press = async (name: string) => {
      const control = page.locator(`[data-key="lab-${name}"]`);
      if (!(await control.isVisible()) || (await control.isDisabled())) return;
      log.push(`press ${name}`);
      if (name === "start") trained = shown!.name;
      // By script: a button may go as soon as it is seen.
      await control.evaluate((node) => (node as HTMLElement).click());
    };
    const check = async () => {
      const seen = await page.evaluate(async () => {
        // Results are drawn with the next frame.
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        const isSeen = (key: string) =>
          !document.querySelector<HTMLElement>(`[data-key="lab-${key}"]`)!.hidden;
        return {
          start: isSeen("start"),
          others: [isSeen("pause"), isSeen("cancel"), !document.querySelector("progress")!.hidden],
          locked: document.querySelector<HTMLSelectElement>("#lab-subject")!.disabled,
          own: document.querySelector("#lab-subject option")!.textContent,
          title: document.querySelector(".lab-results h3")!.textContent,
        };
      });
      const words = `${JSON.stringify(seen)} after\n${log.slice(-10).join("\n")}`;
      assert.deepEqual(seen.others, Array(3).fill(!seen.start), words);
      assert.equal(seen.locked, !seen.start, words);
      assert.equal(seen.own, shown ? `${shown.name} (this code)` : "None read in this code", words);
      if (seen.title) assert.equal(seen.title, trained, words);
    };
    const toggle = async (id: string) => {
      const box = page.locator(`[data-key="lab-${id}"]`);
      if (!(await box.isVisible()) || (await box.isDisabled())) return;
      const before = await box.isChecked();
      log.push(`check ${id}`);
      await box.focus();
      await page.keyboard.down("Space");
      await tell(shown === strips[0] ? strips[1]! : strips[0]!);
      await page.keyboard.up("Space");
      assert.equal(await box.isChecked(), !before, log.slice(-10).join("\n"));
    };
    const type = async (id: string, text: string) => {
      const field = page.locator(`#lab-${id}`);
      if (await field.isDisabled()) return;
      log.push(`type ${text}`);
      await field.focus();
      await page.keyboard.press("Control+A");
      for (const letter of text) {
        await page.keyboard.type(letter);
        await tell(one(strips));
      }
      assert.equal(await field.inputValue(), text, log.slice(-10).join("\n"));
      await page.keyboard.press("Tab");
    };

    for (let turn = 0; turn < TURNS; turn++) {
      await one([
        () => press("start"),
        () => press("start"),
        () => press("pause"),
        () => press("pause"),
        () => press("cancel"),
        () => tell(one([...strips, null])),
        () => toggle(one(["elu", "tanh", "prelu"])),
        () => type("seeds", one(["2", "12"])),
        () => type("steps", one(["40", "130"])),
        () => page.waitForTimeout(one([5, 60])),
      ])();
      await check();
    }
    await press("cancel");
    await type("seeds", "3");
    await type("steps", "20");
    await tell(strips[0]!);
    await press("start");
    await page.waitForFunction(() =>
      document.querySelector(".lab-verdict")?.textContent?.startsWith("3 of 3 seeds"),
    );
    assert.equal(await page.locator(".lab-results > .lab-what").isVisible(), false);
    await tell(strips[1]!);
    await page.locator(".lab-results > .lab-what").waitFor();
    await page.locator("[data-key=lab-start]").waitFor();
    assert.equal(page.workers().length, 0);
    assert.deepEqual(faults, []);
    await page.close();
  });
});
