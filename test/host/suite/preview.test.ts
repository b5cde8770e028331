import * as vscode from "vscode";
import { deepModel, healthyModel } from "../features.ts";
import { activated, closeAll, equal, ok, open, until } from "../support.ts";

/** Tabs of previews, in the order in which they stand. */
const previews = (): readonly vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputWebview && input.viewType.endsWith("activationLens.preview"),
    );

const shown = (count: number) =>
  until(vscode.window.tabGroups.onDidChangeTabs, () => previews().length === count, `${count} previews`);

const titled = (part: string) =>
  until(
    vscode.window.tabGroups.onDidChangeTabs,
    () => previews().some(({ label }) => label.includes(part)),
    `a preview called ${part}`,
  );

function put(document: vscode.TextDocument, part: string): void {
  const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
  ok(editor, "the file is visible");
  const at = document.positionAt(document.getText().indexOf(part));
  editor.selection = new vscode.Selection(at, at);
}

suite("preview", () => {
  suiteSetup(activated);
  teardown(closeAll);

  test("opens once, and follows the cursor from file to file", async () => {
    await open(healthyModel);
    await vscode.commands.executeCommand("activationLens.openPreviewToSide");
    await titled("ReLU");
    await vscode.commands.executeCommand("activationLens.openPreviewToSide");
    equal(previews().length, 1, "previews after asking twice");
    const other = await open("import torch.nn as nn\nact = nn.GELU()\n");
    put(other, "nn.GELU");
    await titled("GELU");
  });

  test("another one stays where it is while the first follows", async () => {
    const document = await open("import torch.nn as nn\na = nn.GELU()\n\nb = nn.Tanh()\n");
    put(document, "nn.GELU");
    await vscode.commands.executeCommand("activationLens.openPreviewToSide");
    await titled("GELU");
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    await vscode.commands.executeCommand("activationLens.openAnotherPreview");
    await shown(2);
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    put(document, "nn.Tanh");
    await titled("Tanh");
    const labels = previews().map(({ label }) => label);
    equal(labels.filter((label) => label.includes("GELU")).length, 1, `previews that stay, of ${labels}`);
  });

  test("follows typing: another function under the cursor is another title", async () => {
    const document = await open(deepModel);
    put(document, "nn.ReLU");
    await vscode.commands.executeCommand("activationLens.openPreviewToSide");
    await titled("ReLU");
    const from = document.getText().indexOf("nn.ReLU()");
    const edit = new vscode.WorkspaceEdit();
    const range = new vscode.Range(document.positionAt(from), document.positionAt(from + "nn.ReLU()".length));
    edit.replace(document.uri, range, "nn.LeakyReLU(0.3)");
    ok(await vscode.workspace.applyEdit(edit), "the edit is applied");
    await titled("Leaky ReLU");
  });

  test("a preview that is closed is gone, and opens again", async () => {
    await open(healthyModel);
    for (const _ of [1, 2]) {
      await vscode.commands.executeCommand("activationLens.openPreviewToSide");
      await titled("ReLU");
      equal(previews().length, 1, "previews");
      await vscode.window.tabGroups.close(previews());
      await shown(0);
    }
  });
});
