import * as vscode from "vscode";
import { isRestorable, previewViewType } from "../../protocol.ts";
import type { Analyses } from "../analyses.ts";
import { commands, isPlaceTarget } from "../commandIds.ts";
import { isRead } from "../languages.ts";
import type { Current } from "./current.ts";
import { PreviewPanel } from "./panel.ts";
import { pickFunctions } from "./pickFunctions.ts";
import { Preview } from "./preview.ts";

export function registerPreview(context: vscode.ExtensionContext, analyses: Analyses): vscode.Disposable {
  const manager = new PreviewManager(context.extensionUri, analyses);
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    manager,
    vscode.window.registerWebviewPanelSerializer(previewViewType, manager),
    register(commands.openPreview, (target: unknown) => manager.open(vscode.ViewColumn.Active, target)),
    register(commands.openPreviewToSide, (target: unknown) => manager.open(vscode.ViewColumn.Beside, target)),
    register(commands.openAnotherPreview, () => manager.openAnother()),
    register(commands.compareActivations, () => manager.compare()),
  );
}

/** Finds, opens, feeds and restores the previews: one that follows the cursor, and any number that stay. */
class PreviewManager implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly previews = new Set<Preview>();
  private readonly subscriptions: vscode.Disposable;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly analyses: Analyses,
  ) {
    const each = (act: (preview: Preview) => void) => {
      for (const preview of this.previews) act(preview);
    };
    this.subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => each((one) => one.follow(textEditor))),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && each((one) => one.follow(editor))),
      vscode.workspace.onDidChangeTextDocument((event) => each((one) => one.moveWith(event))),
      vscode.workspace.onDidCloseTextDocument((document) => each((one) => one.forget(document))),
      vscode.workspace.onDidOpenTextDocument((document) => each((one) => one.remember(document))),
      // Also another cell of the notebook that the shown code is in.
      analyses.onDidChange((documents) => each((one) => one.changed(documents))),
      analyses.onDidInvalidate(() => each((one) => one.changed())),
    );
  }

  /** The preview that follows the cursor; those that stay are left where they are. */
  async open(viewColumn: vscode.ViewColumn, target: unknown): Promise<Preview> {
    const editor = vscode.window.activeTextEditor;
    const known = [...this.previews].find(({ following }) => following);
    const preview = known ?? this.make();
    if (isPlaceTarget(target)) await preview.aimAt(target);
    else aimAtCursor(preview, editor);
    const preserveFocus = viewColumn === vscode.ViewColumn.Beside;
    if (known) {
      // A panel that is beside the code already stays where the user has put it.
      const stays = preserveFocus && known.viewColumn !== editor?.viewColumn;
      known.reveal(stays ? undefined : viewColumn, preserveFocus);
    } else this.create(preview, { viewColumn, preserveFocus });
    return preview;
  }

  /** One that stays with what `from`, or else the cursor, is on. */
  openAnother(from?: Preview): void {
    const preview = this.make(false);
    if (from) preview.aim(from.place.document, from.place.aim);
    else aimAtCursor(preview, vscode.window.activeTextEditor);
    const viewColumn = from?.viewColumn ?? vscode.ViewColumn.Beside;
    this.create(preview, { viewColumn, preserveFocus: false });
  }

  async compare(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const own = new Preview(this.extension, this.analyses, () => undefined);
    aimAtCursor(own, editor);
    const current = own.current();
    const picked = await pickFunctions(current?.type === "show" ? current.site.activation : undefined);
    if (!picked || picked.length === 0) return;
    (await this.open(vscode.ViewColumn.Beside, undefined)).compare(picked);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const restored = isRestorable(state) ? state : null;
    const preview = this.make(restored?.following ?? true);
    // The page has its own state still; what the code says now follows when the document is there.
    const made = this.adopt(preview, panel, null);
    if (restored?.source) await preview.aimAt({ uri: restored.source.uri, offset: restored.offset });
    preview.show(made);
  }

  private make(following = true): Preview {
    return new Preview(this.extension, this.analyses, (from) => this.openAnother(from), following);
  }

  private create(preview: Preview, place: { viewColumn: vscode.ViewColumn; preserveFocus: boolean }): void {
    const panel = PreviewPanel.create(this.extension, place);
    preview.show(this.adopt(preview, panel, preview.current()));
  }

  private adopt(preview: Preview, panel: vscode.WebviewPanel, initial: Current | null): PreviewPanel {
    const made = new PreviewPanel(panel, this.extension, initial);
    this.previews.add(preview);
    made.onDidDispose(() => {
      this.previews.delete(preview);
      preview.dispose();
      made.dispose();
    });
    return made;
  }

  dispose(): void {
    this.subscriptions.dispose();
    for (const preview of this.previews) preview.dispose();
  }
}

function aimAtCursor(preview: Preview, editor: vscode.TextEditor | undefined): void {
  if (!editor || !isRead(editor.document)) return;
  preview.aim(editor.document, { cursor: editor.document.offsetAt(editor.selection.active), shown: null });
}
