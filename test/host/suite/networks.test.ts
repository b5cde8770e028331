import * as vscode from "vscode";
import { Analyses } from "../../../src/host/analyses.ts";
import { goTo, openPlace } from "../../../src/host/goTo.ts";
import { KnownNetworks } from "../../../src/host/networks/known.ts";
import type { Node } from "../../../src/host/networks/nodes.ts";
import { NetworkTree } from "../../../src/host/networks/tree.ts";
import { ScanResults } from "../../../src/host/scan/results.ts";
import { workspaceFolders } from "../../../src/host/scan/scanCommands.ts";
import { WorkspaceScan } from "../../../src/host/scan/workspaceScan.ts";
import { deepModel, healthyModel, offsetOf } from "../features.ts";
import { activated, closeAll, equal, ok, open, scanScriptUri } from "../support.ts";

/** The view can't be asked what it shows: the same parts are put together here, but for the view itself. */
function makeTree() {
  const log = vscode.window.createOutputChannel("Activation Lens, test", { log: true });
  const analyses = new Analyses(log);
  const results = new ScanResults();
  const known = new KnownNetworks(analyses, results);
  const tree = new NetworkTree(analyses, known);
  const scan = new WorkspaceScan(
    { folders: workspaceFolders, script: scanScriptUri() },
    results,
    analyses.configs,
    log,
  );
  const all = vscode.Disposable.from(log, analyses, results, known, tree, scan);
  return { tree, known, scan, dispose: () => all.dispose() };
}

const labels = (nodes: readonly Node[]) => nodes.map(({ label }) => label);

suite("networks", () => {
  let made: ReturnType<typeof makeTree>;
  suiteSetup(activated);
  setup(() => {
    made = makeTree();
  });
  teardown(async () => {
    made.dispose();
    await closeAll();
  });

  const activeFile = () => made.tree.getChildren().find(({ id }) => id.startsWith("active|"));
  /** The networks of the active file. */
  const shown = (): readonly Node[] => {
    made.tree.update();
    return activeFile()?.children ?? [];
  };

  test("of the active file, with their layers", async () => {
    await open(healthyModel);
    const [network] = shown();
    ok(network, "the network is in the tree");
    equal(network.label, "model", "name");
    equal(
      labels(network.children),
      ["1 · dense 784 → 128", "2 · dense 128 → 128", "3 · dense 128 → 10"],
      "layers",
    );
    const item = made.tree.getTreeItem(network);
    equal(item.contextValue, "network", "what menus go by");
    ok(item.accessibilityInformation?.label.startsWith("Network model, PyTorch"), "what screen readers say");
    equal(made.tree.getParent(network.children[0]!)?.id, network.id, "parent of a layer");
  });

  test("follow the active editor, and keep the others under the workspace", async () => {
    await open(healthyModel);
    made.tree.update();
    const first = made.tree.getChildren()[0]?.label;
    await open(deepModel);
    equal(shown()[0]?.children.length, 13, "layers of the second file");
    const workspace = made.tree.getChildren().find(({ kind }) => kind === "workspace");
    ok(labels(workspace?.children ?? []).includes(first ?? ""), "the first file is under the workspace");
    await vscode.workspace
      .openTextDocument({ language: "markdown", content: "# none" })
      .then(vscode.window.showTextDocument);
    equal(shown()[0]?.children.length, 13, "layers while a text without code is active");
  });

  test("follow the typing, with the same ids, and tell only when something is other than before", async () => {
    const document = await open(healthyModel);
    const before = shown();
    let changes = 0;
    let told = activeFile();
    // Of this file alone: VS Code closes documents of earlier tests when it likes.
    const listener = made.tree.onDidChangeTreeData(() => {
      if (activeFile() !== told) changes++;
      told = activeFile();
    });
    const insert = async (offset: number, text: string) => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, document.positionAt(offset), text);
      ok(await vscode.workspace.applyEdit(edit), "the edit is applied");
    };
    await insert(document.getText().length, "# a comment at the end\n");
    shown();
    equal(changes, 0, "changes after an edit below the network");
    await insert(0, "# above\n");
    const [moved] = shown();
    equal(changes, 1, "changes after an edit above");
    equal(moved?.id, before[0]?.id, "id");
    equal(moved?.offset, (before[0]?.offset ?? 0) + 8, "place");
    await insert(offsetOf(document, "nn.Linear(784"), "nn.Linear(9, 784), nn.ReLU(), ");
    equal(shown()[0]?.children.length, 4, "layers after one more was written");
    listener.dispose();
  });

  test("the network and the layer at the cursor are found", async () => {
    const document = await open(healthyModel);
    const [network] = shown();
    const at = (text: string) => made.tree.at(document, offsetOf(document, text) + 1);
    equal(at("nn.Linear(128, 10)").layer?.id, network?.children[2]?.id, "layer");
    equal(at("Sequential").network?.id, network?.id, "network");
    equal(at("Sequential").layer, undefined, "no layer on the network's own call");
    equal(at("import torch"), {}, "outside");
  });

  test("lead to the code", async () => {
    const document = await open(healthyModel);
    const layer = shown()[0]?.children[1];
    ok(layer, "the second layer");
    const place = await openPlace(layer);
    await goTo(place.document, place.offset, true);
    const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
    equal(
      editor && document.offsetAt(editor.selection.active),
      offsetOf(document, "nn.Linear(128, 128)"),
      "the cursor",
    );
  });

  test("of a notebook lead to the very cell", async () => {
    const cells = ["import torch\nfrom torch import nn", healthyModel.slice(healthyModel.indexOf("model"))];
    const data = cells.map(
      (text) => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, "python"),
    );
    const notebook = await vscode.workspace.openNotebookDocument(
      "jupyter-notebook",
      new vscode.NotebookData(data),
    );
    await vscode.window.showNotebookDocument(notebook);
    const [network] = shown();
    ok(network, "the network is in the tree");
    const { document, offset } = await openPlace(network.children[2]!);
    equal(document.uri.toString(), notebook.cellAt(1).document.uri.toString(), "cell");
    equal(offset, offsetOf(document, "nn.Linear(128, 10)"), "place in the cell");
  });

  test("of the workspace are found by a scan, hidden folders left out", async () => {
    await made.scan.run();
    equal(
      made.known.files.map(({ folder, name }) => `${folder}/${name}`),
      ["models/small.py"],
      "files with networks",
    );
    made.tree.update();
    // Documents of other tests may be open still.
    const workspace = made.tree.getChildren().find(({ kind }) => kind === "workspace");
    const file = workspace?.children.find(({ label }) => label === "small.py");
    const layer = file?.children[0]?.children[1];
    equal(layer?.label, "2 · dense 4 → 2", "a layer");
    const { document, offset } = await openPlace(layer!);
    equal(offset, offsetOf(document, "nn.Linear(4, 2)"), "place");
  });
});
