import * as vscode from "vscode";
import { activationById } from "../../engine/index.ts";
import { type FromWebview, isRestorable, previewViewType } from "../../protocol.ts";
import type { Analyses } from "../analyses.ts";
import { commands, isPlaceTarget, type PlaceTarget } from "../commandIds.ts";
import { goTo, openPlace } from "../goTo.ts";
import { isCode, isRead, languageOfDocument } from "../languages.ts";
import { type Aim, moveOffset } from "./choose.ts";
import { type Current, currentOf, lookAt, nothingYet } from "./current.ts";
import { fileName } from "./describe.ts";
import { PreviewPanel } from "./panel.ts";
import { pickFunctions } from "./pickFunctions.ts";
import { throttle } from "./throttle.ts";

/** Long enough to spare the editor, short enough to look immediate. */
const updateInterval = 120;

type Message<Type extends FromWebview["type"]> = Extract<FromWebview, { type: Type }>;

export function registerPreview(context: vscode.ExtensionContext, analyses: Analyses): vscode.Disposable {
  const manager = new PreviewManager(context.extensionUri, analyses);
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    manager,
    vscode.window.registerWebviewPanelSerializer(previewViewType, manager),
    register(commands.openPreview, (target: unknown) => manager.open(vscode.ViewColumn.Active, target)),
    register(commands.openPreviewToSide, (target: unknown) => manager.open(vscode.ViewColumn.Beside, target)),
    register(commands.compareActivations, () => manager.compare()),
  );
}

