import * as vscode from "vscode";
import { findingsOf, hoverAt, lensedLines, rangeOf } from "../features.ts";
import { activated, closeAll, equal, ok, open } from "../support.ts";

const model = "from torch import nn\n\nact = nn.ReLU()\n";

/** Asks every feature; a failing provider would reject or hang. */
async function askEverything(document: vscode.TextDocument): Promise<readonly number[]> {
  const start = new vscode.Position(0, 0);
  await vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, start);
  await vscode.commands.executeCommand(
    "vscode.executeCodeActionProvider",
    document.uri,
    new vscode.Range(start, start),
  );
  findingsOf(document);
  return lensedLines(document);
}

/** A document that another extension makes up, as for the old side of a diff. */
async function openVirtual(name: string, text: string): Promise<vscode.TextDocument> {
  const provider = vscode.workspace.registerTextDocumentContentProvider("lens-virtual", {
    provideTextDocumentContent: () => text,
  });
  try {
    const uri = vscode.Uri.from({ scheme: "lens-virtual", path: `/${name}` });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    return document;
  } finally {
    provider.dispose();
  }
}

suite("documents of all kinds", () => {
  suiteSetup(activated);
  teardown(closeAll);

  test("untitled", async () => {
    const document = await vscode.workspace.openTextDocument({ language: "python", content: model });
    await vscode.window.showTextDocument(document);
    equal(document.uri.scheme, "untitled", "scheme");
    equal(await askEverything(document), [2], "lines with a lens");
  });

  test("of a virtual file system", async () => {
    equal(await askEverything(await open(model)), [2], "lines with a lens");
  });

  test("virtual and read-only", async () => {
    equal(await askEverything(await openVirtual("model.py", model)), [2], "lines with a lens");
  });

  test("a cell of a notebook", async () => {
    const cells = [new vscode.NotebookCellData(vscode.NotebookCellKind.Code, model, "python")];
    const notebook = await vscode.workspace.openNotebookDocument(
      "jupyter-notebook",
      new vscode.NotebookData(cells),
    );
    // Without being shown, a cell has no text model that could be asked.
    await vscode.window.showNotebookDocument(notebook);
    equal(await askEverything(notebook.cellAt(0).document), [2], "lines with a lens");
  });

  test("a file with byte order mark, CRLF, tabs and surrogate pairs", async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    ok(folder, "a folder is open");
    const uri = vscode.Uri.joinPath(folder.uri, "bom_crlf_tabs.py");
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    equal(document.eol, vscode.EndOfLine.CRLF, "end of line");
    equal(await lensedLines(document), [5], "lines with a lens");
    const hover = await hoverAt(document, "nn.ReLU()");
    equal(hover?.range, rangeOf(document, "nn.ReLU()"), "range of the hover");
  });

  const broken: readonly (readonly [string, string])[] = [
    ["empty", ""],
    ["cut off", `${model}class Net(nn.Module:\n    def forward(self, x\n        return nn.ReLU(`],
    ["not Python", "<<<<<<< HEAD\n}{ nn.ReLU( ]) = = \u0000\n=======\n"],
    ["lone surrogate", "from torch import nn\nname = '\ud83d'\nact = nn.ReLU()\n"],
    ["deeply nested", `x = ${"(".repeat(3000)}1${")".repeat(3000)}\n`],
    ["one long line", `x = [${"1, ".repeat(100_000)}]\n`],
  ];
  for (const [name, text] of broken) {
    test(`without an exception: ${name}`, async () => {
      // Not from a file, which could hold neither a lone surrogate nor, as text, a zero byte.
      await askEverything(await openVirtual(`${name}.py`, text));
    });
  }

  test("a file being typed keeps the lenses of the rest", async () => {
    const document = await open(`${model}layer = nn.Linear(\n`);
    equal(await lensedLines(document), [2], "lines with a lens");
  });

  test("10 MB", async function () {
    this.timeout(60_000);
    const line = "values.append(0.123456789)  # a file that a program has written\n";
    const text = model + line.repeat(Math.ceil(10_000_000 / line.length));
    const document = await openVirtual("large.py", text);
    equal(document.getText().length, text.length, "length");
    equal(await askEverything(document), [], "lines with a lens, above the size that is read");
  });
});
