import * as vscode from "vscode";
import { actionsIn, deepModel, findingsOf, healthyModel } from "../features.ts";
import { activated, closeAll, equal, ok, open, until } from "../support.ts";

const codesOf = (document: vscode.TextDocument) => findingsOf(document).map(({ code }) => code);

function reported(document: vscode.TextDocument): Promise<void> {
  const isThere = () => codesOf(document).includes("dying-relu");
  return until(vscode.languages.onDidChangeDiagnostics, isThere, "the finding dying-relu");
}

suite("diagnostics", () => {
  suiteSetup(activated);
  teardown(closeAll);

  test("dying-relu is reported on a deep network, and a healthy one is left in peace", async () => {
    // Opened first, so that its turn has come when the finding of the other one is there.
    const healthy = await open(healthyModel);
    const deep = await open(deepModel);
    await reported(deep);
    equal(codesOf(healthy), [], "findings in the healthy network");
    const finding = findingsOf(deep).find(({ code }) => code === "dying-relu");
    ok(finding, "the finding is there");
    ok(finding.severity <= vscode.DiagnosticSeverity.Information, "the finding is visible");
    ok(finding.message.length > 20, `the message says why: ${finding.message}`);
  });

  test("a finding offers its fixes, the best one first", async () => {
    const document = await open(deepModel);
    await reported(document);
    const finding = findingsOf(document).find(({ code }) => code === "dying-relu");
    ok(finding, "the finding is there");
    const actions = await actionsIn(document, finding.range);
    const fixes = actions.filter(({ kind }) => kind?.value === vscode.CodeActionKind.QuickFix.value);
    ok(fixes.length > 0, `the finding has a quick fix: ${actions.map(({ title }) => title)}`);
    equal(
      fixes.map(({ isPreferred }) => isPreferred === true),
      fixes.map((_, index) => index === 0),
      "the first one is preferred",
    );
  });

  test("the finding goes when the code is repaired", async () => {
    const document = await open(deepModel);
    await reported(document);
    const edit = new vscode.WorkspaceEdit();
    const all = new vscode.Range(new vscode.Position(0, 0), document.positionAt(deepModel.length));
    edit.replace(document.uri, all, healthyModel);
    const gone = () => findingsOf(document).length === 0;
    ok(await vscode.workspace.applyEdit(edit), "the edit is applied");
    await until(vscode.languages.onDidChangeDiagnostics, gone, "no finding");
  });

  test("severity and threshold of a rule are those of the settings, at once", async () => {
    const document = await open(deepModel);
    await reported(document);
    const settings = vscode.workspace.getConfiguration("activationLens");
    const { Global } = vscode.ConfigurationTarget;
    const severities = () =>
      findingsOf(document).flatMap(({ code, severity }) => (code === "dying-relu" ? [severity] : []));
    const changed = (done: () => boolean, what: string) =>
      until(vscode.languages.onDidChangeDiagnostics, done, what);
    try {
      await settings.update("rules", { "dying-relu": "information" }, Global);
      await changed(() => severities()[0] === vscode.DiagnosticSeverity.Information, "the severity");
      await settings.update("thresholds", { "dying-relu": 0.95 }, Global);
      await changed(() => severities().length === 0, "no finding above the threshold");
      await settings.update("thresholds", { "dying-relu": "much" }, Global);
      await changed(() => severities().length === 1, "a threshold that is no number has no effect");
    } finally {
      await settings.update("rules", undefined, Global);
      await settings.update("thresholds", undefined, Global);
    }
  });

  // VS Code keeps a closed file's document for minutes; to an extension this is the same as closing it.
  test("the finding goes when the document is no longer Python", async () => {
    const document = await open(deepModel);
    await reported(document);
    const gone = until(
      vscode.languages.onDidChangeDiagnostics,
      () => findingsOf(document).length === 0,
      "no finding",
    );
    await vscode.languages.setTextDocumentLanguage(document, "plaintext");
    await gone;
  });
});
