import * as vscode from "vscode";
import { memoryFile } from "./memory.ts";

export const EXTENSION = "activation-lens.activation-lens";
export const SOURCE = "Activation Lens";

const EVENT_LIMIT_MS = 15_000;

/** The suites run in a web worker too, where `node:assert` is missing. */
export function equal<T>(actual: T, expected: T, what = "value"): void {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== e) throw new Error(`${what}\n  expected ${e}\n  actual   ${a}`);
}

export function ok(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

export function includes(text: string, part: string): void {
  if (!text.includes(part)) throw new Error(`expected ${JSON.stringify(part)} in\n${text}`);
}

/** Resolves when `done()` holds, which is asked now and after each event; never by polling. */
export function until<T>(event: vscode.Event<T>, done: () => boolean, what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const listener = event(check);
    const timer = setTimeout(
      () => finish(new Error(`${what}: not within ${EVENT_LIMIT_MS / 1000} s`)),
      EVENT_LIMIT_MS,
    );
    function check(): void {
      if (done()) finish();
    }
    function finish(error?: Error): void {
      clearTimeout(timer);
      listener.dispose();
      if (error === undefined) resolve();
      else reject(error);
    }
    check();
  });
}

/** The next event, for the cases where there is no state to ask. */
export function next<T>(event: vscode.Event<T>, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${what}: not within ${EVENT_LIMIT_MS / 1000} s`)),
      EVENT_LIMIT_MS,
    );
    const listener = event((value) => {
      clearTimeout(timer);
      listener.dispose();
      resolve(value);
    });
  });
}

export async function activated(): Promise<vscode.Extension<unknown>> {
  const extension = vscode.extensions.getExtension(EXTENSION);
  ok(extension, `${EXTENSION} is not installed`);
  await extension.activate();
  return extension;
}

/** Of the thread that scans, where there are threads. */
export function scanScriptUri(): vscode.Uri {
  const extension = vscode.extensions.getExtension(EXTENSION);
  ok(extension, `${EXTENSION} is not installed`);
  return vscode.Uri.joinPath(extension.extensionUri, "dist/scanThread.js");
}

/** A Python file with this text, shown. */
export async function open(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(memoryFile(content));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Closes every tab, without a question. */
export async function closeAll(): Promise<void> {
  for (const group of vscode.window.tabGroups.all) {
    for (let open = group.tabs.length; open > 0; open--) {
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
  }
}
