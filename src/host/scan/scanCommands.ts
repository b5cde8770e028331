/** The scan as the user sees it: commands, progress, and what the view says of it. */
import * as vscode from "vscode";
import { commands, contextKeys, viewIds } from "../commandIds.ts";
import type { NetworkView } from "../networks/view.ts";
import { setting } from "../settings.ts";
import { progressWords, type ScanState, scanWords } from "./words.ts";
import type { WorkspaceScan } from "./workspaceScan.ts";

export const scanScript = "dist/scanThread.js";

export const workspaceFolders = (): readonly vscode.Uri[] =>
  (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);

/** In ms: often enough to see that something moves, and seldom enough that drawing it costs nothing. */
const delay = 500;

export function registerScan(
  scan: WorkspaceScan,
  view: Pick<NetworkView, "say">,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const shown = new ShownScan(scan, view, log);
  const register = vscode.commands.registerCommand;
  // When everything else stands.
  const starting = setTimeout(() => {
    if (workspaceFolders().some((uri) => setting("scan.onStartup", uri))) void scan.run();
  });
  return vscode.Disposable.from(
    shown,
    new vscode.Disposable(() => clearTimeout(starting)),
    register(commands.scanWorkspace, () => shown.run()),
    register(commands.stopScan, () => scan.stop()),
    register(commands.clearScan, () => scan.clear()),
  );
}

class ShownScan implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private kind: ScanState["kind"] = "none";
  /** The user waits for it. */
  private isAsked = false;

  constructor(
    private readonly scan: WorkspaceScan,
    private readonly view: Pick<NetworkView, "say">,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.subscription = scan.onDidChange((state) => this.follow(state));
  }

  async run(): Promise<void> {
    if (workspaceFolders().length === 0) {
      return void vscode.window.showInformationMessage("Open a folder to look for networks in it.");
    }
    // Without the focus: whoever typed goes on typing.
    void vscode.commands.executeCommand(`${viewIds.networks}.focus`, { preserveFocus: true });
    this.isAsked = true;
    await this.scan.run();
    this.isAsked = false;
    const { now } = this.scan;
    // Else it was cleared, or begins anew since another configuration holds.
    if (now.kind === "done" || now.kind === "stopped")
      void vscode.window.showInformationMessage(scanWords(now));
  }

  private follow({ kind }: ScanState): void {
    if (kind !== this.kind) {
      this.kind = kind;
      void vscode.commands.executeCommand("setContext", contextKeys.scan, kind);
      if (kind === "running") this.showProgress();
      else if (kind !== "none") this.log.info(scanWords(this.scan.now));
      clearTimeout(this.timer);
      this.timer = undefined;
      this.say();
    } else
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.say();
      }, delay);
  }

  private say(): void {
    const { now } = this.scan;
    const isRunning = now.kind === "running";
    const words = isRunning ? `Scan: ${progressWords(now)}` : scanWords(now);
    this.view.say(now.kind === "none" ? undefined : words, isRunning);
  }

  /** What nobody has asked for is shown where it is in nobody's way; the view can stop it. */
  private showProgress(): void {
    const options: vscode.ProgressOptions = {
      location: this.isAsked ? vscode.ProgressLocation.Notification : vscode.ProgressLocation.Window,
      title: "Looking for networks",
      cancellable: true,
    };
    void vscode.window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(() => this.scan.stop());
      return new Promise<void>((resolve) => {
        let told = 0;
        const timer = setInterval(() => {
          const { now } = this.scan;
          if (now.kind !== "running") {
            clearInterval(timer);
            return resolve();
          }
          const percent = now.total > 0 ? (100 * now.read) / now.total : 0;
          // A scan that begins anew goes back to 0, which the bar can't.
          progress.report({ message: progressWords(now), increment: Math.max(0, percent - told) });
          told = Math.max(told, percent);
        }, delay);
      });
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
  }
}
