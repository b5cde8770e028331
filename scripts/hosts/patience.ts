import type { Locator, Page } from "playwright-core";

const LIMIT_MS = 15_000;
const EFFECT_MS = 10_000;
const ATTEMPTS = 3;

/** Reads until the value will do, once a frame: for what is drawn a page has no event. */
export async function eventually<T>(
  page: Page,
  what: string,
  read: () => Promise<T>,
  willDo: (value: T) => boolean,
  ms = LIMIT_MS,
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const value = await read();
    if (willDo(value)) return value;
    if (Date.now() > end) throw new Error(`${what}: after ${ms / 1000} s still ${JSON.stringify(value)}`);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

/**
 * Acts until the effect is seen. A workbench that is just redrawing drops a click or a key without a word, and a person
 * does it again. Said each time, so that a fault of the extension can't hide behind it.
 */
export async function insist(what: string, act: () => Promise<void>, effect: Locator): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await act();
    try {
      await effect.waitFor({ timeout: EFFECT_MS });
      return;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      console.log(`nothing came of attempt ${attempt}: ${what}`);
    }
  }
}
