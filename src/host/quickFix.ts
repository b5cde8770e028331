import * as vscode from "vscode";
import type { Finding, Fix, Site, Span } from "../engine/index.ts";
import { type Analyses, type DocumentAnalysis, isOwn } from "./analyses.ts";
import { isFor, toSpan, toWorkspaceEdit } from "./convert.ts";
import { mergeFixes, safeFixes } from "./edits.ts";
import { overlap } from "./findings.ts";
import { selector } from "./languages.ts";

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
    if (wants(RefactorRewrite)) actions.push(...rewrites(source, span, touched));
    // Only when asked for, as on save: a cursor anywhere in the file is no wish to change all of it.
    if (context.only && wants(fixAllKind)) actions.push(...fixAll(source));
    return actions;
  }
}

/** A cursor at the very end of an expression still means that expression. */
const touches = (site: Span, cursor: Span): boolean =>
  overlap(site, cursor) || (cursor.from === cursor.to && cursor.from === site.to);

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

/** Rewrites of healthy code; those that a finding already offers are not offered twice. */
function rewrites(source: DocumentAnalysis, span: Span, touched: readonly Finding[]): vscode.CodeAction[] {
  const offered = new Set(touched.flatMap(({ fixes }) => fixes.map(({ title }) => title)));
  const sites: readonly Site[] = source.analysis.sites.filter((site) => touches(site.span, span));
  return sites
    .flatMap((site) => site.fixes)
    .filter(({ title }) => !offered.has(title))
    .map((fix) => toAction(source, fix, RefactorRewrite));
}

/**
 * A notebook is saved by asking each cell, all at once. So a cell answers for itself alone, else two would make the same
 * import; the command "Fix All in File" does the rest.
 */
function fixAll(source: DocumentAnalysis): vscode.CodeAction[] {
  const isInside = (fix: Fix) => fix.edits.every(({ span }) => isOwn(source, span.from));
  const { edits } = mergeFixes(safeFixes(source.analysis.findings).filter(isInside));
  if (edits.length === 0) return [];
  const action = new vscode.CodeAction("Fix all Activation Lens findings that are safe to fix", fixAllKind);
  action.edit = toWorkspaceEdit(source, edits);
  return [action];
}

function toAction(source: DocumentAnalysis, fix: Fix, kind: vscode.CodeActionKind): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, kind);
  action.edit = toWorkspaceEdit(source, fix.edits);
  return action;
}
