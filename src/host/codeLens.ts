import * as vscode from "vscode";
import { type Analyses, isOwn } from "./analyses.ts";
import { commands, type FixTarget, internalCommands, type PlaceTarget } from "./commandIds.ts";
import { selector } from "./languages.ts";
import { type LensLine, lensLines } from "./lensLines.ts";
import { setting } from "./settings.ts";

export function registerCodeLens(analyses: Analyses): vscode.Disposable {
  const provider = new Provider(analyses);
  return vscode.Disposable.from(provider, vscode.languages.registerCodeLensProvider(selector, provider));
}

/** As long as findings wait: other cells' lenses follow when a cell has been typed, not at each key. */
const delay = 300;

class Provider implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(private readonly analyses: Analyses) {
    this.subscription = vscode.Disposable.from(
      analyses.onDidInvalidate(() => this.changed.fire()),
      analyses.onDidChange((documents) => {
        // The editor asks by itself for a document that was edited; other cells of a notebook are our matter.
        if (documents.length < 2) return;
        clearTimeout(this.waiting);
        this.waiting = setTimeout(() => this.changed.fire(), delay);
      }),
    );
  }

  // Answers for the present version and at once: a lens that comes late, or from an old version, jumps.
  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!setting("codeLens.enabled", document)) return [];
    const networks = setting("codeLens.networks", document);
    const activations = setting("codeLens.activations", document);
    if (!networks && activations === "off") return [];
    const source = this.analyses.of(document);
    const { analysis, version } = source;
    const lineOf = (offset: number) => (isOwn(source, offset) ? document.positionAt(offset).line : undefined);
    return lensLines(analysis, lineOf, { networks, activations }).flatMap((line) =>
      lenses(document, version, line),
    );
  }

  dispose(): void {
    clearTimeout(this.waiting);
    this.subscription.dispose();
    this.changed.dispose();
  }
}

function lenses(document: vscode.TextDocument, version: number, line: LensLine): vscode.CodeLens[] {
  const range = document.lineAt(line.line).range;
  const uri = document.uri.toString();
  const place: PlaceTarget = { uri, offset: line.offset };
  const lens = (title: string, tooltip: string, command: string, argument: PlaceTarget | FixTarget) =>
    new vscode.CodeLens(range, { title, tooltip, command, arguments: [argument] });
  const made = [lens(line.text, "Show formula, plot and evidence", internalCommands.showDetails, place)];
  if (line.preview)
    made.push(lens("Preview", "Open the preview to the side", commands.openPreviewToSide, place));
  if (line.fix) {
    const target: FixTarget = { uri, version, offsets: line.fix.offsets };
    made.push(lens(line.fix.title, line.fix.tooltip, internalCommands.applyFix, target));
  }
  return made;
}
