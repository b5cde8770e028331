import * as vscode from "vscode";
import type { Analyses } from "../analyses.ts";
import { internalCommands, viewIds } from "../commandIds.ts";
import { goTo, openPlace } from "../goTo.ts";
import { ScannedProblems } from "../scan/problems.ts";
import { ScanResults } from "../scan/results.ts";
import { registerScan, scanScript, workspaceFolders } from "../scan/scanCommands.ts";
import { WorkspaceScan } from "../scan/workspaceScan.ts";
import { KnownNetworks } from "./known.ts";
import type { Node } from "./nodes.ts";
import { NetworkTree } from "./tree.ts";

/** As long as findings wait: a tree that changes at each key is of no use. */
const delay = 300;

/** While files come in masses, as from a scan: each time the editor asks for all that is open of the tree. */
const delayInMasses = 1000;

export function registerNetworks(
  { extensionUri }: vscode.ExtensionContext,
  analyses: Analyses,
  onDidPublish: vscode.Event<vscode.Uri>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const results = new ScanResults();
  const known = new KnownNetworks(analyses, results);
  const tree = new NetworkTree(analyses, known);
  const view = new NetworkView(tree, known, analyses);
  const scanned = { folders: workspaceFolders, script: vscode.Uri.joinPath(extensionUri, scanScript) };
  const scan = new WorkspaceScan(scanned, results, analyses.configs, log);
  return vscode.Disposable.from(
    results,
    known,
    tree,
    view,
    scan,
    new ScannedProblems(results, onDidPublish),
    registerScan(scan, view, log),
    vscode.commands.registerCommand(internalCommands.goToNode, (id: unknown) => view.goTo(id)),
  );
}

/** Shows the tree, keeps it up to date while it is visible, and marks in it where the cursor is. */
export class NetworkView implements vscode.Disposable {
  private readonly view: vscode.TreeView<Node>;
  private readonly subscriptions: vscode.Disposable;
  /** What the user has opened or closed; the rest is as the nodes have it. */
  private readonly opened = new Map<string, boolean>();
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private marking: ReturnType<typeof setTimeout> | undefined;
  private isBusy = false;
  private last: { readonly id: string; readonly time: number } | undefined;
  private marked: string | undefined;

  constructor(
    private readonly tree: NetworkTree,
    known: KnownNetworks,
    analyses: Analyses,
  ) {
    this.view = vscode.window.createTreeView(viewIds.networks, {
      treeDataProvider: tree,
      showCollapseAll: true,
    });
    const later = () => this.later();
    // While something is typed the tree rests; what comes in masses, as from a scan, must not make it rest for ever.
    const afterTyping = () => {
      clearTimeout(this.waiting);
      this.waiting = undefined;
      this.later();
    };
    this.subscriptions = vscode.Disposable.from(
      this.view,
      this.view.onDidChangeVisibility(({ visible }) => visible && this.update()),
      this.view.onDidExpandElement(({ element }) => this.opened.set(element.id, true)),
      this.view.onDidCollapseElement(({ element }) => this.opened.set(element.id, false)),
      known.onDidChange(() => this.later(this.isBusy ? delayInMasses : delay)),
      analyses.onDidChange(afterTyping),
      analyses.onDidInvalidate(later),
      vscode.window.onDidChangeActiveTextEditor(later),
      vscode.window.onDidChangeActiveNotebookEditor(later),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === vscode.window.activeTextEditor) this.markLater();
      }),
    );
    this.update();
  }

  /** @param isBusy files come in masses */
  say(message: string | undefined, isBusy: boolean): void {
    if (message === undefined) delete this.view.message;
    else this.view.message = message;
    this.isBusy = isBusy;
  }

  private markLater(): void {
    if (!this.view.visible) return;
    clearTimeout(this.marking);
    this.marking = setTimeout(() => this.mark(), delay);
  }

  private later(ms = delay): void {
    if (!this.view.visible || this.waiting !== undefined) return;
    this.waiting = setTimeout(() => this.update(), ms);
  }

  private update(): void {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    if (!this.view.visible) return;
    this.tree.update();
    this.mark();
  }

  /** Chooses the network at the cursor, or its layer where the network is open. What is closed stays closed. */
  private mark(): void {
    const editor = vscode.window.activeTextEditor;
    if (!editor) return;
    const { document, selection } = editor;
    const offset = document.offsetAt(selection.active);
    const { network, layer } = this.tree.at(document, offset);
    const node = layer && network && this.isOpen(network) ? layer : network;
    if (!node || node.id === this.marked) return;
    this.marked = node.id;
    const file = this.tree.getParent(network ?? node);
    const isThere = this.view.selection.some(
      (chosen) =>
        chosen.id === node.id || (chosen.offset === offset && chosen.uri === document.uri.toString()),
    );
    if (isThere || (file && !this.isOpen(file))) return;
    // A tree that was just changed may not have the node yet.
    this.view.reveal(node, { select: true, focus: false, expand: false }).then(undefined, () => undefined);
  }

  private isOpen({ id, isExpanded }: Node): boolean {
    return this.opened.get(id) ?? isExpanded;
  }

  /** The first click looks, and keeps the focus in the tree; the second goes there. */
  async goTo(id: unknown): Promise<void> {
    if (typeof id !== "string") return;
    this.tree.update();
    const node = this.tree.node(id);
    if (!node) return;
    const isSecond = this.last?.id === id && Date.now() - this.last.time < 2000;
    this.last = { id, time: Date.now() };
    try {
      const { document, offset } = await openPlace(node);
      await goTo(document, offset, !isSecond);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      void vscode.window.showWarningMessage(`${node.label} could not be opened: ${why}`);
    }
  }

  dispose(): void {
    clearTimeout(this.waiting);
    clearTimeout(this.marking);
    this.subscriptions.dispose();
  }
}
