import * as vscode from "vscode";
import { actionsAt, deepModel, findingsOf, hoverAt, lensedLines, lensesOf, markdownOf } from "../features.ts";
import { activated, closeAll, equal, includes, ok, until } from "../support.ts";

const imports = "%matplotlib inline\nimport torch\nfrom torch import nn";
const named = "!pip install torch\nfrom torch.nn import Linear, ReLU";
const act = "x = 1\nact = nn.ReLU()";
const training =
  "optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)\ncriterion = nn.CrossEntropyLoss()";
const [optimiser = ""] = training.split("\n");
const deep = deepModel.slice(deepModel.indexOf("model ="), deepModel.indexOf("optimizer ="));
const title = "Switch to Leaky ReLU (negative_slope=0.01)";

const code = (text: string, language = "python") =>
  new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, language);
const note = (text: string) => new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, text, "markdown");

async function openCells(...cells: readonly (string | vscode.NotebookCellData)[]) {
  const data = cells.map((cell) => (typeof cell === "string" ? code(cell) : cell));
  const notebook = await vscode.workspace.openNotebookDocument(
    "jupyter-notebook",
    new vscode.NotebookData(data),
  );
  // Without being shown, a cell has no text model that could be asked.
  await vscode.window.showNotebookDocument(notebook);
  return notebook;
}

const documentOf = (notebook: vscode.NotebookDocument, index: number) => notebook.cellAt(index).document;

async function change(notebook: vscode.NotebookDocument, ...edits: readonly vscode.NotebookEdit[]) {
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, [...edits]);
  ok(await vscode.workspace.applyEdit(edit), "the cells are changed");
}

async function write(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const all = new vscode.Range(new vscode.Position(0, 0), document.positionAt(document.getText().length));
  edit.replace(document.uri, all, text);
  ok(await vscode.workspace.applyEdit(edit), "the cell is edited");
}

const hasFinding = (document: vscode.TextDocument) =>
  findingsOf(document).some(({ code }) => code === "dying-relu");

const reported = (document: vscode.TextDocument) =>
  until(vscode.languages.onDidChangeDiagnostics, () => hasFinding(document), "the finding of the cell");

const silent = (document: vscode.TextDocument) =>
  until(vscode.languages.onDidChangeDiagnostics, () => !hasFinding(document), "no finding in the cell");

suite("notebook", () => {
  suiteSetup(activated);
  teardown(closeAll);

  test("names that another cell imports: lens and hover in the cell", async () => {
    const notebook = await openCells(note("# nn.ReLU()"), imports, act, code("nn.ReLU()", "r"));
    equal(await lensedLines(documentOf(notebook, 2)), [1], "lines with a lens");
    equal(await lensedLines(documentOf(notebook, 1)), [], "lines with a lens in the cell of the imports");
    equal(await lensedLines(documentOf(notebook, 3)), [], "lines with a lens in a cell of R");
    const hover = await hoverAt(documentOf(notebook, 2), "nn.ReLU()");
    ok(hover, "there is a hover");
    includes(markdownOf(hover), "torch.nn.ReLU");
    ok(!markdownOf(hover).includes("probably"), "the name is known");
    equal(hover.range?.start.line, 1, "line of the hover");
  });

  test("a finding stands in the cell of its network, the reasons come from others", async () => {
    const notebook = await openCells(imports, deep, training);
    await reported(documentOf(notebook, 1));
    equal(findingsOf(documentOf(notebook, 0)).length, 0, "findings in the cell of the imports");
    equal(findingsOf(documentOf(notebook, 2)).length, 0, "findings in the cell of the optimiser");
    const lenses = (await lensesOf(documentOf(notebook, 1))).map(({ command }) => command?.title);
    ok(
      lenses.some((text) => text?.includes("Adam 1e-3") || text?.includes("Adam 0.001")),
      `the lens names the optimiser of another cell: ${lenses}`,
    );
  });

  test("a fix adds its import in the cell of the import", async () => {
    const notebook = await openCells(named, note("text"), "%%time\nact = ReLU()");
    const actions = await actionsAt(documentOf(notebook, 2), "ReLU()");
    const edit = actions.find((action) => action.title === title)?.edit;
    ok(edit, `the fix is offered among ${actions.map((action) => action.title)}`);
    equal(edit.entries().length, 2, "cells that the fix edits");
    ok(await vscode.workspace.applyEdit(edit), "the edit is applied");
    equal(
      documentOf(notebook, 0).getText(),
      named.replace("Linear", "LeakyReLU, Linear"),
      "the cell of the import",
    );
    equal(documentOf(notebook, 2).getText(), "%%time\nact = LeakyReLU(negative_slope=0.01)", "the cell");
  });

  test("a lens fixes with names of another cell, but not when any cell has changed", async () => {
    const names = `import torch\n${named}, Sequential`;
    const notebook = await openCells(names, deep.replaceAll("nn.", ""), optimiser);
    const cell = documentOf(notebook, 1);
    const before = cell.getText();
    const fixLens = async () => {
      const command = (await lensesOf(cell)).find(({ command }) => command?.title === "Fix")?.command;
      ok(command, "a lens offers the fix");
      return command;
    };
    const old = await fixLens();
    await write(documentOf(notebook, 0), `${names}\nx = 1`);
    await vscode.commands.executeCommand(old.command, ...(old.arguments ?? []));
    equal(cell.getText(), before, "the cell after a fix that is out of date");
    const fresh = await fixLens();
    await vscode.commands.executeCommand(fresh.command, ...(fresh.arguments ?? []));
    includes(cell.getText(), "torch.nn.init.kaiming_normal_(module.weight");
    equal(documentOf(notebook, 0).getText(), `${names}\nx = 1`, "the cell of the imports");
  });

  test("edited: what another cell says counts at once", async () => {
    const notebook = await openCells(imports, deep, training);
    await reported(documentOf(notebook, 1));
    await write(documentOf(notebook, 0), "import torch\nfrom mylib import nn");
    await silent(documentOf(notebook, 1));
    await write(documentOf(notebook, 0), imports);
    await reported(documentOf(notebook, 1));
  });

  test("added, moved, deleted", async () => {
    const notebook = await openCells(imports, act);
    await change(notebook, vscode.NotebookEdit.insertCells(2, [code(deep), code(training)]));
    const model = documentOf(notebook, 2);
    await vscode.window.showNotebookDocument(notebook);
    await reported(model);
    const at = findingsOf(model)[0]?.range.start.line;
    // The network's cell goes to the top, the imports follow it.
    await change(
      notebook,
      vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(0, 1)),
      vscode.NotebookEdit.insertCells(3, [code(imports)]),
    );
    await reported(model);
    equal(findingsOf(model)[0]?.range.start.line, at, "line of the finding");
    equal(await lensedLines(documentOf(notebook, 0)), [1], "lines with a lens in the first cell");
    const last = notebook.cellCount - 1;
    await change(notebook, vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(last, last + 1)));
    await write(documentOf(notebook, 0), "from mylib import nn");
    await silent(model);
  });

  test("a cell that does not parse leaves the others alone", async () => {
    const notebook = await openCells(imports, "x = (1,\ny = '''", act);
    equal(await lensedLines(documentOf(notebook, 2)), [1], "lines with a lens");
  });
});
