import * as vscode from "vscode";
import type { Analyses } from "../analyses.ts";
import { internalCommands } from "../commandIds.ts";
import { networkAt } from "../findings.ts";
import { isCode, isHistoric, isRead, languageOfDocument } from "../languages.ts";
import { layersAt } from "../layerHoverText.ts";
import { activeDocument } from "../notebooks.ts";
import { fileOf, type KnownNetworks } from "./known.ts";
import { fileNode, type KnownFile, type Node, networkIds, nodesOf, rootsOf } from "./nodes.ts";

/** The nodes that were made, and of what. */
type Made = Map<string, { readonly file: KnownFile; readonly node: Node }>;

/** The data of the view: networks of the active file, then of all other known ones. */
export class NetworkTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private roots: readonly Node[] = [];
  private readonly subscriptions: vscode.Disposable;
  private readonly byId = new Map<string, Node>();
  private readonly parents = new Map<string, Node>();
  private files: readonly (Node | undefined)[] = [];
  private made: Made = new Map();
  /** Stays while the user looks at something that is no code, such as the preview. */
  private active: vscode.TextDocument | undefined;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly analyses: Analyses,
    private readonly known: KnownNetworks,
  ) {
    const { window } = vscode;
    // Also while the tree is hidden: opened beside a preview, it would not know what was active before.
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      window.onDidChangeActiveTextEditor(() => this.follow()),
      window.onDidChangeActiveNotebookEditor(() => this.follow()),
    );
    this.follow();
  }

  /** Reads what is open now. The tree is only told when it would look or lead otherwise. */
  update(): void {
    for (const document of vscode.workspace.textDocuments) {
      if (isShown(document)) this.analyses.of(document);
    }
    this.follow();
    const active = this.active && fileOf(this.active).toString();
    const before = this.made;
    this.made = new Map();
    const roots = rootsOf(active, this.known.files, (file, isActive) =>
      this.fileNode(file, isActive, before),
    );
    const files = [roots.active, ...roots.others];
    if (files.length === this.files.length && files.every((file, at) => file === this.files[at])) return;
    this.files = files;
    this.roots = nodesOf(roots);
    this.byId.clear();
    this.parents.clear();
    for (const root of this.roots) this.register(root);
    this.changed.fire();
  }

  /** The very node of before where it says the same: after a scan there may be thousands. */
  private fileNode(file: KnownFile, isActive: boolean, before: Made): Node {
    const key = `${isActive}|${file.uri}`;
    const old = before.get(key);
    const node = old?.file === file ? old.node : fileNode(file, isActive);
    // What is not being typed in seldom changes, and its networks may never have been looked at.
    const isSame = isActive && old && old.node !== node && JSON.stringify(old.node) === JSON.stringify(node);
    const kept = isSame ? old.node : node;
    this.made.set(key, { file, node: kept });
    return kept;
  }

  private follow(): void {
    if (this.active?.isClosed) this.active = undefined;
    const visible = this.active ? undefined : vscode.window.visibleTextEditors[0]?.document;
    const document = activeDocument() ?? visible;
    // A look into a settings file takes nothing away from what is shown.
    if (document && isShown(document) && this.hasInterest(document)) this.active = document;
  }

  private hasInterest(document: vscode.TextDocument): boolean {
    const language = languageOfDocument(document);
    if (language === undefined) return false;
    return isCode(language) || this.known.has(fileOf(document));
  }

  private register(node: Node): void {
    this.byId.set(node.id, node);
    // What is in other files is registered when it is shown.
    if (node.kind === "file" && !node.isExpanded) return;
    this.registerChildren(node);
  }

  private registerChildren(node: Node): void {
    for (const child of node.children) {
      this.parents.set(child.id, node);
      this.register(child);
    }
  }

  node(id: string): Node | undefined {
    const known = this.byId.get(id);
    if (known) return known;
    // Of a file that was shown before it changed.
    const file = this.files.find((node) => node && id.startsWith(`${node.id}|`));
    if (file) this.registerChildren(file);
    return this.byId.get(id);
  }

  /** The network, and the layer, at a place in the active file. */
  at(
    document: vscode.TextDocument,
    offset: number,
  ): { network?: Node | undefined; layer?: Node | undefined } {
    const { analysis } = this.analyses.of(document);
    const placed = layersAt(analysis, offset)[0];
    const network = placed?.network ?? networkAt(analysis, offset);
    if (!network) return {};
    const id = `active|${fileOf(document)}|${networkIds(analysis)[analysis.networks.indexOf(network)]}`;
    return { network: this.byId.get(id), layer: placed && this.byId.get(`${id}|${placed.index}`) };
  }

  getChildren(node?: Node): readonly Node[] & Node[] {
    if (node?.kind === "file") this.registerChildren(node);
    return [...(node ? node.children : this.roots)];
  }

  getParent(node: Node): Node | undefined {
    return this.parents.get(node.id);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    const isLeaf = node.kind !== "file" && node.children.length === 0;
    const state = isLeaf ? None : node.isExpanded ? Expanded : Collapsed;
    const item = new vscode.TreeItem(node.label, state);
    item.id = node.id;
    item.description = node.description;
    item.tooltip = node.tooltip;
    item.contextValue = node.kind;
    item.iconPath = iconOf(node);
    item.accessibilityInformation = { label: node.spoken };
    if (node.kind === "file") item.resourceUri = vscode.Uri.parse(node.uri);
    if (node.kind === "network" || node.kind === "layer" || node.kind === "gap") {
      item.command = { title: "Go to Code", command: internalCommands.goToNode, arguments: [node.id] };
    }
    return item;
  }

  dispose(): void {
    this.subscriptions.dispose();
  }
}

const isShown = (document: vscode.TextDocument): boolean => isRead(document) && !isHistoric(document.uri);

function iconOf({ kind, isFlagged, label }: Node): vscode.ThemeIcon {
  if (isFlagged) return new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
  switch (kind) {
    case "file":
      return vscode.ThemeIcon.File;
    case "folder":
      return vscode.ThemeIcon.Folder;
    case "workspace":
      return new vscode.ThemeIcon("folder-library");
    case "network":
      return new vscode.ThemeIcon("type-hierarchy");
    case "layer":
      return new vscode.ThemeIcon(label.includes("conv ") ? "layers" : "symbol-array");
    case "gap":
      return new vscode.ThemeIcon("question");
  }
}
