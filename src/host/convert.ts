import * as vscode from "vscode";
import type { Edit, Evidence, Finding, Severity, Span } from "../engine/index.ts";

/** The only place where offsets of the engine meet positions of the editor. */
export function toRange(document: vscode.TextDocument, span: Span): vscode.Range {
  return new vscode.Range(document.positionAt(span.from), document.positionAt(span.to));
}

export function toSpan(document: vscode.TextDocument, range: vscode.Range): Span {
  return { from: document.offsetAt(range.start), to: document.offsetAt(range.end) };
}

export function toWorkspaceEdit(document: vscode.TextDocument, edits: readonly Edit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { span, text } of edits) edit.replace(document.uri, toRange(document, span), text);
  return edit;
}

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

export const diagnosticSource = "Activation Lens";

export function toDiagnostic(document: vscode.TextDocument, finding: Finding): vscode.Diagnostic {
  const range = toRange(document, finding.span);
  const diagnostic = new vscode.Diagnostic(range, finding.message, severities[finding.severity]);
  diagnostic.source = diagnosticSource;
  diagnostic.code = finding.rule;
  const related = finding.evidence.flatMap((evidence) => toRelated(document, evidence));
  if (related.length > 0) diagnostic.relatedInformation = related;
  return diagnostic;
}

function toRelated(
  document: vscode.TextDocument,
  { span, text }: Evidence,
): vscode.DiagnosticRelatedInformation[] {
  if (!span) return [];
  const location = new vscode.Location(document.uri, toRange(document, span));
  return [new vscode.DiagnosticRelatedInformation(location, text)];
}

/** Whether a diagnostic of the editor is the one that a finding was shown as. */
export function isFor(
  diagnostic: vscode.Diagnostic,
  document: vscode.TextDocument,
  finding: Finding,
): boolean {
  const { source, code, range } = diagnostic;
  return (
    source === diagnosticSource && code === finding.rule && range.isEqual(toRange(document, finding.span))
  );
}
