import * as vscode from "vscode";
import { sources } from "../../../src/host/sources.ts";
import { deepModel, findingsOf, healthyModel } from "../features.ts";
import { memoryFile } from "../memory.ts";
import { activated, closeAll, equal, includes, ok, until } from "../support.ts";

const told = (done: () => boolean, what: string) =>
  until(vscode.languages.onDidChangeDiagnostics, done, what);

const severityIn = (document: vscode.TextDocument) =>
  findingsOf(document).find(({ code }) => code === "dying-relu")?.severity;

const { Information, Error: Wrong, Warning } = vscode.DiagnosticSeverity;

suite("configuration", () => {
  let folder: vscode.Uri;

  suiteSetup(async function () {
    await activated();
    const workspace = vscode.workspace.workspaceFolders?.[0]?.uri;
    ok(workspace, "a folder is open");
    // On the web the workspace can't be written to.
    if (vscode.workspace.fs.isWritableFileSystem(workspace.scheme) !== true || workspace.scheme !== "file")
      this.skip();
    folder = vscode.Uri.joinPath(workspace, "configured");
  });
  teardown(async () => {
    await closeAll();
    if (folder) await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  const at = (name: string) => vscode.Uri.joinPath(folder, name);
  const write = (name: string, text: string) =>
    vscode.workspace.fs.writeFile(at(name), new TextEncoder().encode(text));
  const configure = (config: object) => write("activation-lens.json", JSON.stringify(config));
  async function shown(name: string): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(at(name));
    await vscode.window.showTextDocument(document);
    return document;
  }

  test("the nearest one holds, its changes at once, and the settings again when it is gone", async () => {
    await write("deep.py", deepModel);
    await configure({ severity: { "dying-relu": "information" } });
    const document = await shown("deep.py");
    await told(() => severityIn(document) === Information, "the severity that it says");
    await configure({ severity: { "dying-relu": "error" } });
    await told(() => severityIn(document) === Wrong, "the severity that it says now");
    await configure({ "extend-exclude": ["deep.py"] });
    await told(() => findingsOf(document).length === 0, "no finding in a file that it leaves out");
    await vscode.workspace.fs.delete(at("activation-lens.json"));
    await write("pyproject.toml", "[tool.other]\n");
    await told(() => severityIn(document) === Warning, "the finding's own severity");
  });

  test("a mistake is shown in the configuration, once, and until it is repaired the defaults hold", async () => {
    await write("deep.py", deepModel);
    await write("pyproject.toml", '[tool.activation-lens]\nseverity.dying-relu = "off"\nexlude = []\n');
    const document = await shown("deep.py");
    const problems = () =>
      vscode.languages
        .getDiagnostics(at("pyproject.toml"))
        .filter(({ source }) => source === "Activation Lens");
    await told(() => problems().length > 0, "the mistake");
    equal(problems().length, 1, "problems");
    includes(problems()[0]?.message ?? "", 'did you mean "exclude"?');
    equal(problems()[0]?.range.start.line, 2, "line");
    await told(() => severityIn(document) === Warning, "the defaults");
    await write("pyproject.toml", '[tool.activation-lens]\nseverity.dying-relu = "off"\n');
    await told(() => problems().length === 0 && findingsOf(document).length === 0, "what it says now");
  });

  test("a mistake is shown when the configuration itself is opened, and its lines are no model's", async () => {
    await write("alone/activation-lens.json", '{\n  "severity": { "dying-rleu": "off" }\n}\n');
    const document = await shown("alone/activation-lens.json");
    await told(() => findingsOf(document).length > 0, "the mistake");
    equal(
      findingsOf(document).map(({ range }) => range.start.line),
      [1],
      "lines",
    );
  });

  test("what it and Git leave out is not among the files of the workspace", async () => {
    const files = [
      "a.py",
      "gen/b.py",
      "keep/c.py",
      "ignored/d.py",
      "env/lib/e.py",
      "bundle.min.js",
      "data.json",
    ];
    for (const file of files) await write(file, healthyModel);
    await write("env/pyvenv.cfg", "");
    await write(".git/HEAD", "ref: refs/heads/main\n");
    await write(".gitignore", "ignored/\n");
    await configure({ "extend-exclude": ["gen/"] });
    const all = await sources(new vscode.CancellationTokenSource().token);
    const start = `${folder.toString()}/`;
    const found = all.map((uri) => uri.toString()).filter((uri) => uri.startsWith(start));
    equal(
      found.map((uri) => uri.slice(start.length)),
      ["a.py", "keep/c.py"],
      "files",
    );
  });

  test("the editor completes its options, and holds it against the schema", async () => {
    await write("activation-lens.json", '// A comment is allowed.\n{\n  "fail-on": "errors",\n  \n}\n');
    const document = await shown("activation-lens.json");
    equal(document.languageId, "jsonc", "language");
    const ofSchema = () =>
      vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source !== "Activation Lens");
    await told(() => ofSchema().length > 0, "a value that the schema refuses");
    equal(
      ofSchema().map(({ range }) => range.start.line),
      [2],
      "lines with a problem",
    );
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      new vscode.Position(3, 2),
    );
    const labels = items.map(({ label }) => (typeof label === "string" ? label : label.label));
    ok(labels.includes("per-file-ignores"), `options are offered: ${labels.slice(0, 20).join(", ")}`);
  });
});

suite("configuration in a virtual file system", () => {
  suiteSetup(activated);
  teardown(closeAll);

  test("the nearest one holds with what it extends, and anew when either is saved", async () => {
    memoryFile('{ "extend": "../base.json" }', "/virtual/deep/activation-lens.json");
    const base = memoryFile('{ "severity": { "dying-relu": "information" } }', "/virtual/base.json");
    const document = await vscode.workspace.openTextDocument(
      memoryFile(deepModel, "/virtual/deep/er/net.py"),
    );
    await vscode.window.showTextDocument(document);
    await told(() => severityIn(document) === Information, "the severity of the file that is extended");
    const editor = await vscode.window.showTextDocument(base);
    const at = new vscode.Range(0, 0, 1, 0);
    await editor.edit((edit) => edit.replace(at, '{ "severity": { "dying-relu": "error" } }'));
    ok(await editor.document.save(), "it is saved");
    await told(() => severityIn(document) === Wrong, "its severity after that");
  });
});
