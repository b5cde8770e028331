import type { Page } from "playwright-core";

export interface Memory {
  /** Bytes of JavaScript's heap after a collection of its garbage. */
  readonly heap: number;
  /** Of the page and of what is still referred to. */
  readonly nodes: number;
  readonly listeners: number;
}

/** What a page keeps. */
export async function memoryOf(page: Page): Promise<Memory> {
  const session = await page.context().newCDPSession(page);
  const collect = async (): Promise<Memory> => {
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    const { nodes, jsEventListeners } = await session.send("Memory.getDOMCounters");
    return { heap: usedSize, nodes, listeners: jsEventListeners };
  };
  // What a round frees may have held more, and the frame that is drawn still holds what it showed.
  const rounds: Memory[] = [];
  for (let round = 0; round < 5; round++) rounds.push(await collect());
  await session.detach();
  const least = (pick: (memory: Memory) => number) => Math.min(...rounds.map(pick));
  return {
    heap: least(({ heap }) => heap),
    nodes: least(({ nodes }) => nodes),
    listeners: least(({ listeners }) => listeners),
  };
}
