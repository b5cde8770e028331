import * as vscode from "vscode";
import { Analyses } from "../../../src/host/analyses.ts";
import { commands } from "../../../src/host/commandIds.ts";
import { KnownNetworks } from "../../../src/host/networks/known.ts";
import { ScannedProblems } from "../../../src/host/scan/problems.ts";
import { ScanResults } from "../../../src/host/scan/results.ts";
import { WorkspaceScan } from "../../../src/host/scan/workspaceScan.ts";
import { deepModel, findingsOf, healthyModel } from "../features.ts";
import { memoryFile } from "../memory.ts";
import { activated, closeAll, equal, ok, SOURCE, scanScriptUri, until } from "../support.ts";

/** The parts that the extension is composed of, for a folder of the test's own. */
function makeScan(folder: vscode.Uri) {
  const log = vscode.window.createOutputChannel("Activation Lens, test", { log: true });
  const analyses = new Analyses(log);
  const results = new ScanResults();
  const known = new KnownNetworks(analyses, results);
  const published = new vscode.EventEmitter<vscode.Uri>();
  const problems = new ScannedProblems(results, published.event);
  const scan = new WorkspaceScan(
    { folders: () => [folder], script: scanScriptUri() },
    results,
    analyses.configs,
    log,
  );
  const all = vscode.Disposable.from(log, analyses, results, known, published, problems, scan);
  return { results, known, published, scan, dispose: () => all.dispose() };
}

const told = (done: () => boolean, what: string) =>
  until(vscode.languages.onDidChangeDiagnostics, done, what);

const problemsOf = (uri: vscode.Uri) =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === SOURCE);

