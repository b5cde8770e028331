/** The lab within the preview's page: what it keeps after many runs, and whether the page stays free while it trains. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { analyze } from "../../src/engine/index.ts";
import type { Network } from "../../src/engine/model.ts";
import { describeStrip } from "../../src/host/preview/describeStrip.ts";
import type { LabFiles } from "../../src/protocol.ts";
import type { LabModule } from "../../webview/lab/main.ts";
import { open, share, skipWithoutBrowser } from "./browser.ts";
import { memoryOf } from "./memory.ts";
import { riskySite, show } from "./samples.ts";
import { themes } from "./themes.ts";

const shared = share();

interface Inside {
  readonly activationLensLab: LabModule;
  /** Characters of all that workers have sent, as JSON. */
  sent: number;
}

const { networks } = analyze({
  path: "model.py",
  text: `import torch
from torch import nn
net = nn.Sequential(nn.Linear(30, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 2))
optimizer = torch.optim.Adam(net.parameters(), lr=0.05)
`,
});

/** With workers whose messages are counted. */
async function opened() {
  const made = await open(shared.browser, shared.script, themes.dark!, {
    initial: show(riskySite, 1, "file:///model.py", describeStrip(networks[0]!, [0], 32)),
    width: 900,
    lab: shared.lab,
  });
  await made.page.evaluate(() => {
    const inside = globalThis as unknown as Inside;
    inside.sent = 0;
    globalThis.Worker = class extends Worker {
      constructor(address: string | URL) {
        super(address);
        this.addEventListener("message", ({ data }) => {
          inside.sent += JSON.stringify(data).length;
        });
      }
    };
  });
  await made.page.locator(".try-it > summary").click();
  return made;
}

const train = (page: Page) => page.locator("[data-key=lab-start]");

async function fill(page: Page, settings: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    await page.getByLabel(name, { exact: true }).fill(String(value));
    await page.getByLabel(name, { exact: true }).press("Tab");
  }
}

const cycles = 20;

/** Measurements that all show more than the one before: then something is kept. */
const ATTEMPTS = 3;

/**
 * What the page keeps after many cycles beside what it kept before them. A cycle that is over has nothing to keep: no
 * node or listener, and less of the heap than if each were kept.
 *
 * @param held bytes that a cycle holds while it lasts, at the least
 */
async function assertKeepsNothing(
  page: Page,
  cycle: (count: number) => Promise<void>,
  held: () => Promise<number>,
  tell: (words: string) => void,
): Promise<void> {
  // Code that is compiled, and tables that are made on first use.
  await cycle(cycles);
  let before = await memoryOf(page);
  let bound: number | undefined;
  for (let attempt = 1; ; attempt++) {
    await cycle(cycles);
    const now = await memoryOf(page);
    bound ??= cycles * (await held());
    const words = `${cycles} cycles: heap ${now.heap - before.heap} bytes more, at most ${Math.round(bound)}; nodes ${before.nodes} to ${now.nodes}, listeners ${before.listeners} to ${now.listeners}`;
    tell(words);
    const keeps =
      now.nodes > before.nodes || now.listeners > before.listeners || now.heap - before.heap >= bound;
    // A moment may hold what it shows, and a busy machine be late to let go. What is kept is kept by all cycles.
    if (!keeps) break;
    assert.ok(attempt < ATTEMPTS, words);
    before = await memoryOf(page);
  }
  assert.equal(page.workers().length, 0);
}

