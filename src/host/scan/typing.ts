import * as vscode from "vscode";

/** Knows when a key was last pressed in the text that the user works in. */
export class Typing implements vscode.Disposable {
  private last = Number.NEGATIVE_INFINITY;
  private readonly subscription = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    // Not what the log's window shows, nor what other extensions write somewhere.
    if (contentChanges.length > 0 && document === vscode.window.activeTextEditor?.document)
      this.last = performance.now();
  });

  /** Resolves when no key was pressed for so many ms; undefined: that is so already. */
  rested(ms: number): Promise<void> | undefined {
    return performance.now() - this.last > ms ? undefined : this.wait(ms);
  }

  private async wait(ms: number): Promise<void> {
    for (let left = ms; left > 0; left = this.last + ms - performance.now())
      await new Promise((resolve) => setTimeout(resolve, Math.ceil(left)));
  }

  dispose(): void {
    this.subscription.dispose();
  }
}
