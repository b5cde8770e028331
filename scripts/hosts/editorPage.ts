import type { FrameLocator, Locator, Page } from "playwright-core";

/** The parts of a workbench as a person finds them, by what they show; nothing here knows the extension's code. */

export const lensSelector = ".codelens-decoration a";

/** Waits for code lenses and returns their texts. */
export async function lenses(page: Page, ms: number): Promise<readonly string[]> {
  await page.locator(lensSelector).first().waitFor({ timeout: ms });
  return page.locator(lensSelector).allInnerTexts();
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

/** Rests the mouse on a word until its hover holds `part`, and returns the hover's text. */
export async function hover(page: Page, text: string, part: string): Promise<string> {
  await page.mouse.move(2, 2);
  await word(page, text).hover();
  const shown = page.locator(".monaco-hover:visible", { hasText: part }).first();
  await shown.waitFor({ timeout: 15_000 });
  return shown.innerText();
}

/** Puts the cursor on a word and chooses from the menu of the light bulb. */
export async function quickFix(page: Page, text: string, title: RegExp): Promise<readonly string[]> {
  await word(page, text).click();
  await page.keyboard.press("Control+.");
  const menu = page.locator(".action-widget:not(.action-list-submenu-panel)");
  const item = menu.locator(".monaco-list-row", { hasText: title }).first();
  await item.waitFor({ timeout: 15_000 });
  const offered = await menu.locator(".monaco-list-row.action").allInnerTexts();
  await item.click();
  await menu.waitFor({ state: "hidden", timeout: 15_000 });
  return offered.map((line) => line.trim());
}

/** Inside a webview: the workbench's frame holds another one, which is the extension's page. */
export function webview(page: Page): FrameLocator {
  return page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
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

/** The share of a canvas's pixels that are drawn: a chart that failed is empty. */
export function drawnShare(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const context = (element as HTMLCanvasElement).getContext("2d");
    const data = context?.getImageData(0, 0, width, height).data ?? [];
    let drawn = 0;
    for (let index = 3; index < data.length; index += 4) if (data[index] !== 0) drawn++;
    return drawn / Math.max(1, width * height);
  });
}
