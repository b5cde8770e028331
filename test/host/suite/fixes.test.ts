import * as vscode from "vscode";
import type { Analysis, Finding, Fix, FixSource, SourceFile } from "../../../src/engine/index.ts";
import { Analyses, type DocumentAnalysis } from "../../../src/host/analyses.ts";
import { commands, internalCommands } from "../../../src/host/commandIds.ts";
import { fixed } from "../../../src/host/fixing.ts";
import { plan, show } from "../../../src/host/fixWorkspace.ts";
import { registerQuickFix } from "../../../src/host/quickFix.ts";
import { actionsAt, deepModel, offsetOf } from "../features.ts";
import { activated, closeAll, equal, ok, open } from "../support.ts";

const two = `from torch import nn

first = nn.Sequential(
    nn.Linear(8, 8),
    nn.ReLU(),
    nn.Linear(8, 8),
    nn.ReLU(),
    nn.Linear(8, 2),
)
second = nn.Sequential(
    nn.Linear(8, 8),
    nn.ReLU(),
    nn.Linear(8, 2),
)
`;
const leaky = (text: string) => text.replaceAll("nn.ReLU()", "nn.LeakyReLU(negative_slope=0.01)");

const run = (command: string, argument?: unknown) => vscode.commands.executeCommand(command, argument);

function select(document: vscode.TextDocument, text: string): void {
  const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
  ok(editor, "the document is shown");
  const position = document.positionAt(offsetOf(document, text));
  editor.selection = new vscode.Selection(position, position);
}

const code = (text: string) => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, "python");

async function fixAllAt(document: vscode.TextDocument): Promise<readonly vscode.CodeAction[]> {
  const range = new vscode.Range(0, 0, document.lineCount, 0);
  const kind = "source.fixAll.activationLens";
  return vscode.commands.executeCommand("vscode.executeCodeActionProvider", document.uri, range, kind);
}

/** No rule has a safe fix for certain: so here `bad` is a finding with one, `worse` with one that is not. */
function words({ path, text }: SourceFile): Analysis {
  const findings = [...text.matchAll(/bad|worse/g)].map(({ 0: word, index }): Finding => {
    const span = { from: index, to: index + word.length };
    const applicability = word === "bad" ? "safe" : "changes-training";
    const fix: Fix = { title: word, kind: "elu", applicability, edits: [{ span, text: "good" }] };
    return { rule: word, severity: "hint", message: word, span, evidence: [], causes: [], fixes: [fix] };
  });
  return { path, sites: [], networks: [], findings };
}

function sourceOf(document: vscode.TextDocument): DocumentAnalysis {
  const file: SourceFile = { path: document.uri.path, text: document.getText(), language: "python" };
  const analysis = words(file);
  const fixes: FixSource = { fix: () => undefined, lossTakes: () => undefined };
  const locate = (offset: number) => ({ document, offset });
  return {
    document,
    version: document.version,
    analysis,
    whole: { file, analysis, fixes },
    start: 0,
    locate,
  };
}

