import type { FrameLocator, Locator, Page } from "playwright-core";
import { eventually, insist } from "./patience.ts";

/** The parts of a workbench as a person finds them, by what they show; nothing here knows the extension's code. */

export const lensSelector = ".codelens-decoration a";

/** Waits for a code lens with `part`; returns the texts of all, at one moment: while they are redrawn there are none. */
export function lenses(page: Page, part: string, ms: number): Promise<readonly string[]> {
  return eventually(
    page,
    `a lens with ${JSON.stringify(part)}`,
    () => page.locator(lensSelector).allInnerTexts(),
    (texts) => texts.some((text) => text.includes(part)),
    ms,
  );
}

/** Visible code; editors draw spaces as no-break spaces. */
export async function visibleCode(page: Page): Promise<string> {
  const lines = await page.locator(".view-lines .view-line").allInnerTexts();
  return lines.join("\n").replaceAll("\u00a0", " ");
}

/** A word of the code, as drawn. */
export function word(page: Page, text: string): Locator {
  return page.locator(".view-line span span", { hasText: text }).first();
}

/** Clicks, from afar: a hover on which the mouse still rests would lie above the target. */
export async function click(page: Page, target: Locator): Promise<void> {
  await page.mouse.move(2, 2);
  await target.click();
}

/** Rests the mouse on a word until its hover holds `part`, and returns the hover's text. */
export async function hover(page: Page, text: string, part: string): Promise<string> {
  const shown = page.locator(".monaco-hover:visible", { hasText: part }).first();
  // A lens that comes late moves the lines, and the word away from the mouse.
  const rest = async () => {
    await page.mouse.move(2, 2);
    await word(page, text).hover();
  };
  await insist(`hover on ${text}`, rest, shown);
  return shown.innerText();
}

/** Waits for the light bulb beside a word. */
async function lightBulb(page: Page, beside: Locator): Promise<void> {
  const bulb = page.locator(".lightBulbWidget:visible, [class*=codicon-gutter-lightbulb]:visible").first();
  const distance = async () => {
    if ((await bulb.count()) === 0) return null;
    const [a, b] = await Promise.all([bulb.boundingBox(), beside.boundingBox()]);
    return a && b ? Math.abs(a.y - b.y) / b.height : null;
  };
  await eventually(page, "lines to the light bulb", distance, (lines) => lines !== null && lines < 0.5);
}

/** Puts the cursor on a word and chooses from the menu of the light bulb. */
export async function quickFix(page: Page, text: string, title: RegExp): Promise<readonly string[]> {
  const menu = page.locator(".action-widget:not(.action-list-submenu-panel)");
  const item = menu.locator(".monaco-list-row", { hasText: title }).first();
  const target = word(page, text);
  const open = async () => {
    await page.keyboard.press("Escape");
    await click(page, target);
    // 250 ms after the cursor has moved VS Code asks for actions by itself, to draw the bulb. A menu that is asked for
    // while that question is open, or shortly before, never opens: one answer displaces the other.
    await lightBulb(page, target);
    await page.keyboard.press("Control+.");
  };
  await insist(`Ctrl+. on ${text}`, open, item);
  const offered = await menu.locator(".monaco-list-row.action").allInnerTexts();
  await item.click();
  await menu.waitFor({ state: "hidden", timeout: 15_000 });
  return offered.map((line) => line.trim());
}

/** Inside a webview: the workbench's frame holds another one, which is the extension's page. */
export function webview(page: Page): FrameLocator {
  return page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
}

/** Notes when a key goes down in the workbench, and when the preview first draws `text`; the answer is the time between. */
export async function redrawTimer(page: Page, text: string): Promise<() => Promise<number>> {
  type Clock = { lensKey?: number; lensDrawn?: number };
  await page.evaluate(() => {
    const note = () => {
      (window as Clock).lensKey = Date.now();
    };
    addEventListener("keydown", note, { capture: true });
  });
  const inside = webview(page).locator("main");
  await inside.evaluate((main, wanted) => {
    const drawn = (_: unknown, observer: MutationObserver) => {
      if (!main.textContent?.includes(wanted)) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        (window as Clock).lensDrawn = Date.now();
      });
    };
    new MutationObserver(drawn).observe(main, { childList: true, subtree: true, characterData: true });
  }, text);
  return async () => {
    const key = await page.evaluate(() => (window as Clock).lensKey ?? 0);
    const drawn = await inside.evaluate(() => (window as Clock).lensDrawn ?? 0);
    return drawn - key;
  };
}

export const themes = {
  light: { setting: "Default Light Modern", workbench: "vs", webview: "vscode-light" },
  dark: { setting: "Default Dark Modern", workbench: "vs-dark", webview: "vscode-dark" },
  "high-contrast-dark": {
    setting: "Default High Contrast",
    workbench: "hc-black",
    webview: "vscode-high-contrast",
  },
  "high-contrast-light": {
    setting: "Default High Contrast Light",
    workbench: "hc-light",
    webview: "vscode-high-contrast-light",
  },
} as const;

export type Theme = (typeof themes)[keyof typeof themes];

/** Waits until workbench and webview have taken a theme over. */
export async function themed(page: Page, theme: Theme): Promise<void> {
  await page.locator(`.monaco-workbench.${theme.workbench}`).waitFor({ timeout: 20_000 });
  await webview(page).locator(`body.${theme.webview}`).waitFor({ timeout: 20_000 });
}

/** Waits until a chart is drawn, and returns the share of the canvas's pixels that are. */
export function drawnShare(page: Page, canvas: Locator): Promise<number> {
  return eventually(
    page,
    "drawn share of the chart",
    () => canvas.evaluate(shareOfPixels),
    (share) => share > 0.005,
  );
}

/** Runs in the page, so it must stand for itself. */
function shareOfPixels(element: Element): number {
  const { width, height } = element as HTMLCanvasElement;
  const context = (element as HTMLCanvasElement).getContext("2d");
  const data = context?.getImageData(0, 0, width, height).data ?? [];
  let drawn = 0;
  for (let index = 3; index < data.length; index += 4) if (data[index] !== 0) drawn++;
  return drawn / Math.max(1, width * height);
}
