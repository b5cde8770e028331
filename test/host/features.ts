import * as vscode from "vscode";
import { ok } from "./support.ts";

/** What the editor asks of extensions, asked by a test. Only this extension's answers are returned. */

export async function lensesOf(document: vscode.TextDocument): Promise<readonly vscode.CodeLens[]> {
  const all = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    document.uri,
    1000,
  );
  return all.filter(({ command }) => command?.command.startsWith("activationLens."));
}

/** The lines, from 0, that have at least one lens. */
export async function lensedLines(document: vscode.TextDocument): Promise<readonly number[]> {
  const lines = (await lensesOf(document)).map(({ range }) => range.start.line);
  return [...new Set(lines)].sort((a, b) => a - b);
}

/** Other extensions' hovers know nothing of activations. */
export const hoverAt = (document: vscode.TextDocument, text: string) =>
  hoverLike(document, text, /ReLU|Sequential/);

export const layerHoverAt = (document: vscode.TextDocument, text: string) =>
  hoverLike(document, text, /Dense layer|Convolution/);

async function hoverLike(
  document: vscode.TextDocument,
  text: string,
  own: RegExp,
): Promise<vscode.Hover | undefined> {
  const position = document.positionAt(offsetOf(document, text) + 1);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    position,
  );
  return hovers.find((hover) => own.test(markdownOf(hover)));
}

export function markdownOf(hover: vscode.Hover): string {
  const contents = hover.contents.map((content) => (typeof content === "string" ? content : content.value));
  return contents.join("\n");
}

export function actionsIn(document: vscode.TextDocument, range: vscode.Range): Thenable<vscode.CodeAction[]> {
  return vscode.commands.executeCommand("vscode.executeCodeActionProvider", document.uri, range);
}

/** Actions offered with the cursor at the start of `text`. */
export function actionsAt(document: vscode.TextDocument, text: string): Thenable<vscode.CodeAction[]> {
  const position = document.positionAt(offsetOf(document, text));
  return actionsIn(document, new vscode.Range(position, position));
}

export function findingsOf(document: vscode.TextDocument): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === "Activation Lens");
}

export const offsetOf = (document: vscode.TextDocument, text: string): number => {
  const offset = document.getText().indexOf(text);
  ok(offset >= 0, `${JSON.stringify(text)} is not in the document`);
  return offset;
};

export const rangeOf = (document: vscode.TextDocument, text: string): vscode.Range => {
  const from = offsetOf(document, text);
  return new vscode.Range(document.positionAt(from), document.positionAt(from + text.length));
};

/** Eight hidden layers with PyTorch's default initialisation: known to lose units. */
export const deepModel = `import torch
from torch import nn

model = nn.Sequential(
${"    nn.Linear(128, 128),\n    nn.ReLU(),\n".repeat(12)}    nn.Linear(128, 10),
)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
criterion = nn.CrossEntropyLoss()
`;

/** Two hidden layers: nothing to say. */
export const healthyModel = `import torch
from torch import nn

model = nn.Sequential(
    nn.Linear(784, 128),
    nn.ReLU(),
    nn.Linear(128, 128),
    nn.ReLU(),
    nn.Linear(128, 10),
)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
criterion = nn.CrossEntropyLoss()
`;