suite("fixes of more than one place", () => {
  suiteSetup(activated);
  teardown(closeAll);

  test("all ReLU of a file, and back in one step", async () => {
    const document = await open(two);
    await run(commands.leakyReluInFile);
    equal(document.getText(), leaky(two), "text");
    await run("undo");
    equal(document.getText(), two, "text after undo");
  });

  test("all ReLU of the network at the cursor, and of no other", async () => {
    const document = await open(two);
    select(document, "nn.Linear(8, 2)");
    await run(commands.leakyReluInNetwork);
    const at = two.indexOf("second");
    equal(document.getText(), leaky(two.slice(0, at)) + two.slice(at), "text");
  });

  test("CRLF, tabs and characters of two units stay what they are", async () => {
    const text = 'from torch.nn import ReLU\r\n\r\nif True:\r\n\ta = "\u{1f600}", ReLU()\r\n\tb = ReLU()';
    const document = await open(text);
    await run(commands.leakyReluInFile);
    equal(
      document.getText(),
      text
        .replaceAll("ReLU()", "LeakyReLU(negative_slope=0.01)")
        .replace("import ReLU", "import ReLU, LeakyReLU"),
      "text",
    );
    await run("undo");
    equal(document.getText(), text, "text after undo");
  });

  test("in a notebook all cells, with one import", async () => {
    const cells = ["from torch.nn import Linear, ReLU", "a = ReLU()", "b = ReLU()"];
    const notebook = await vscode.workspace.openNotebookDocument(
      "jupyter-notebook",
      new vscode.NotebookData(cells.map(code)),
    );
    await vscode.window.showNotebookDocument(notebook);
    await run(commands.leakyReluInFile);
    equal(
      notebook.getCells().map(({ document }) => document.getText()),
      [
        "from torch.nn import Linear, ReLU, LeakyReLU",
        "a = LeakyReLU(negative_slope=0.01)",
        "b = LeakyReLU(negative_slope=0.01)",
      ],
      "cells",
    );
  });

  test("a fix for another version of the text is refused", async () => {
    const document = await open(two);
    const target = {
      uri: document.uri.toString(),
      version: document.version,
      offsets: [offsetOf(document, "nn.ReLU()")],
    };
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), "# more\n");
    ok(await vscode.workspace.applyEdit(edit), "the text is edited");
    await run(internalCommands.applyFix, target);
    equal(document.getText(), `# more\n${two}`, "text");
    const present = { ...target, version: document.version, offsets: [offsetOf(document, "nn.ReLU()")] };
    await run(internalCommands.applyFix, present);
    ok(document.getText().includes("nn.LeakyReLU("), "the same fix for the present version is made");
  });

  test("the light bulb leads to the file and the workspace", async () => {
    const document = await open(two);
    const offered = await actionsAt(document, "nn.ReLU()");
    const led = offered.map(({ command }) => command?.command);
    for (const command of [commands.leakyReluInFile, commands.leakyReluInWorkspace])
      ok(led.includes(command), `${command} among ${led}`);
    const preferred = offered.filter(({ isPreferred }) => isPreferred);
    equal(preferred.length, 0, "no rewrite of healthy code is preferred");
  });

  test("what changes how training goes is never made on save or by Fix All", async () => {
    const document = await open(deepModel);
    const actions = await actionsAt(document, "nn.ReLU()");
    ok(actions.length > 0, "there are fixes");
    const all = await fixAllAt(document);
    equal(
      all.filter(({ title }) => title.includes("Activation Lens")).length,
      0,
      "actions for all that is safe",
    );
    await run(commands.fixAllInFile);
    equal(document.getText(), deepModel, "text");
  });

  test("safe fixes are made when the file is saved, if the user has set that, and undone in one step", async () => {
    const analyses = { of: sourceOf, analyserFor: () => words } as unknown as Analyses;
    const registered = registerQuickFix(analyses);
    const editor = vscode.workspace.getConfiguration("editor");
    const onSave = { "source.fixAll.activationLens": "explicit" };
    await editor.update("codeActionsOnSave", onSave, vscode.ConfigurationTarget.Global);
    try {
      const document = await open("bad = 1\nworse = 2\nbad = 3\n");
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), "# \u{1f600}\n");
      ok(await vscode.workspace.applyEdit(edit), "the text is edited");
      ok(await document.save(), "it is saved");
      equal(document.getText(), "# \u{1f600}\ngood = 1\nworse = 2\ngood = 3\n", "text");
      await run("undo");
      equal(document.getText(), "# \u{1f600}\nbad = 1\nworse = 2\nbad = 3\n", "text after undo");
    } finally {
      registered.dispose();
      await editor.update("codeActionsOnSave", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test("of the workspace those files that have something to switch, closed ones too; cancelled, none", async () => {
    const log = vscode.window.createOutputChannel("Activation Lens, test", { log: true });
    const analyses = new Analyses(log);
    const token = new vscode.CancellationTokenSource();
    const progress = { report: () => undefined };
    const planned = await plan(analyses, log, "leaky-relu", progress, token.token);
    const names = planned?.map(({ source }) => vscode.workspace.asRelativePath(source.document.uri)).sort();
    equal(names, ["bom_crlf_tabs.py", "models/small.py"], "files");
    token.cancel();
    equal(await plan(analyses, log, "leaky-relu", progress, token.token), undefined, "cancelled");
    vscode.Disposable.from(log, analyses, token).dispose();
  });

  test("the changes of a workspace are shown before they are made", async () => {
    const [uri] = await vscode.workspace.findFiles("models/small.py");
    ok(uri, "there is a file");
    const before = (await vscode.workspace.openTextDocument(uri)).getText();
    await settled(run(commands.leakyReluInWorkspace), "refactorPreview.discard");
    equal((await vscode.workspace.openTextDocument(uri)).getText(), before, "text after the preview");
  });

  // Of a file in memory: accepted changes of the workspace's own files might be saved.
  test("changes that are discarded are not made, accepted ones are, all of them", async () => {
    const log = vscode.window.createOutputChannel("Activation Lens, test", { log: true });
    const analyses = new Analyses(log);
    const document = await open(two);
    const source = analyses.of(document);
    const planned = [{ source, edit: fixed(source.whole, "leaky-relu", analyses.analyserFor(document)) }];
    await settled(show(planned, "leaky-relu"), "refactorPreview.discard");
    equal(document.getText(), two, "text after the preview was discarded");
    await settled(show(planned, "leaky-relu"), "refactorPreview.apply");
    equal(document.getText(), leaky(two), "text after the preview was accepted");
    vscode.Disposable.from(log, analyses).dispose();
  });
});

/** The preview opens when it likes and tells nobody: it is answered until what waits for it goes on. */
async function settled(waiting: Thenable<unknown>, answer: string): Promise<void> {
  let isDone = false;
  const done = Promise.resolve(waiting).finally(() => {
    isDone = true;
  });
  for (let at = 0; at < 250 && !isDone; at++) {
    await run(answer);
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 100))]);
  }
  ok(isDone, `${answer} ends what waits for it`);
}
