import * as vscode from "vscode";
import { Analyses } from "./analyses.ts";
import { registerCodeLens } from "./codeLens.ts";
import { registerCommands } from "./commands.ts";
import { registerConfigProblems } from "./configProblems.ts";
import { registerContextKeys } from "./contextKeys.ts";
import { registerDiagnostics } from "./diagnostics.ts";
import { registerFixCommands } from "./fixCommands.ts";
import { registerHover } from "./hover.ts";
import { registerNetworks } from "./networks/view.ts";
import { registerPreview } from "./preview/manager.ts";
import { registerQuickFix } from "./quickFix.ts";

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("Activation Lens", { log: true });
  const analyses = new Analyses(log);
  context.subscriptions.push(
    log,
    analyses,
    registerCodeLens(analyses),
    registerHover(analyses),
    registerDiagnostics(analyses),
    registerConfigProblems(analyses.configs),
    registerQuickFix(analyses),
    registerCommands(log),
    registerFixCommands(analyses, log),
    registerContextKeys(analyses),
    registerPreview(context, analyses),
    registerNetworks(analyses, log),
  );
}