/** Finds, opens, feeds and restores the one preview panel. */
class PreviewManager implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private panel: PreviewPanel | undefined;
  private document: vscode.TextDocument | undefined;
  /** null while the preview stays with the shown site. */
  private cursor: number | null = null;
  private shown: number | null = null;
  /** Its name; null when none is shown. */
  private network: string | null = null;
  private following = true;
  private readonly updates = throttle(() => this.update(), updateInterval);
  private readonly subscriptions: vscode.Disposable;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly analyses: Analyses,
  ) {
    this.subscriptions = vscode.Disposable.from(
      this.updates,
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.follow(textEditor)),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.follow(editor)),
      vscode.workspace.onDidChangeTextDocument((event) => this.moveWith(event)),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
      // Also another cell of the notebook that the shown code is in.
      analyses.onDidChange((documents) => {
        if (this.panel && this.document && documents.includes(this.document)) this.updates.call();
      }),
      analyses.onDidInvalidate(() => this.panel && this.updates.call()),
    );
  }

  async open(viewColumn: vscode.ViewColumn, target: unknown): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (isPlaceTarget(target)) await this.aimAt(target);
    else if (editor && isRead(editor.document)) this.aim(editor.document, offsetOf(editor));
    const preserveFocus = viewColumn === vscode.ViewColumn.Beside;
    if (this.panel) {
      // A panel that is beside the code already stays where the user has put it.
      const stays = preserveFocus && this.panel.viewColumn !== editor?.viewColumn;
      this.panel.reveal(stays ? undefined : viewColumn, preserveFocus);
      this.update();
      return;
    }
    const panel = PreviewPanel.create(this.extension, { viewColumn, preserveFocus });
    this.adopt(panel, this.current());
  }

  async compare(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor && isRead(editor.document)) this.aim(editor.document, offsetOf(editor));
    const current = this.current();
    const own = current?.type === "show" ? current.site.activation : undefined;
    const picked = await pickFunctions(own);
    if (!picked || picked.length === 0) return;
    await this.open(vscode.ViewColumn.Beside, undefined);
    this.panel?.showCompared({ type: "compare", source: null, activations: picked });
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.panel?.dispose();
    // The page has its own state still; what the code says now follows when the document is there.
    this.adopt(panel, null);
    if (!isRestorable(state)) return this.update();
    this.following = state.following;
    if (state.source) await this.aimAt({ uri: state.source.uri, offset: state.offset });
    this.update();
  }

  private adopt(panel: vscode.WebviewPanel, initial: Current | null): void {
    const made = new PreviewPanel(panel, this.extension, initial);
    this.panel = made;
    if (initial) this.accept(initial);
    made.onDidReceive((message) => this.receive(message));
    made.onDidDispose(() => {
      if (this.panel !== made) return;
      this.panel = undefined;
      made.dispose();
    });
  }

  private async aimAt(target: PlaceTarget): Promise<void> {
    try {
      const { document, offset } = await openPlace(target);
      this.aim(document, offset);
    } catch {
      // The file is gone: what is shown stays, and nothing says that it is current.
    }
  }

  private aim(document: vscode.TextDocument, cursor: number): void {
    this.document = document;
    this.cursor = cursor;
    this.shown = null;
    this.network = null;
  }

  private follow(editor: vscode.TextEditor): void {
    const { document } = editor;
    const { activeTextEditor } = vscode.window;
    // With the focus in a tree or in the preview none is active; then it was a click there that moved the cursor.
    if (!this.panel || !this.following || (activeTextEditor && editor !== activeTextEditor)) return;
    if (!this.hasInterest(document)) return;
    if (document !== this.document) this.shown = null;
    this.document = document;
    this.cursor = offsetOf(editor);
    this.updates.call();
  }

  /** A look into a settings file takes nothing away from what is shown. */
  private hasInterest(document: vscode.TextDocument): boolean {
    const language = languageOfDocument(document);
    if (language === undefined) return false;
    return isCode(language) || this.analyses.of(document).analysis.sites.length > 0;
  }

  private moveWith({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (!this.panel || document !== this.document || contentChanges.length === 0) return;
    if (this.shown !== null) this.shown = moveOffset(this.shown, contentChanges);
    if (this.cursor !== null) this.cursor = moveOffset(this.cursor, contentChanges);
    this.updates.call();
  }

  /** Its versions count from 1 again when it is reopened: what is known of the closed one must not outrank it. */
  private forget(document: vscode.TextDocument): void {
    if (document !== this.document) return;
    this.document = undefined;
    this.cursor = null;
    this.shown = null;
    this.updates.call();
  }

  private update(): void {
    if (!this.panel) return;
    const current = this.current();
    if (!current) return;
    this.accept(current);
    this.panel.show(current);
  }

  /** What the code says now; null while the line of the shown site is being typed. */
  private current(): Current | null {
    const { document, following } = this;
    return document ? currentOf(this.analyses.of(document), this.aimed(), following) : nothingYet(following);
  }

  private aimed(): Aim {
    return { cursor: this.cursor, shown: this.shown, network: this.network };
  }

  private accept(current: Current): void {
    this.shown = current.type === "show" ? current.site.offset : null;
    this.network = current.strip?.name ?? null;
    if (!this.following) this.cursor = null;
    if (!this.panel) return;
    if (current.type === "show") {
      const { activation, file } = current.site;
      this.panel.title = `${activationById(activation)?.name ?? activation} – ${file}`;
    } else if (current.strip && this.document) {
      this.panel.title = `${current.strip.name} – ${fileName(this.document.uri.path)}`;
    }
  }

  private receive(message: FromWebview): void {
    switch (message.type) {
      case "ready":
        this.update();
        break;
      case "copy":
        void vscode.env.clipboard.writeText(message.text);
        break;
      case "follow":
        this.following = message.following;
        if (!message.following) this.cursor = null;
        this.update();
        break;
      case "reveal":
        this.reveal(message);
        break;
      case "go-to-box":
        void this.goToBox(message);
    }
  }

  /** By its place in the network, so that it is the code of now even if the page is a version behind. */
  private async goToBox({ source, part, index, focus }: Message<"go-to-box">): Promise<void> {
    const { document } = this;
    if (!document || document.uri.toString() !== source.uri) return;
    const analysed = this.analyses.of(document);
    const seen = lookAt(analysed, this.aimed());
    if (seen === "keep") return;
    const span = (part === "layer" ? seen.network?.layers : seen.network?.gaps)?.[index]?.span;
    if (!span) return;
    const place = analysed.locate(span.from);
    await goTo(place.document, place.offset, !focus);
    // An editor without the focus does not tell that its cursor was moved.
    if (focus || !this.following) return;
    if (place.document !== this.document) this.shown = null;
    this.document = place.document;
    this.cursor = place.offset;
    this.updates.call();
  }

  /** A place in a text that has changed since is looked up in the text of now. */
  private reveal({ source, offset }: Message<"reveal">): void {
    const { document } = this;
    if (!document || document.uri.toString() !== source.uri) return;
    const { version } = this.analyses.of(document);
    void goTo(document, version === source.version ? offset : (this.shown ?? offset));
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.panel?.dispose();
  }
}

const offsetOf = ({ document, selection }: vscode.TextEditor): number => document.offsetAt(selection.active);
