import * as vscode from "vscode";
import { type Analysis, analyze, languageOf } from "../../engine/index.ts";
import type { Analyses } from "../analyses.ts";
import { viewIds } from "../commandIds.ts";
import { setting } from "../settings.ts";
import { mostFiles, sources } from "../sources.ts";
import type { KnownNetworks } from "./known.ts";
import { type ScanResult, scan, scanWords } from "./scan.ts";

/** A notebook holds its pictures too. */
const mostBytes = 10_000_000;

/** Reads the whole workspace once, when asked to. */
export class WorkspaceScan {
  private running: Promise<void> | undefined;

  constructor(
    private readonly known: KnownNetworks,
    private readonly analyses: Analyses,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** One at a time: who asks again waits for the same. */
  run(): Promise<void> {
    this.running ??= this.show().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async show(): Promise<void> {
    if (!vscode.workspace.workspaceFolders?.length) {
      return void vscode.window.showInformationMessage("Open a folder to look for networks in it.");
    }
    // Without the focus: whoever typed goes on typing.
    void vscode.commands.executeCommand(`${viewIds.networks}.focus`, { preserveFocus: true });
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: "Looking for networks",
      cancellable: true,
    };
    const words = await vscode.window.withProgress(options, (progress, token) => this.scan(progress, token));
    this.log.info(words);
    void vscode.window.showInformationMessage(words);
  }

  private async scan(
    progress: vscode.Progress<{ readonly message?: string; readonly increment?: number }>,
    token: vscode.CancellationToken,
  ): Promise<string> {
    const files = await sources(token);
    let told = 0;
    const result: ScanResult = await scan(files, {
      load: (uri) => load(uri, this.analyses),
      analyse: (uri, loaded) => this.analyse(uri, loaded),
      found: (uri, analysis) => this.known.add(uri, analysis),
      progress: (done, total, networks) => {
        const increment = (100 * (done - told)) / total;
        told = done;
        progress.report({ message: `${done} of ${total} files, ${networks} networks`, increment });
      },
      isCancelled: () => token.isCancellationRequested,
      now: () => performance.now(),
      pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
    });
    return scanWords(result, files.length, files.length === mostFiles);
  }

  private analyse(uri: vscode.Uri, loaded: string | vscode.TextDocument): Analysis {
    if (typeof loaded !== "string") return this.analyses.of(loaded).analysis;
    const { path } = uri;
    try {
      return analyze({ path, text: loaded }, this.analyses.rulesFor(uri));
    } catch (error) {
      this.log.error(`${path} could not be analysed`, error instanceof Error ? error : String(error));
      return { path, sites: [], networks: [], findings: [] };
    }
  }
}

/** An open document as it is now, with edits that were not saved; of any other file the text. */
export async function load(
  uri: vscode.Uri,
  { configs }: Pick<Analyses, "configs">,
): Promise<string | vscode.TextDocument | null> {
  await configs.load(uri);
  const key = uri.toString();
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
  if (open) return open;
  if (!setting("enabled", uri)) return "";
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > mostBytes) return null;
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const isNotebook = languageOf(uri.path) === "notebook";
  return isNotebook || text.length <= setting("maximumFileSize", uri) * 1000 ? text : null;
}