/** In the editor's process, by the editor's file systems; and in a thread, where there are threads. */
for (const place of ["memory", "disk"] as const)
  suite(`scan, ${place}`, () => {
    let folder: vscode.Uri;
    let made: ReturnType<typeof makeScan>;
    let count = 0;

    suiteSetup(async function () {
      await activated();
      const workspace = vscode.workspace.workspaceFolders?.[0]?.uri;
      ok(workspace, "a folder is open");
      // On the web there is no disk.
      if (place === "disk" && workspace.scheme !== "file") this.skip();
    });
    setup(async () => {
      const workspace = vscode.workspace.workspaceFolders?.[0]?.uri as vscode.Uri;
      const name = `scanned-${place}-${++count}`;
      folder = place === "disk" ? vscode.Uri.joinPath(workspace, name) : memoryFile("", `/${name}/empty.py`);
      if (place === "memory") folder = folder.with({ path: `/${name}` });
      await write("deep.py", deepModel);
      await write("sub/healthy.py", healthyModel);
      await write("none.py", "print('hello')\n");
      made = makeScan(folder);
    });
    teardown(async () => {
      made?.dispose();
      await closeAll();
      if (folder) await vscode.workspace.fs.delete(folder, { recursive: true });
    });

    const at = (name: string) => vscode.Uri.joinPath(folder, name);
    const write = (name: string, text: string) =>
      vscode.workspace.fs.writeFile(at(name), new TextEncoder().encode(text));
    const knownNames = () => made.known.files.map(({ name }) => name).sort();
    const knows = (names: readonly string[], what: string) =>
      until(made.known.onDidChange, () => knownNames().join() === names.join(), what);
    /** As a user opens it: what an extension opens stays open for minutes after its tab is closed. */
    async function opened(name: string): Promise<vscode.TextDocument> {
      await vscode.commands.executeCommand("vscode.open", at(name));
      const document = vscode.window.activeTextEditor?.document;
      ok(document?.uri.path === at(name).path, "it is open");
      return document;
    }
    const rulesIn = (name: string) => problemsOf(at(name)).map(({ code }) => code);

    test("finds networks and problems in files that are not open", async () => {
      await made.scan.run();
      equal(knownNames(), ["deep.py", "healthy.py"], "files with networks");
      equal(made.scan.now.kind, "done", "state");
      await told(() => rulesIn("deep.py").includes("dying-relu"), "the problem");
      equal(problemsOf(at("sub/healthy.py")), [], "problems of the healthy one");
      const [problem] = problemsOf(at("deep.py"));
      const document = await vscode.workspace.openTextDocument(at("deep.py"));
      ok(problem && /nn\.|model/.test(document.getText(problem.range)), "it stands where it belongs");
    });

    test("follows files that are changed, made and deleted, and folders", async () => {
      await made.scan.run();
      await write("deep.py", healthyModel);
      await told(() => rulesIn("deep.py").length === 0, "the problem is gone");
      await write("more/inner/deep.py", deepModel);
      await told(() => rulesIn("more/inner/deep.py").includes("dying-relu"), "a problem in a new folder");
      await knows(["deep.py", "deep.py", "healthy.py"], "a file in a new folder");
      await vscode.workspace.fs.delete(at("more"), { recursive: true });
      await told(() => rulesIn("more/inner/deep.py").length === 0, "the folder's problems are gone");
      await vscode.workspace.fs.delete(at("sub/healthy.py"));
      await knows(["deep.py"], "the deleted file is gone");
    });

    test("files that are left out from now on leave", async () => {
      await write(".git/HEAD", "ref: refs/heads/main\n");
      await made.scan.run();
      await told(() => rulesIn("deep.py").length > 0, "the problem");
      await write(".gitignore", "deep.py\n");
      await told(() => rulesIn("deep.py").length === 0, "its problem is gone");
      equal(knownNames(), ["healthy.py"], "files with networks");
      if (place === "disk") {
        await write("activation-lens.json", '{ "extend-exclude": ["sub"] }');
        await knows([], "nothing is left");
      }
    });

    test("is stopped, keeps what it has found, and can be begun again", async () => {
      for (let index = 0; index < 300; index++) await write(`many/net${index}.py`, healthyModel);
      const stopping = made.scan.onDidChange(({ read }) => {
        if (read > 0) made.scan.stop();
      });
      await made.scan.run();
      stopping.dispose();
      const { kind, read, total } = made.scan.now;
      equal([kind, total], ["stopped", 303 + (place === "memory" ? 1 : 0)], "state");
      ok(read > 0 && read < total, `${read} of ${total} files were read`);
      ok(made.known.files.length > 0, "what was found is known");
      await made.scan.run();
      equal(made.known.files.length, 302, "files with networks");
    });

    test("is begun at once after it was cleared or stopped on its way", async () => {
      for (const end of ["clear", "stop"] as const) {
        const first = made.scan.run();
        made.scan[end]();
        await made.scan.run();
        await first;
        equal([knownNames(), made.scan.now.kind], [["deep.py", "healthy.py"], "done"], `after ${end}`);
      }
    });

    test("is cleared: nothing is known, nothing followed", async () => {
      await made.scan.run();
      await told(() => rulesIn("deep.py").length > 0, "the problem");
      made.scan.clear();
      await told(() => rulesIn("deep.py").length === 0, "no problem");
      equal([knownNames(), made.scan.now.kind], [[], "none"], "what is known");
      // Another one that follows says when a change is known.
      const other = makeScan(folder);
      await other.scan.run();
      await write("deep2.py", deepModel);
      const isKnown = () => other.known.files.some(({ name }) => name === "deep2.py");
      await until(other.known.onDidChange, isKnown, "a new file is known to who follows");
      other.dispose();
      await told(() => rulesIn("deep2.py").length === 0, "no problem of who follows");
      equal(knownNames(), [], "what is known of a new file");
    });

    test("what is open is told by the editor alone, and by the scan again when it is closed", async () => {
      await made.scan.run();
      await told(() => rulesIn("deep.py").length === 1, "one problem");
      const document = await opened("deep.py");
      await told(() => findingsOf(document).length === 2, "the extension's own");
      made.published.fire(document.uri);
      await told(() => findingsOf(document).length === 1, "one problem");
      const closed = until(vscode.workspace.onDidCloseTextDocument, () => document.isClosed, "it is closed");
      await closeAll();
      await closed;
      await told(() => rulesIn("deep.py").length === 1, "one problem");
      equal(knownNames(), ["deep.py", "healthy.py"], "files with networks");
    });

    if (place === "disk")
      test("by its command, in the whole workspace, without doubles", async () => {
        await vscode.commands.executeCommand(commands.scanWorkspace);
        await told(() => rulesIn("deep.py").length === 1, "one problem");
        await opened("deep.py");
        // Longer than findings wait in an open file: what is there now stays.
        await new Promise((resolve) => setTimeout(resolve, 1500));
        equal(rulesIn("deep.py").length, 1, "problems while it is open");
        await vscode.commands.executeCommand(commands.clearScan);
        equal(rulesIn("deep.py").length, 1, "problems of the open file");
        await closeAll();
        await told(() => rulesIn("deep.py").length === 0, "no problem when it is closed");
      });
  });
