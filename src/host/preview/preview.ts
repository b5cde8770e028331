import * as vscode from "vscode";
import type { FromWebview, MessageOf } from "../../protocol.ts";
import type { Analyses } from "../analyses.ts";
import type { PlaceTarget } from "../commandIds.ts";
import { goTo, openPlace } from "../goTo.ts";
import { isCode, languageOfDocument } from "../languages.ts";
import { type Aim, moveOffset } from "./choose.ts";
import { type Current, currentOf, lookAt, nothingYet, type Place, titleOf } from "./current.ts";
import { fileName } from "./describe.ts";
import type { PreviewPanel } from "./panel.ts";
import { saveExport } from "./saving.ts";
import { throttle } from "./throttle.ts";
import { fixesFor, writeSetting } from "./writing.ts";

/**
 * Between two updates while keys are pressed in a row; the first one is at once. Longer than an analysis takes, and
 * short enough that keystroke and redraw seem one.
 */
const updateInterval = 40;

/** Findings wait until the typing rests that long: to prove their fixes takes as long as all the rest. */
const pauseForFindings = 200;

/** One panel, and what it looks at: it follows the cursor, or stays. */
export class Preview implements vscode.Disposable {
  private document: vscode.TextDocument | undefined;
  /** null while the preview stays with the shown site. */
  private cursor: number | null = null;
  private shown: number | null = null;
  /** Its name; null when none is shown. */
  private network: string | null = null;
  /** What was shown until its document was closed. */
  private closed: { readonly uri: vscode.Uri; readonly aim: Aim } | undefined;
  private panel: PreviewPanel | undefined;
  private readonly updates = throttle(() => this.updateSoon(), updateInterval);
  private pause: ReturnType<typeof setTimeout> | undefined;
  /** The analysis whose findings are shown. */
  private settled: unknown;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly analyses: Analyses,
    private readonly another: (from: Preview) => void,
    public following = true,
  ) {}

  /** The panel may be made with what is current already, so that it opens drawn. */
  show(panel: PreviewPanel): void {
    this.panel = panel;
    panel.onDidReceive((message) => this.receive(message));
    this.update();
  }

  get viewColumn(): vscode.ViewColumn | undefined {
    return this.panel?.viewColumn;
  }

  get place(): Place {
    return { document: this.document, aim: this.aimed() };
  }

  reveal(viewColumn: vscode.ViewColumn | undefined, preserveFocus: boolean): void {
    this.panel?.reveal(viewColumn, preserveFocus);
    this.update();
  }

  compare(activations: readonly string[]): void {
    this.panel?.showCompared({ type: "compare", source: null, activations });
  }

  aim(document: vscode.TextDocument | undefined, aim: Aim): void {
    this.document = document;
    this.cursor = aim.cursor;
    this.shown = aim.shown;
    this.network = aim.network ?? null;
  }

  async aimAt(target: PlaceTarget): Promise<void> {
    try {
      const { document, offset } = await openPlace(target);
      this.aim(document, { cursor: offset, shown: null });
    } catch {
      // The file is gone: what is shown stays, and nothing says that it is current.
    }
  }

  follow(editor: vscode.TextEditor): void {
    const { document } = editor;
    const { activeTextEditor } = vscode.window;
    // With the focus in a tree or in the preview none is active; then it was a click there that moved the cursor.
    if (!this.following || (activeTextEditor && editor !== activeTextEditor)) return;
    if (!this.hasInterest(document)) return;
    if (document !== this.document) this.shown = null;
    this.document = document;
    this.cursor = document.offsetAt(editor.selection.active);
    this.updates.call();
  }

  /** To the cursor of now: the press on the pin has taken the focus from the editor. */
  private followVisible(): void {
    const { visibleTextEditors } = vscode.window;
    const editor =
      visibleTextEditors.find(({ document }) => document === this.document) ?? visibleTextEditors[0];
    if (editor) this.follow(editor);
  }

  /** A look into a settings file takes nothing away from what is shown. */
  private hasInterest(document: vscode.TextDocument): boolean {
    const language = languageOfDocument(document);
    if (language === undefined) return false;
    return isCode(language) || this.analyses.of(document).analysis.sites.length > 0;
  }

  moveWith({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (document !== this.document || contentChanges.length === 0) return;
    if (this.shown !== null) this.shown = moveOffset(this.shown, contentChanges);
    if (this.cursor !== null) this.cursor = moveOffset(this.cursor, contentChanges);
    this.updates.call();
  }

  /** Its versions count from 1 again when it is reopened: what is known of the closed one must not outrank it. */
  forget(document: vscode.TextDocument): void {
    if (document !== this.document) return;
    this.closed = { uri: document.uri, aim: this.aimed() };
    this.document = undefined;
    this.cursor = null;
    this.shown = null;
    this.updates.call();
  }

  /** What was closed is there again: a file in another language mode, or one that a pinned preview is about. */
  remember(document: vscode.TextDocument): void {
    const { closed } = this;
    if (this.document || closed?.uri.toString() !== document.uri.toString()) return;
    this.aim(document, closed.aim);
    this.updates.call();
  }

  /** @param documents those that are out of date; absent: all */
  changed(documents?: readonly vscode.TextDocument[]): void {
    if (documents && !(this.document && documents.includes(this.document))) return;
    // Behind all that hear of the same edit: offsets have to be moved first.
    setTimeout(() => this.updates.call());
  }

  /** At once what was read; in a text that was not seen before the findings follow. */
  private updateSoon(): void {
    clearTimeout(this.pause);
    const analysis = this.document && this.analyses.of(this.document);
    const isTyped = analysis !== this.settled;
    if (isTyped) this.pause = setTimeout(() => this.update(), pauseForFindings);
    this.update(isTyped);
  }

  /** @param isTyped whether to leave findings out */
  update(isTyped = false): void {
    if (!isTyped) {
      clearTimeout(this.pause);
      this.settled = this.document && this.analyses.of(this.document);
    }
    const current = this.current(isTyped);
    if (!current) return;
    this.accept(current);
    this.panel?.show(current);
  }

  /** What the code says now; null while the line of the shown site is being typed. */
  current(isTyped = false): Current | null {
    const { document, following } = this;
    if (!document) return nothingYet(following, this.closed && fileName(this.closed.uri.path));
    return currentOf(this.analyses.of(document), this.aimed(), following, isTyped);
  }

  private aimed(): Aim {
    return { cursor: this.cursor, shown: this.shown, network: this.network };
  }

  private accept(current: Current): void {
    this.shown = current.type === "show" ? current.site.offset : null;
    this.network = current.strip?.name ?? null;
    if (!this.following) this.cursor = null;
    const title = this.document && titleOf(current, this.document);
    if (this.panel && title !== undefined) this.panel.title = title;
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
        this.followVisible();
        break;
      case "reveal":
        this.goToShown(message);
        break;
      case "go-to-box":
        void this.goToBox(message);
        break;
      case "ask-fixes":
        this.panel?.post(fixesFor(this.analyses, this.place, message));
        break;
      case "write":
        void writeSetting(this.analyses, this.place, message);
        break;
      case "export":
        void saveExport(this.extension, message, this.document?.uri);
        break;
      case "place":
        if (message.where === "another") this.another(this);
        else void this.moveToWindow();
    }
  }

  /** VS Code moves the editor that is active: this panel has to be it. */
  private async moveToWindow(): Promise<void> {
    this.panel?.reveal(undefined, false);
    await vscode.commands.executeCommand("workbench.action.moveEditorToNewWindow");
  }

  /** By its place in the network, so that it is the code of now even if the page is a version behind. */
  private async goToBox({ source, part, index, focus }: MessageOf<"go-to-box">): Promise<void> {
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
  private goToShown({ source, offset }: MessageOf<"reveal">): void {
    const { document } = this;
    if (!document || document.uri.toString() !== source.uri) return;
    const { version } = this.analyses.of(document);
    void goTo(document, version === source.version ? offset : (this.shown ?? offset));
  }

  dispose(): void {
    this.updates.dispose();
    clearTimeout(this.pause);
    const { panel } = this;
    this.panel = undefined;
    panel?.dispose();
  }
}
