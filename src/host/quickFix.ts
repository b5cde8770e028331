import * as vscode from "vscode";
import type { Analysis, Finding, Fix, Site, Span } from "../engine/index.ts";
import { type Analyses, selector } from "./analyses.ts";
import { isFor, toSpan, toWorkspaceEdit } from "./convert.ts";
import { mergeFixes, safeFixes } from "./edits.ts";
import { overlap } from "./findings.ts";

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
    const { analysis } = this.analyses.of(document);
    const wants = (kind: vscode.CodeActionKind) => !context.only || context.only.contains(kind);
    const span = toSpan(document, range);
    const touched = analysis.findings.filter((finding) => touches(finding.span, span));
    const actions: vscode.CodeAction[] = [];
    if (wants(QuickFix)) actions.push(...touched.flatMap((finding) => fixesOf(document, finding, context)));
    if (wants(RefactorRewrite)) actions.push(...rewrites(document, analysis, span, touched));
    // Only when asked for, as on save: a cursor anywhere in the file is no wish to change all of it.
    if (context.only && wants(fixAllKind)) actions.push(...fixAll(document, analysis));
    return actions;
  }
}

/** A cursor at the very end of an expression still means that expression. */
const touches = (site: Span, cursor: Span): boolean =>
  overlap(site, cursor) || (cursor.from === cursor.to && cursor.from === site.to);

function fixesOf(
  document: vscode.TextDocument,
  finding: Finding,
  { diagnostics }: vscode.CodeActionContext,
): vscode.CodeAction[] {
  return finding.fixes.map((fix, index) => {
    const action = toAction(document, fix, QuickFix);
    action.diagnostics = diagnostics.filter((diagnostic) => isFor(diagnostic, document, finding));
    action.isPreferred = index === 0;
    return action;
  });
}

/** Rewrites of healthy code; those that a finding already offers are not offered twice. */
function rewrites(
  document: vscode.TextDocument,
  analysis: Analysis,
  span: Span,
  touched: readonly Finding[],
): vscode.CodeAction[] {
  const offered = new Set(touched.flatMap(({ fixes }) => fixes.map(({ title }) => title)));
  const sites: readonly Site[] = analysis.sites.filter((site) => touches(site.span, span));
  return sites
    .flatMap((site) => site.fixes)
    .filter(({ title }) => !offered.has(title))
    .map((fix) => toAction(document, fix, RefactorRewrite));
}

function fixAll(document: vscode.TextDocument, analysis: Analysis): vscode.CodeAction[] {
  const { edits } = mergeFixes(safeFixes(analysis.findings));
  if (edits.length === 0) return [];
  const action = new vscode.CodeAction("Fix all Activation Lens findings that are safe to fix", fixAllKind);
  action.edit = toWorkspaceEdit(document, edits);
  return [action];
}

function toAction(document: vscode.TextDocument, fix: Fix, kind: vscode.CodeActionKind): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, kind);
  action.edit = toWorkspaceEdit(document, fix.edits);
  return action;
}
