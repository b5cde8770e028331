// Uses the packaged extension in the newest VS Code as a person would, and looks: out/shots has a picture of each
// theme. On another file: node scripts/run.mjs ui --folder DIR --file FILE [--out DIR]
// Only the time from a key to the preview's redraw: node scripts/run.mjs ui --typing
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { launchBrowser } from "./hosts/browser.ts";
import { remoteUri, type Server, startCodeServer, workbenchUrl } from "./hosts/codeServer.ts";
import {
  click,
  drawnShare,
  hover,
  lenses,
  lensSelector,
  quickFix,
  redrawTimer,
  themed,
  themes,
  visibleCode,
  webview,
  word,
} from "./hosts/editorPage.ts";
import { eventually, insist } from "./hosts/patience.ts";
import { exampleFile, examples, packageFile, root, runScript } from "./hosts/project.ts";
import { typingTimes } from "./hosts/typing.ts";
import { screenshot, shotsFolder } from "./hosts/workbench.ts";

const { values } = parseArgs({
  options: {
    folder: { type: "string" },
    file: { type: "string" },
    out: { type: "string" },
    typing: { type: "boolean" },
  },
});
const folder = path.resolve(values.folder ?? examples);
const file = values.file ?? exampleFile;
const out = path.resolve(values.out ?? shotsFolder);
/** What is known about the project's own example can't be asked of any file. */
const isOwnExample = values.folder === undefined && values.file === undefined;
if (!existsSync(path.join(folder, file))) throw new Error(`${path.join(folder, file)} does not exist`);

let passed = 0;
let failed = 0;

async function check(page: Page, what: string, work: () => Promise<string>): Promise<void> {
  const start = Date.now();
  try {
    const seen = await work();
    passed++;
    console.log(`ok ${what} (${Date.now() - start} ms)${seen === "" ? "" : `: ${seen}`}`);
  } catch (error) {
    failed++;
    console.error(`FAILED ${what}: ${String(error)}`);
    console.error(`screenshot: ${await screenshot(page, `failed-${failed}`, out)}`);
  }
}

