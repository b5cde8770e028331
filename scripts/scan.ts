// Scans a workspace of 50,000 files in a real workbench while somebody types in an open file, and says what a key then
// costs. Build first (`npm run build`).
//   node scripts/run.mjs scan [--files 50000] [--keys 40] [--host newest]
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import type { Change, Phase, Report } from "../test/host/bench/scan.ts";
import { remoteUri, startCodeServer, workbenchUrl } from "./hosts/codeServer.ts";
import { codeServers, isCodeServerName } from "./hosts/codeServerInstall.ts";
import { lensSelector } from "./hosts/editorPage.ts";
import { temporaryFolder } from "./hosts/processes.ts";
import { root } from "./hosts/project.ts";
import { writeTree } from "./hosts/tree.ts";
import { runSuites } from "./hosts/workbench.ts";

const { values } = parseArgs({
  options: {
    files: { type: "string", default: "50000" },
    keys: { type: "string", default: "40" },
    host: { type: "string", default: "newest" },
  },
});
const { host } = values;
if (!isCodeServerName(host)) throw new Error(`unknown host: ${host}`);

interface Key {
  /** Times of day, in ms. */
  readonly at: number;
  /** The lens shows what was typed; undefined: the next key came first. */
  readonly drawn: number | undefined;
}

interface Clock {
  lensKey?: number;
  lensDrawn?: number;
}

const keys: Key[] = [];
let isTyping = true;

/** Types into a number that the lens shows, until it is told to rest. */
async function type(page: Page): Promise<void> {
  await page.locator(lensSelector, { hasText: "Leaky ReLU 0.02" }).first().waitFor({ timeout: 60_000 });
  await page.evaluate((selector) => {
    const clock = window as Clock;
    const now = () => performance.timeOrigin + performance.now();
    const note = ({ timeStamp }: Event) => {
      clock.lensKey = performance.timeOrigin + timeStamp;
      delete clock.lensDrawn;
    };
    addEventListener("keydown", note, { capture: true });
    let before = "";
    new MutationObserver(() => {
      const text = [...document.querySelectorAll(selector)].map((lens) => lens.textContent).join();
      const shown = /Leaky\sReLU\s0\.02\d*/.exec(text)?.[0];
      if (shown === undefined || shown === before) return;
      before = shown;
      clock.lensDrawn ??= now();
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  }, lensSelector);
  for (let index = 0; isTyping; index++) {
    await page.keyboard.press(index % 2 === 0 ? "7" : "Backspace");
    // At no fixed distance, so that keys do not fall in step with anything.
    await page.waitForTimeout(1000 + 200 * Math.random());
    const { at, drawn } = await page.evaluate(() => {
      const { lensKey, lensDrawn } = window as Clock;
      return { at: lensKey ?? 0, drawn: lensDrawn };
    });
    keys.push({ at, drawn });
  }
}

const figures = (times: readonly number[]): string => {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(1);
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, fastest ${at(0)}, slowest ${at(1)}`;
};

/** A key and the change that it made: the last one before the change. */
const keyOf = ({ at }: Change): Key | undefined => keys.findLast((key) => key.at <= at + 2);

function tell(name: string, { changes, blocked, blocked99, rss, heap, external }: Phase): void {
  const pairs = changes.flatMap((change) => {
    const key = keyOf(change);
    return key ? [{ key, change }] : [];
  });
  const drawn = pairs.flatMap(({ key }) => (key.drawn === undefined ? [] : [key.drawn - key.at]));
  const line = (what: string, text: string) => console.log(`  ${what.padEnd(54)} ${text}`);
  console.log(`${name}: ${changes.length} keys; times in ms`);
  line("the extension's own work for a key", figures(changes.map(({ own }) => own)));
  const cpu = changes.flatMap((change) => change.cpu ?? []);
  if (cpu.length > 0) line("processor time of its thread from change to lenses", figures(cpu));
  line("key to change in the extension host", figures(pairs.map(({ key, change }) => change.at - key.at)));
  line("change to lenses, with the way to the editor and back", figures(changes.map(({ lenses }) => lenses)));
  line(
    "key to lenses, without the editor's delay",
    figures(pairs.map(({ key, change }) => change.at - key.at + change.lenses)),
  );
  line(`key to lens drawn, with it (${drawn.length} keys)`, figures(drawn));
  line("extension host blocked at most", `${blocked.toFixed(1)}, 99 % under ${blocked99.toFixed(1)}`);
  line("its memory", `${rss.toFixed(0)} MB, heap ${heap.toFixed(0)} MB, beside it ${external.toFixed(0)} MB`);
}

const folder = path.join(temporaryFolder(), "workspace");
mkdirSync(folder);
const made = writeTree(folder, Number(values.files));
console.log(
  `${made.files} files, ${made.networks} of them with networks, ${(made.bytes / 2 ** 20).toFixed(0)} MB`,
);

process.env.ACTIVATION_LENS_KEYS = values.keys;
const server = await startCodeServer(host, { kind: "tests" });
server.configure({ "files.autoSave": "off" });
let report: Report | undefined;
let failure: unknown;
try {
  const payload = [
    ["extensionDevelopmentPath", remoteUri(server, root)],
    ["extensionTestsPath", remoteUri(server, path.join(root, "out/host/scanBench.js"))],
    ["skipWelcome", "true"],
  ];
  const url = workbenchUrl(server.url, folder, payload);
  let typing: Promise<void> | undefined;
  process.exitCode = await runSuites(url, codeServers[host].label, {
    limitMs: 20 * 60_000,
    said: (line, page) => {
      if (line === "type")
        typing = type(page).catch((error) => {
          failure = error;
        });
      else if (line === "rest") isTyping = false;
      else if (line.startsWith("report ")) report = JSON.parse(line.slice(7));
      else console.log(line);
    },
  });
  isTyping = false;
  await typing;
} finally {
  await server.group.stop();
}
if (failure !== undefined) console.error(String(failure));
if (!report) throw new Error("the bench did not end");
writeFileSync(path.join(root, "out/scan.json"), JSON.stringify({ made, keys, report }));
const { seconds, changedSeconds, findSeconds, files, networks, networkFiles, problems } = report;
tell("without a scan", report.before);
tell("while the workspace is scanned", report.during);
tell("after it, followed by watchers", report.after);
tell(`while 5,000 files change, known after ${changedSeconds.toFixed(1)} s`, report.changing);
console.log(
  `scan while typing: ${seconds.toFixed(1)} s, ${(files / seconds).toFixed(0)} files/s; ` +
    `of ${files} files ${networkFiles} with ${networks} networks, ${problems} problems; ` +
    `finding them took ${findSeconds.toFixed(1)} s`,
);
