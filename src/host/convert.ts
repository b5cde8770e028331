import * as vscode from "vscode";
import type { Edit, Evidence, Finding, Severity, Span } from "../engine/index.ts";
import type { DocumentAnalysis } from "./analyses.ts";

/** The only place where offsets of the engine meet positions of the editor. */
export function toRange(document: vscode.TextDocument, span: Span): vscode.Range {
  return new vscode.Range(document.positionAt(span.from), document.positionAt(span.to));
}

export function toSpan(document: vscode.TextDocument, range: vscode.Range): Span {
  return { from: document.offsetAt(range.start), to: document.offsetAt(range.end) };
}

/** Where a place of an analysis is; in a notebook it may be in another cell. */
function toLocation(source: DocumentAnalysis, { from, to }: Span): vscode.Location {
  const { document, offset } = source.locate(from);
  return new vscode.Location(document.uri, toRange(document, { from: offset, to: offset + to - from }));
}

export function toWorkspaceEdit(source: DocumentAnalysis, edits: readonly Edit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { span, text } of edits) {
    const { uri, range } = toLocation(source, span);
    edit.replace(uri, range, text);
  }
  return edit;
}

/** Edits in offsets of what was read as a whole: in a notebook they may be in any of its cells. */
export function addEdits(
  to: vscode.WorkspaceEdit,
  source: DocumentAnalysis,
  edits: readonly Edit[],
  metadata?: vscode.WorkspaceEditEntryMetadata,
): void {
  for (const { span, text } of edits) {
    const { uri, range } = toLocation(source, {
      from: span.from - source.start,
      to: span.to - source.start,
    });
    to.replace(uri, range, text, metadata);
  }
}

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

export const diagnosticSource = "Activation Lens";

export function toDiagnostic(source: DocumentAnalysis, finding: Finding): vscode.Diagnostic {
  const { range } = toLocation(source, finding.span);
  return diagnosticOf(
    finding,
    range,
    finding.evidence.flatMap((evidence) => toRelated(source, evidence)),
  );
}

/** Of a finding whose place is known already. */
export function diagnosticOf(
  { rule, severity, message }: Pick<Finding, "rule" | "severity" | "message">,
  range: vscode.Range,
  related: vscode.DiagnosticRelatedInformation[],
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, message, severities[severity]);
  diagnostic.source = diagnosticSource;
  diagnostic.code = rule;
  if (related.length > 0) diagnostic.relatedInformation = related;
  return diagnostic;
}

const toRelated = (
  source: DocumentAnalysis,
  { span, text }: Evidence,
): readonly vscode.DiagnosticRelatedInformation[] =>
  span ? [new vscode.DiagnosticRelatedInformation(toLocation(source, span), text)] : [];

/** Whether a diagnostic of the editor is the one that a finding was shown as. */
export const isFor = (
  { source, code, range }: vscode.Diagnostic,
  shown: DocumentAnalysis,
  finding: Finding,
): boolean =>
  source === diagnosticSource &&
  code === finding.rule &&
  range.isEqual(toLocation(shown, finding.span).range);
