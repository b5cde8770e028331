/** Commands that change the file at hand: all findings, all ReLU of a network or of the file, one fix of a lens. */
import * as vscode from "vscode";
import { SLOPE } from "../engine/index.ts";
import type { Analyses, DocumentAnalysis } from "./analyses.ts";
import { applyMade, say, warn } from "./applyMade.ts";
import { commands, type FixTarget, internalCommands, isFixTarget } from "./commandIds.ts";
import { networkAt, recommendedFix, sameSpan } from "./findings.ts";
import { fixed, merged } from "./fixing.ts";
import { registerWorkspaceFixes } from "./fixWorkspace.ts";
import { activeDocument } from "./notebooks.ts";
import { sitesLike } from "./switches.ts";

export function registerFixCommands(analyses: Analyses, log: vscode.LogOutputChannel): vscode.Disposable {
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register(commands.fixAllInFile, () => fixAllInFile(analyses)),
    register(commands.leakyReluInFile, () => leakyReluInFile(analyses)),
    register(commands.leakyReluInNetwork, () => leakyReluInNetwork(analyses)),
    register(internalCommands.applyFix, (target: unknown) =>
      isFixTarget(target) ? applyFix(analyses, target) : undefined,
    ),
    registerWorkspaceFixes(analyses, log),
  );
}

async function fixAllInFile(analyses: Analyses): Promise<void> {
  const source = activeSource(analyses);
  if (!source) return say("Open a file with a model to fix its findings.");
  const { edits, applied, refused } = fixed(source.whole, "findings", analyses.analyserFor(source.document));
  if (edits.length > 0) return applyMade(source, { edits, fixes: applied.map(({ fix }) => fix), refused });
  say(
    source.analysis.findings.length === 0
      ? "Nothing to fix: Activation Lens has no findings in this file."
      : "Nothing was changed: no finding here has a fix that is safe without a look at it. The light bulb at each shows its fixes.",
  );
}

async function leakyReluInFile(analyses: Analyses): Promise<void> {
  const source = activeSource(analyses);
  if (!source) return say("Open a file with a model to switch its activations.");
  const { edits, applied, refused } = fixed(
    source.whole,
    "leaky-relu",
    analyses.analyserFor(source.document),
  );
  if (edits.length > 0) return applyMade(source, { edits, fixes: applied.map(({ fix }) => fix), refused });
  say(nothingToSwitch(source, "this file"));
}

async function leakyReluInNetwork(analyses: Analyses): Promise<void> {
  const source = activeSource(analyses);
  const { networks = [] } = source?.analysis ?? {};
  const shown = source && (networkAt(source.analysis, cursorIn(source.document)) ?? only(networks));
  if (!source || !shown) return say("Put the cursor into a network to switch its activations.");
  const { analysis, fixes } = source.whole;
  const network = analysis.networks[networks.indexOf(shown)];
  const sites = sitesLike(network?.layers ?? [], { activation: "relu" });
  const whole =
    network && sites.length > 0 && fixes.fix(network, { kind: "leaky-relu", sites, slope: SLOPE });
  const each = analysis.sites.filter(({ span }) => sites.some((site) => sameSpan(site.span, span)));
  const safe = each.flatMap((site) => site.fixes.filter(({ applicability }) => applicability === "safe"));
  const { edits, applied, refused } = merged(whole ? [whole] : safe);
  if (edits.length > 0) return applyMade(source, { edits, fixes: applied, refused });
  say(nothingToSwitch(source, shown.name));
}

const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);

/** Where there are ReLU that can't be switched, one of the reasons. */
function nothingToSwitch({ analysis }: DocumentAnalysis, where: string): string {
  const reason = analysis.sites.find(({ noFix }) => noFix !== undefined)?.noFix;
  return `Nothing to switch in ${where}${reason ? `: ${reason}` : ""}.`;
}

async function applyFix(analyses: Analyses, target: FixTarget): Promise<void> {
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === target.uri);
  if (!document) return warn("The file of this fix is no longer open.");
  const source = analyses.of(document);
  // In a notebook another cell counts too: its code may be what the fix was about.
  if (source.version !== target.version) return warn(changed);
  const { start, whole } = source;
  const fixes = target.offsets.flatMap((offset) => recommendedFix(whole.analysis, offset + start) ?? []);
  if (fixes.length === 0) return say("There is no fix for this place.");
  // One fix of a network may serve several sites of a line.
  const { edits, applied, refused } = merged(fixes);
  await applyMade(source, { edits, fixes: applied, refused });
}

const changed = "Nothing was changed: the file was edited after this fix was computed. Please try again.";

function activeSource(analyses: Analyses): DocumentAnalysis | undefined {
  const document = activeDocument();
  return document && analyses.of(document);
}

function cursorIn(document: vscode.TextDocument): number {
  const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
  return editor ? document.offsetAt(editor.selection.active) : 0;
}
