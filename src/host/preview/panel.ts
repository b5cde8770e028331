import * as vscode from "vscode";
import { type FromWebview, isFromWebview, previewViewType, type ToWebview } from "../../protocol.ts";
import type { Current } from "./current.ts";
import { makeNonce, previewHtml } from "./html.ts";

type Compare = Extract<ToWebview, { type: "compare" }>;

/**
 * One webview panel. It remembers the newest message, since a hidden page is thrown away: when it is shown again it
 * reports "ready" and gets what is current then.
 */
export class PreviewPanel implements vscode.Disposable {
  private readonly received = new vscode.EventEmitter<FromWebview>();
  private readonly subscriptions: vscode.Disposable[] = [this.received];
  private ready = false;
  private current: Current | null = null;
  private compare: Compare | null = null;
  readonly onDidReceive = this.received.event;
  readonly onDidDispose: vscode.Event<void>;

  static create(extension: vscode.Uri, place: { viewColumn: vscode.ViewColumn; preserveFocus: boolean }) {
    return vscode.window.createWebviewPanel(previewViewType, "Activation", place, {
      localResourceRoots: resources(extension),
    });
  }

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly extension: vscode.Uri,
    initial: Current | null,
  ) {
    this.current = initial;
    this.onDidDispose = panel.onDidDispose;
    panel.iconPath = vscode.Uri.joinPath(extension, "media", "icon.svg");
    panel.webview.options = { enableScripts: true, localResourceRoots: resources(extension) };
    this.subscriptions.push(
      panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.ready = false;
      }),
    );
    panel.webview.html = this.html(initial);
  }

  /** Shows what is current; a page that has it already gets nothing. */
  show(message: Current): void {
    if (JSON.stringify(message) === JSON.stringify(this.current)) return;
    this.current = message;
    if (this.ready) void this.panel.webview.postMessage(message);
  }

  /** An answer to the page that is there now; one that is gone asks again. */
  post(message: ToWebview): void {
    if (this.ready) void this.panel.webview.postMessage(message);
  }

  showCompared(message: Compare): void {
    if (this.ready) void this.panel.webview.postMessage(message);
    else this.compare = message;
  }

  reveal(viewColumn: vscode.ViewColumn | undefined, preserveFocus: boolean): void {
    this.panel.reveal(viewColumn, preserveFocus);
  }

  set title(title: string) {
    if (this.panel.title !== title) this.panel.title = title;
  }

  get viewColumn(): vscode.ViewColumn | undefined {
    return this.panel.viewColumn;
  }

  private receive(message: unknown): void {
    if (!isFromWebview(message)) return;
    if (message.type === "ready") {
      this.ready = true;
      if (this.current) void this.panel.webview.postMessage(this.current);
      if (this.compare) void this.panel.webview.postMessage(this.compare);
      this.compare = null;
    }
    this.received.fire(message);
  }

  private html(initial: Current | null): string {
    const { webview } = this.panel;
    const resource = (...path: string[]) =>
      webview.asWebviewUri(vscode.Uri.joinPath(this.extension, ...path)).toString();
    return previewHtml({
      cspSource: webview.cspSource,
      nonce: makeNonce(),
      script: resource("dist", "webview.js"),
      style: resource("media", "preview.css"),
      language: "en",
      initial,
      lab: {
        script: resource("dist", "lab.js"),
        worker: resource("dist", "labWorker.js"),
        style: resource("media", "lab.css"),
      },
    });
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.panel.dispose();
  }
}

const resources = (extension: vscode.Uri): vscode.Uri[] => [
  vscode.Uri.joinPath(extension, "dist"),
  vscode.Uri.joinPath(extension, "media"),
];