function expect(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

async function use(page: Page, server: Server): Promise<void> {
  // The last line of a page that the content policy refused names the policy.
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text()) && /activation/i.test(message.text())) {
      refused.push(message.text());
    }
  });
  await page.goto(
    workbenchUrl(server.url, folder, [["openFile", remoteUri(server, path.join(folder, file))]]),
  );

  await check(page, "code lenses appear", async () => {
    const texts = await lenses(page, isOwnExample ? "ReLU" : "", 90_000);
    return `${texts.length} visible, first ${JSON.stringify(texts[0])}`;
  });

  if (isOwnExample) {
    await check(page, "the finding is underlined", async () => {
      const squiggle = page.locator(".squiggly-warning, .squiggly-info").first();
      await squiggle.waitFor({ state: "attached", timeout: 20_000 });
      return "";
    });
    await check(page, "the hover has formula and gradient", async () => {
      const text = await hover(page, "ReLU", "Gradient");
      expect(/max\(0, x\)/.test(text), `no formula in ${text}`);
      return text.split("\n")[0] ?? "";
    });
  } else {
    await check(page, "the first lens shows its details", async () => {
      const shown = page.locator(".monaco-hover:visible").first();
      await insist("click on the lens", () => click(page, page.locator(lensSelector).first()), shown);
      return (await shown.innerText()).split("\n")[0] ?? "";
    });
  }
  await screenshot(page, "hover", out);
  await page.keyboard.press("Escape");

  await check(page, "the lens opens the preview, which draws the function", async () => {
    const lens = page.locator(lensSelector, { hasText: /^Preview$/ }).nth(isOwnExample ? 1 : 0);
    const inside = webview(page);
    const title = inside.locator("h1", { hasText: isOwnExample ? /^ReLU$/ : /\S/ });
    await insist("click on Preview", () => click(page, lens), title);
    const share = await drawnShare(page, inside.locator("canvas").first());
    return `${await title.innerText()}, ${Math.round(100 * share)} % of the chart drawn`;
  });

  await check(page, "a second function is compared and its slider moves it", async () => {
    const inside = webview(page);
    await inside.locator("[data-key=add]").selectOption("leaky_relu", { timeout: 15_000 });
    const slider = inside.locator("#parameter-negative_slope");
    await slider.waitFor({ timeout: 15_000 });
    const before = await slider.inputValue();
    await slider.press("ArrowRight");
    const after = await eventually(
      page,
      "the slider",
      () => slider.inputValue(),
      (value) => value !== before,
    );
    return `slope ${before} to ${after}`;
  });

  if (isOwnExample) {
    await check(page, "a box of the strip leads to its layer, and is marked", async () => {
      const box = webview(page).locator("[data-key=layer-2]");
      await box.click();
      await page.locator(".active-line-number", { hasText: /^14$/ }).waitFor();
      await webview(page).locator("[data-key=layer-2][aria-current]").waitFor();
      return (await box.getAttribute("aria-label")) ?? "";
    });
    await check(page, "the tree shows the network, and a layer of it leads to the code", async () => {
      await page.locator(".pane-header", { hasText: /^Networks/i }).click();
      const row = (text: string) => page.locator(".pane-body .monaco-list-row", { hasText: text }).first();
      await row("9 layers").waitFor();
      await row("1 · dense 784 → 128").click();
      await page.locator(".active-line-number", { hasText: /^10$/ }).waitFor();
      await webview(page).locator("[data-key=layer-0][aria-current]").waitFor();
      return row("9 layers").innerText();
    });
  }

  if (isOwnExample) {
    const before = await visibleCode(page);
    const inside = webview(page);
    await check(page, "a setting that is tried out is written into the code, and undone", async () => {
      await inside.locator("[data-key=what-if-activation]").selectOption({ label: "Leaky ReLU" });
      const write = inside.locator("[data-key=write-activation]");
      await write.waitFor();
      const words = (await inside.locator(".summary").innerText()).trim();
      await screenshot(page, "what-if", out);
      await write.click();
      await page.locator(".view-line", { hasText: "nn.LeakyReLU(" }).first().waitFor();
      await click(page, word(page, "LeakyReLU"));
      const undone = async () => {
        await page.keyboard.press("Control+z");
        return visibleCode(page);
      };
      await eventually(page, "the code", undone, (code) => code === before);
      return words;
    });
    await check(page, "the lab trains the network in a worker, and says what came out", async () => {
      await inside.locator(".try-it > summary").click();
      await inside.locator("#lab-seeds").fill("3");
      await inside.locator("#lab-steps").fill("30");
      await inside.locator("[data-key=lab-start]").click();
      const verdict = inside.locator(".lab-verdict");
      await verdict.filter({ hasText: /3 of 3 seeds/ }).waitFor({ timeout: 120_000 });
      await screenshot(page, "lab", out);
      const words = await verdict.innerText();
      await inside.locator(".try-it > summary").click();
      return words.trim();
    });
    await check(page, "another preview stays with its line, and closes", async () => {
      await inside.locator("[data-key=another]").click();
      const tabs = page.locator(".tab", { hasText: / – / });
      await eventually(
        page,
        "two previews",
        () => tabs.count(),
        (count) => count === 2,
      );
      await webview(page).locator("[data-key=pin][aria-pressed=true]").waitFor();
      await page.locator(".tab.active", { hasText: / – / }).click({ button: "middle" });
      await eventually(
        page,
        "one preview",
        () => tabs.count(),
        (count) => count === 1,
      );
      return "";
    });
  }

  for (const [name, theme] of Object.entries(themes)) {
    await check(page, `theme ${name}`, async () => {
      server.configure({ ...settings, "workbench.colorTheme": theme.setting });
      await themed(page, theme);
      await drawnShare(page, webview(page).locator("canvas").first());
      return screenshot(page, name, out);
    });
  }

  if (isOwnExample) {
    const before = await visibleCode(page);
    await check(page, "Ctrl+. rewrites nn.ReLU()", async () => {
      await quickFix(page, "ReLU", /Switch to Leaky ReLU \(negative_slope=0\.01\)/);
      await page.locator(".view-line", { hasText: "nn.LeakyReLU(negative_slope=0.01)" }).first().waitFor();
      await screenshot(page, "fixed", out);
      return "";
    });
    await check(page, "lens and preview follow the typing", async () => {
      // From the end of `nn.LeakyReLU(negative_slope=0.01),` to its figure.
      await click(page, word(page, "LeakyReLU"));
      for (const key of ["End", "ArrowLeft", "ArrowLeft"]) await page.keyboard.press(key);
      const redraw = await redrawTimer(page, "Leaky ReLU 0.017");
      const start = Date.now();
      await page.keyboard.press("7");
      const lens = page.locator(lensSelector, { hasText: "Leaky ReLU 0.017" }).first();
      const chip = webview(page).getByText("Leaky ReLU 0.017").first();
      await Promise.all([lens.waitFor(), chip.waitFor()]);
      const lensMs = Date.now() - start;
      const redrawMs = await redraw();
      await page.keyboard.press("Control+z");
      await lens.waitFor({ state: "detached" });
      return `keystroke to lens ${lensMs} ms, to the preview’s redraw ${redrawMs} ms`;
    });
    await check(page, "undo brings the code back", async () => {
      await page.keyboard.press("Control+z");
      await eventually(
        page,
        "the code",
        () => visibleCode(page),
        (code) => code === before,
      );
      return "";
    });
  }

  if (isOwnExample) {
    await check(page, "a reload brings the preview back as it was", async () => {
      const chips = () => webview(page).locator(".chip").allInnerTexts();
      const before = await eventually(
        page,
        "the preview after the undo",
        async () => (await chips()).join(),
        (text) => text.startsWith("ReLU,"),
      );
      // Without the file that was asked for at the start, which would be all that is opened.
      await page.goto(workbenchUrl(server.url, folder, []));
      await eventually(
        page,
        "what was compared",
        async () => (await chips()).join(),
        (text) => text === before,
      );
      return before;
    });
    await check(page, "it moves to a window of its own, and is drawn there", async () => {
      const opened = page.context().waitForEvent("page");
      await webview(page).locator("[data-key=window]").click();
      const other = await opened;
      const share = await drawnShare(other, webview(other).locator("canvas").first());
      await screenshot(other, "window", out);
      await other.close();
      return `${Math.round(100 * share)} % of the chart drawn`;
    });
  }

  await check(page, "the content policy refused nothing of the preview", async () => {
    expect(refused.length === 0, refused.join("\n"));
    return "";
  });
}

/** VS Code on the web saves by itself unless told otherwise, and this must not change the files it tries out. */
const settings = { "files.autoSave": "off" };

try {
  runScript("package");
  const server = await startCodeServer("newest", { kind: "user", vsix: packageFile });
  server.configure(settings);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(15_000);
    if (!values.typing) await use(page, server);
    if (isOwnExample) {
      await check(page, "from key to redraw, on 500 lines", () => typingTimes(page, server));
    }
  } finally {
    await browser.close();
    await server.group.stop();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  failed++;
}
console.log(`screenshots: ${path.relative(root, out)}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
