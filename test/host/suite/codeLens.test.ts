import * as vscode from "vscode";
import { deepModel, healthyModel, lensedLines, lensesOf, offsetOf } from "../features.ts";
import { activated, closeAll, equal, includes, ok, open, until } from "../support.ts";

suite("code lens", () => {
  suiteSetup(activated);
  teardown(closeAll);

  test("stands above each activation and the network", async () => {
    const document = await open(healthyModel);
    const lines = healthyModel.split("\n");
    const expected = lines.flatMap((line, index) => (/Sequential|ReLU/.test(line) ? [index] : []));
    equal(await lensedLines(document), expected, "lines with a lens");
    const titles = (await lensesOf(document)).map(({ command }) => command?.title ?? "");
    ok(
      titles.some((title) => title.includes("ReLU")),
      `a title names the activation: ${titles}`,
    );
  });

  test("follows the text while it changes", async () => {
    const document = await open(healthyModel);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), "# one\n# two\n");
    const before = await lensedLines(document);
    ok(before.length > 1, "there are lenses");
    ok(await vscode.workspace.applyEdit(edit), "the edit is applied");
    equal(
      await lensedLines(document),
      before.map((line) => line + 2),
      "lines with a lens",
    );
  });

  test("can be switched off and on without a restart", async () => {
    const document = await open(healthyModel);
    const isOn = () => vscode.workspace.getConfiguration("activationLens").get<boolean>("codeLens.enabled");
    const before = isOn();
    ok(before, "lenses are on by default");
    try {
      const switchedOff = until(
        vscode.workspace.onDidChangeConfiguration,
        () => isOn() === false,
        "the setting",
      );
      await vscode.commands.executeCommand("activationLens.toggleCodeLens");
      await switchedOff;
      equal(await lensedLines(document), [], "lines with a lens when off");
    } finally {
      const switchedOn = until(
        vscode.workspace.onDidChangeConfiguration,
        () => isOn() === true,
        "the setting",
      );
      await vscode.commands.executeCommand("activationLens.toggleCodeLens");
      await switchedOn;
    }
    ok((await lensedLines(document)).length > 0, "lenses are back");
  });

  test("an out-of-date fix lens changes nothing", async () => {
    const document = await open(deepModel);
    const fix = (await lensesOf(document)).find(
      ({ command }) => command?.command === "activationLens.applyFix",
    );
    ok(fix?.command, "a lens offers a fix");
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.positionAt(offsetOf(document, "model =")), "# typed meanwhile\n");
    ok(await vscode.workspace.applyEdit(edit), "the edit is applied");
    const text = document.getText();
    await vscode.commands.executeCommand(fix.command.command, ...(fix.command.arguments ?? []));
    equal(document.getText(), text, "text");
  });

  test("healthy code is offered no fix by a lens", async () => {
    const commands = (await lensesOf(await open(healthyModel))).map(({ command }) => command?.command);
    ok(!commands.includes("activationLens.applyFix"), `lenses: ${commands}`);
  });

  test("a fix lens that is up to date makes the fix that is recommended", async () => {
    const document = await open(deepModel);
    const fix = (await lensesOf(document)).find(
      ({ command }) => command?.command === "activationLens.applyFix",
    );
    ok(fix?.command, "a lens offers a fix");
    await vscode.commands.executeCommand(fix.command.command, ...(fix.command.arguments ?? []));
    includes(document.getText(), "kaiming_normal_");
    includes(document.getText(), "nn.ReLU(),");
  });
});
