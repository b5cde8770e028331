import * as vscode from "vscode";
import type { AnalyzeOptions } from "../engine/index.ts";
import type { Config } from "../settings/index.ts";
import { optionsOf } from "./ruleOptions.ts";
import { ruleProblems, type Settings, section, updatePlace, validSetting } from "./settingIds.ts";

/** A setting as it holds for a document, its folder and its language; for a file by its address alone, its folder. */
export function setting<K extends keyof Settings>(
  name: K,
  document?: vscode.TextDocument | vscode.Uri,
): Settings[K] {
  return validSetting(name, vscode.workspace.getConfiguration(section, document ?? null).get(name));
}

/** What the engine is told of the rules for a document, and what of the settings does not fit. */
export function ruleOptions(
  document: vscode.TextDocument | vscode.Uri,
  config: Config | undefined,
): {
  readonly options: AnalyzeOptions;
  readonly problems: readonly string[];
} {
  const rules = setting("rules", document);
  const thresholds = setting("thresholds", document);
  const { path } = "uri" in document ? document.uri : document;
  const options = optionsOf({ rules, thresholds }, config, path);
  return { options, problems: ruleProblems({ rules, thresholds }) };
}

/** Flips a boolean where its present value comes from, so that the change takes effect. */
export async function toggle(
  name: "codeLens.enabled",
  document: vscode.TextDocument | undefined,
): Promise<boolean> {
  const configuration = vscode.workspace.getConfiguration(section, document ?? null);
  const next = !setting(name, document);
  const { target, inLanguage } = updatePlace(configuration.inspect(name));
  await configuration.update(name, next, targets[target], inLanguage);
  return next;
}

const targets = {
  global: vscode.ConfigurationTarget.Global,
  workspace: vscode.ConfigurationTarget.Workspace,
  workspaceFolder: vscode.ConfigurationTarget.WorkspaceFolder,
} as const;

export function onDidChangeSettings(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(section)) listener();
  });
}
