/** Settings that were tried out in a preview: which can be written into the code, and writing one. */
import * as vscode from "vscode";
import type { Network } from "../../engine/index.ts";
import type { MessageOf, ToWebview } from "../../protocol.ts";
import type { Analyses, DocumentAnalysis } from "../analyses.ts";
import { applyMade } from "../applyMade.ts";
import { fixFor, writable } from "./changes.ts";
import { lookAt, type Place } from "./current.ts";

export function fixesFor(
  analyses: Analyses,
  place: Place,
  { source, settings }: MessageOf<"ask-fixes">,
): Extract<ToWebview, { type: "fixes" }> {
  const asked = networkOf(analyses, place, source.uri);
  const fixes = asked ? writable(asked.network, asked.analysed.whole.fixes, settings) : [];
  const version = asked?.analysed.version ?? source.version;
  return { type: "fixes", source: { uri: source.uri, version }, settings, fixes };
}

/** The fix is made anew, from the code as it is now: what was offered may be about an older one. */
export async function writeSetting(
  analyses: Analyses,
  place: Place,
  { source, settings, setting }: MessageOf<"write">,
): Promise<void> {
  const asked = networkOf(analyses, place, source.uri);
  const fix = asked && fixFor(asked.network, asked.analysed.whole.fixes, settings, setting);
  if (asked && fix) return applyMade(asked.analysed, { edits: fix.edits, fixes: [fix], refused: [] });
  void vscode.window.showWarningMessage(
    "Nothing was changed: the code is another one than when this was offered. Please try again.",
  );
}

/** The shown network as the fixes know it, in offsets of what was read as a whole. */
function networkOf(
  analyses: Analyses,
  { document, aim }: Place,
  uri: string,
): { readonly network: Network; readonly analysed: DocumentAnalysis } | undefined {
  if (!document || document.uri.toString() !== uri) return undefined;
  const analysed = analyses.of(document);
  const seen = lookAt(analysed, aim);
  if (seen === "keep" || !seen.network) return undefined;
  const network = analysed.whole.analysis.networks[analysed.analysis.networks.indexOf(seen.network)];
  return network && { network, analysed };
}
