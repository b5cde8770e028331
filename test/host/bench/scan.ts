// What a key costs in the extension host while a large workspace is scanned, and what the scan costs there: the inner
// half of scripts/scan.ts, which types. Each change of the open file asks for its lenses at once, as the editor does
// after a delay of its own.
import { execFile } from "node:child_process";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { promisify } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as vscode from "vscode";
import { Analyses } from "../../../src/host/analyses.ts";
import { commands } from "../../../src/host/commandIds.ts";
import { ScanResults } from "../../../src/host/scan/results.ts";
import { scanScript, workspaceFolders } from "../../../src/host/scan/scanCommands.ts";
import { WorkspaceScan } from "../../../src/host/scan/workspaceScan.ts";
import { deepModel, lensesOf } from "../features.ts";
import { say } from "../runner.ts";
import { activated, SOURCE } from "../support.ts";

/** In ms; times of day, since the other half is another process. */
export interface Change {
  /** The document's change reached the extension host. */
  readonly at: number;
  /** From then on until the lenses were there, with the way to the editor and back. */
  readonly lenses: number;
  /** The processor time of the extension host's thread meanwhile, where Node tells it (from 23.9 on). */
  readonly cpu: number | undefined;
  /** Reading the file anew, findings included: what the extension itself does for a key. */
  readonly own: number;
}

export interface Phase {
  readonly changes: readonly Change[];
  /** The longest time for which the extension host did nothing else. */
  readonly blocked: number;
  readonly blocked99: number;
  readonly rss: number;
  readonly heap: number;
  /** Bytes that are held outside of the heap. */
  readonly external: number;
}

export interface Report {
  readonly before: Phase;
  readonly during: Phase;
  readonly after: Phase;
  /** While thousands of files change, as with another branch; until that is known, in seconds. */
  readonly changing: Phase;
  readonly changedSeconds: number;
  readonly seconds: number;
  readonly findSeconds: number;
  readonly files: number;
  readonly networks: number;
  readonly networkFiles: number;
  readonly problems: number;
}

setFlagsFromString("--expose-gc");
/** So that memory is what is held, not what was not collected yet. */
const collect = runInNewContext("gc") as () => void;

const MB = 2 ** 20;
const MANY = 5000;

/** Touches many files, then writes one that has a problem, and waits until that is told. */
async function changeMany(root: vscode.Uri): Promise<number> {
  const files = await vscode.workspace.findFiles("**/code*.py", undefined, MANY);
  const start = performance.now();
  for (let at = 0; at < files.length; at += 1000)
    await promisify(execFile)(
      "touch",
      files.slice(at, at + 1000).map(({ fsPath }) => fsPath),
    );
  const marked = vscode.Uri.joinPath(root, "zz.py");
  await vscode.workspace.fs.writeFile(marked, new TextEncoder().encode(deepModel));
  const isTold = () => vscode.languages.getDiagnostics(marked).some(({ source }) => source === SOURCE);
  await new Promise<void>((resolve) => {
    const listener = vscode.languages.onDidChangeDiagnostics(() => {
      if (!isTold()) return;
      listener.dispose();
      resolve();
    });
  });
  return (performance.now() - start) / 1000;
}

/** In ms. */
function threadCpu(): number | undefined {
  const { threadCpuUsage } = process as unknown as {
    threadCpuUsage?: () => { readonly user: number; readonly system: number };
  };
  if (!threadCpuUsage) return undefined;
  const { user, system } = threadCpuUsage.call(process);
  return (user + system) / 1000;
}

/** Changes of each quiet phase. */
const KEYS = Number(process.env.ACTIVATION_LENS_KEYS ?? 40);

export async function run(): Promise<void> {
  const extension = await activated();
  const root = workspaceFolders()[0] as vscode.Uri;
  await vscode.commands.executeCommand("vscode.open", vscode.Uri.joinPath(root, "open.py"));
  const editor = vscode.window.activeTextEditor as vscode.TextEditor;
  const { document } = editor;
  const slope = document.positionAt(document.getText().indexOf("negative_slope=0.0") + 19);
  editor.selection = new vscode.Selection(slope, slope);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenter);
  await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
  await lensesOf(document);

  const log = vscode.window.createOutputChannel("Activation Lens, bench", { log: true });
  const analyses = new Analyses(log);
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  let changes: Change[] = [];
  let waiting = Promise.resolve();
  let enough: { readonly count: number; readonly done: () => void } | undefined;
  vscode.workspace.onDidChangeTextDocument(({ document: changed, contentChanges }) => {
    // That it is or is not saved any more is told as a change too.
    if (changed !== document || contentChanges.length === 0) return;
    const start = performance.now();
    const at = performance.timeOrigin + start;
    const cpuBefore = threadCpu();
    waiting = waiting.then(async () => {
      await lensesOf(document);
      const lensed = performance.now();
      const cpuAfter = threadCpu();
      const cpu = cpuBefore !== undefined && cpuAfter !== undefined ? cpuAfter - cpuBefore : undefined;
      void analyses.of(document).analysis.findings.length;
      changes.push({ at, cpu, lenses: lensed - start, own: performance.now() - lensed });
      if (enough && changes.length >= enough.count) enough.done();
    });
  });
  const keys = (count: number) =>
    new Promise<void>((done) => {
      enough = { count: changes.length + count, done };
    });
  const phase = async (work: () => Promise<unknown>): Promise<Phase> => {
    // Keys that waited while memory was collected say nothing.
    await keys(3);
    await waiting;
    changes = [];
    enough = undefined;
    delays.reset();
    await work();
    await waiting;
    collect();
    const { rss, heapUsed, external } = process.memoryUsage();
    const blocked = { blocked: delays.max / 1e6, blocked99: delays.percentile(99) / 1e6 };
    return { changes, ...blocked, rss: rss / MB, heap: heapUsed / MB, external: external / MB };
  };
  say("type");
  await phase(() => keys(10));
  const before = await phase(() => keys(KEYS));

  // The very parts of the extension, so that the end of its own scan is known: its view is open beside.
  let findSeconds = 0;
  let seconds = 0;
  const during = await phase(async () => {
    const start = performance.now();
    await vscode.commands.executeCommand(commands.scanWorkspace);
    seconds = (performance.now() - start) / 1000;
  });
  const after = await phase(() => keys(KEYS));
  let changedSeconds = 0;
  const changing = await phase(async () => {
    changedSeconds = await changeMany(root);
  });
  say("rest");
  const problems = vscode.languages
    .getDiagnostics()
    .reduce((sum, [, all]) => sum + all.filter(({ source }) => source === SOURCE).length, 0);

  // And once more without anything around it, for its figures.
  await vscode.commands.executeCommand(commands.clearScan);
  const results = new ScanResults();
  const script = vscode.Uri.joinPath(extension.extensionUri, scanScript);
  const scan = new WorkspaceScan({ folders: workspaceFolders, script }, results, analyses.configs, log);
  const again = performance.now();
  scan.onDidChange(({ total }) => {
    if (total > 0 && findSeconds === 0) findSeconds = (performance.now() - again) / 1000;
  });
  await scan.run();
  const { read: files, networks, files: networkFiles } = scan.now;
  const report: Report = {
    ...{
      before,
      during,
      after,
      changing,
      changedSeconds,
      seconds,
      findSeconds,
      files,
      networks,
      networkFiles,
      problems,
    },
  };
  say(`report ${JSON.stringify(report)}`);
  vscode.Disposable.from(scan, results, analyses, log).dispose();
}