describe("the lab in the page", { skip: skipWithoutBrowser }, () => {
  test("takes the batch size of the code, and says so", async () => {
    const { page, faults } = await opened();
    await page.getByText("Batches of 32, as in the code.").waitFor();
    await fill(page, { Seeds: 1, Steps: 10 });
    await train(page).click();
    await page.getByText("10 steps with batches of 32 on Breast cancer").waitFor();
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("20 times opened, cancelled, trained and closed keeps the last run alone", async (context) => {
    const { page, faults } = await opened();
    await train(page).waitFor();
    await fill(page, { Seeds: 2, Steps: 50 });
    await page.locator(".try-it > summary").click();
    const cycle = (count: number) => page.evaluate(openTrainClose, count);
    // What the workers of all cycles have sent, which is what is drawn; numbers take half of their digits in JSON.
    const sent = () => page.evaluate(() => (globalThis as unknown as Inside).sent);
    const held = async () => (await sent()) / 2 / (2 * cycles);
    await assertKeepsNothing(page, cycle, held, (words) => context.diagnostic(words));
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("20 times mounted and disposed of while it trains keeps nothing", async (context) => {
    const { page, faults } = await opened();
    await train(page).waitFor();
    const network = networks[0]!;
    const cycle = (count: number) => page.evaluate(mountDispose, { network, count });
    const held = async () => {
      const { heap } = await memoryOf(page);
      await page.evaluate(mount, { network, count: cycles });
      return ((await memoryOf(page)).heap - heap) / cycles;
    };
    await assertKeepsNothing(page, cycle, held, (words) => context.diagnostic(words));
    assert.deepEqual(faults, []);
    await page.close();
  });

  test("the page stays free while it trains: no task takes 100 ms", async (context) => {
    const { page, faults } = await opened();
    await train(page).waitFor();
    await fill(page, { Seeds: 3, Steps: 300 });
    const training = await tasksDuring(page, async () => {
      await train(page).click();
      await page.locator("progress").waitFor();
      await train(page).waitFor({ timeout: 120_000 });
    });
    const busy = await tasksDuring(page, () =>
      page.evaluate(async () => {
        const end = performance.now() + 400;
        while (performance.now() < end);
        // A task is in the trace when it is over.
        await new Promise((resolve) => setTimeout(resolve));
      }),
    );
    context.diagnostic(`longest: ${training.toFixed(1)} ms of ${busy.toFixed(1)} ms that are seen`);
    assert.ok(training < 100, `${training} ms`);
    assert.ok(busy >= 100, `a busy page is not seen: ${busy} ms`);
    assert.deepEqual(faults, []);
    await page.close();
  });
});

/** Runs in the page, without the test's own calls between, which would be kept as well. */
async function openTrainClose(count: number): Promise<void> {
  const at = (selector: string) => document.querySelector<HTMLElement>(selector)!;
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const isTraining = () => !at("[data-key=lab-cancel]").hidden;
  for (let cycle = 0; cycle < count; cycle++) {
    at(".try-it > summary").click();
    at("[data-key=lab-start]").click();
    await until(() => (document.querySelector("progress")?.value ?? 0) > 0);
    at("[data-key=lab-cancel]").click();
    await until(() => !isTraining());
    at("[data-key=lab-start]").click();
    await until(() => !isTraining());
    at(".try-it > summary").click();
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }
}

/** Runs in the page. */
async function mountDispose({ network, count }: { network: Network; count: number }): Promise<void> {
  const { activationLensLab } = globalThis as unknown as Inside;
  const { worker } = JSON.parse(document.body.dataset.lab!) as LabFiles;
  const host = document.createElement("div");
  document.body.append(host);
  for (let cycle = 0; cycle < count; cycle++) {
    const made = activationLensLab.mountLab(host, {
      subject: { network },
      settings: { seeds: 20, steps: 1000 },
      makeWorker: () => activationLensLab.blobWorker(worker),
    });
    host.querySelector<HTMLElement>("[data-key=lab-start]")!.click();
    while ((host.querySelector("progress")?.value ?? 0) === 0) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    made.dispose();
  }
  host.remove();
}

/** Runs in the page: as many labs, which stay. */
function mount({ network, count }: { network: Network; count: number }): void {
  const { activationLensLab } = globalThis as unknown as Inside;
  for (let each = 0; each < count; each++) {
    const host = document.createElement("div");
    document.body.append(host);
    const makeWorker = () => Promise.reject(new Error("nothing is trained here"));
    activationLensLab.mountLab(host, { subject: { network }, makeWorker });
  }
}

/**
 * The longest task of the page's main thread, in milliseconds of its own time: by the clock a task is also as long as
 * other processes take the machine from it.
 */
async function tasksDuring(page: Page, act: () => Promise<void>): Promise<number> {
  await shared.browser.startTracing(page, { categories: ["toplevel", "__metadata"] });
  await act();
  const { traceEvents } = JSON.parse((await shared.browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  const mains = traceEvents.filter(
    ({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain",
  );
  const isMain = ({ pid, tid }: TraceEvent) => mains.some((main) => main.pid === pid && main.tid === tid);
  const tasks = traceEvents.filter(({ name, tdur }) => /RunTask$/.test(name) && tdur !== undefined);
  return Math.max(0, ...tasks.filter(isMain).map(({ tdur }) => tdur! / 1000));
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the thread's own time. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}
