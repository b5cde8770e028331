import * as vscode from "vscode";
import { type Finding, type Fix, mergeFixes, type Span } from "../engine/index.ts";
import { type Analyses, type DocumentAnalysis, isOwn } from "./analyses.ts";
import { commands } from "./commandIds.ts";
import { addEdits, isFor, toSpan, toWorkspaceEdit } from "./convert.ts";
import { fixed } from "./fixing.ts";
import { selector } from "./languages.ts";
import { cellOf } from "./notebooks.ts";
import { networkSwitches, ownSwitches, type Switch, touches } from "./switches.ts";

export const fixAllKind = vscode.CodeActionKind.SourceFixAll.append("activationLens");
const { QuickFix, RefactorRewrite } = vscode.CodeActionKind;

export function registerQuickFix(analyses: Analyses): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(selector, new Provider(analyses), {
    providedCodeActionKinds: [QuickFix, RefactorRewrite, fixAllKind],
  });
}

class Provider implements vscode.CodeActionProvider {
  constructor(private readonly analyses: Analyses) {}

  // The edits belong to the version analysed here; the editor refuses them itself once the document has moved on.
  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const source = this.analyses.of(document);
    const wants = (kind: vscode.CodeActionKind) => !context.only || context.only.contains(kind);
    const span = toSpan(document, range);
    const touched = source.analysis.findings.filter((finding) => touches(finding.span, span));
    const actions: vscode.CodeAction[] = [];
    if (wants(QuickFix)) actions.push(...touched.flatMap((finding) => fixesOf(source, finding, context)));
    if (wants(RefactorRewrite)) actions.push(...this.rewrites(source, span, touched, context));
    // Only when asked for, as on save: a cursor anywhere in the file is no wish to change all of it.
    if (context.only && wants(fixAllKind)) actions.push(...this.fixAll(source));
    return actions;
  }

  /** Rewrites of healthy code; those that a finding already offers are not offered twice. */
  private rewrites(
    source: DocumentAnalysis,
    span: Span,
    touched: readonly Finding[],
    { triggerKind, only }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const offered = new Set(touched.flatMap(({ fixes }) => fixes.map(({ title }) => title)));
    const { analysis, fixes } = source.whole;
    const cursor = { from: span.from + source.start, to: span.to + source.start };
    const own = ownSwitches(analysis, cursor);
    // A cursor that only passes by gets the bulb; the long list is for whoever opens it.
    const isOpened = triggerKind === vscode.CodeActionTriggerKind.Invoke || only !== undefined;
    // Of two with one title that of the network is the better one: it knows how the weights are drawn.
    const others = new Map(
      (isOpened ? networkSwitches(analysis, fixes, cursor) : []).map((one) => [one.title, one]),
    );
    const all = new Map([...own.map((one) => [one.title, one] as const), ...others]);
    return [
      ...[...all.values()]
        .filter(({ title }) => !offered.has(title))
        .map((one) => this.toSwitch(source, one)),
      ...(isOpened && own.length > 0 ? everywhere() : []),
    ];
  }

  private toSwitch(source: DocumentAnalysis, { title, fix }: Switch): vscode.CodeAction {
    const action = new vscode.CodeAction(title, RefactorRewrite);
    action.edit = new vscode.WorkspaceEdit();
    addEdits(action.edit, source, fix.edits);
    return action;
  }

  private fixAll(source: DocumentAnalysis): vscode.CodeAction[] {
    const action = new vscode.CodeAction("Fix all Activation Lens findings that are safe to fix", fixAllKind);
    if (cellOf(source.document)) {
      const edits = ownEdits(source);
      if (edits.length === 0) return [];
      action.edit = toWorkspaceEdit(source, edits);
      return [action];
    }
    const { edits } = fixed(source.whole, "findings", this.analyses.analyserFor(source.document));
    if (edits.length === 0) return [];
    action.edit = new vscode.WorkspaceEdit();
    addEdits(action.edit, source, edits);
    return [action];
  }
}

/**
 * A notebook is saved by asking each cell, all at once. So a cell answers for itself alone, else two would make the same
 * import; the command "Fix All in File" does the rest.
 */
function ownEdits(source: DocumentAnalysis) {
  const isInside = (fix: Fix) => fix.edits.every(({ span }) => isOwn(source, span.from));
  const safe = source.analysis.findings.flatMap(({ fixes }) =>
    fixes[0]?.applicability === "safe" && isInside(fixes[0]) ? [fixes[0]] : [],
  );
  return mergeFixes(safe).edits;
}

/** Of the places that the light bulb at one of them can't show. */
function everywhere(): vscode.CodeAction[] {
  return [
    ["Switch all ReLU in this file to Leaky ReLU", commands.leakyReluInFile],
    ["Switch all ReLU in the workspace to Leaky ReLU…", commands.leakyReluInWorkspace],
  ].map(([title = "", command = ""]) => {
    const action = new vscode.CodeAction(title, RefactorRewrite);
    action.command = { title, command };
    return action;
  });
}

function fixesOf(
  source: DocumentAnalysis,
  finding: Finding,
  { diagnostics }: vscode.CodeActionContext,
): vscode.CodeAction[] {
  return finding.fixes.map((fix, index) => {
    const action = toAction(source, fix, QuickFix);
    action.diagnostics = diagnostics.filter((diagnostic) => isFor(diagnostic, source, finding));
    action.isPreferred = index === 0;
    return action;
  });
}

function toAction(source: DocumentAnalysis, fix: Fix, kind: vscode.CodeActionKind): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, kind);
  action.edit = toWorkspaceEdit(source, fix.edits);
  return action;
}
