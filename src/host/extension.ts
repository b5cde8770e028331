import type * as vscode from "vscode";
import { Analyses } from "./analyses.ts";

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(new Analyses());
}
