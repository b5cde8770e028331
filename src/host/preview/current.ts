/** What the preview shows of a document, as the message for its page. */
import type * as vscode from "vscode";
import { activationById, type SourceFile } from "../../engine/index.ts";
import { batchIn } from "../../lab/batch.ts";
import type { Source, ToWebview } from "../../protocol.ts";
import { type DocumentAnalysis, isOwn } from "../analyses.ts";
import { shownSites } from "../findings.ts";
import type { Aim } from "./choose.ts";
import { describeNothing, describeSite, fileName } from "./describe.ts";
import { describeStrip } from "./describeStrip.ts";
import { type Look, look, preferring } from "./look.ts";

export type Current = Extract<ToWebview, { type: "show" | "nothing" }>;

/** Where a preview looks; another one may begin there too. */
export interface Place {
  readonly document: vscode.TextDocument | undefined;
  readonly aim: Aim;
}

/** null while the line of the shown site is being typed. */
export function currentOf(
  analysed: DocumentAnalysis,
  aim: Aim,
  following: boolean,
  isTyped = false,
): Current | null {
  const { document, version } = analysed;
  const analysis = preferring(analysed.analysis, aim.network);
  const source: Source = { uri: document.uri.toString(), version };
  const seen = lookAt(analysed, aim);
  if (seen === "keep") return null;
  const { site, network, layers } = seen;
  const strip = network ? describeStrip(network, layers, batchOf(analysed.whole.file)) : null;
  if (site) {
    return {
      type: "show",
      source,
      site: describeSite(analysis, site, document.getText(), isTyped),
      strip,
      following,
    };
  }
  return { type: "nothing", source, reason: describeNothing(analysis, network), strip, following };
}

const batchOf = ({ text, cells }: SourceFile): number | undefined =>
  batchIn(cells ? cells.map((cell) => cell.text).join("\n") : text);

/** @param closed the file that was shown until it was closed */
export function nothingYet(following: boolean, closed?: string): Current {
  const what = following
    ? "Put the cursor on an activation in your code, and its own curve is shown here."
    : "Open it again, or press the pin to follow the cursor.";
  const reason = closed === undefined ? what : `${closed} was closed. ${what}`;
  return { type: "nothing", source: null, reason, strip: null, following };
}

export function lookAt(analysed: DocumentAnalysis, aim: Aim): Look | "keep" {
  const { document } = analysed;
  const analysis = preferring(analysed.analysis, aim.network);
  const sites = shownSites(analysis).filter(({ span }) => isOwn(analysed, span.from));
  return look(analysis, sites, document.getText(), aim);
}

/** What the tab says; undefined: what it said before. */
export function titleOf(current: Current, { uri }: vscode.TextDocument): string | undefined {
  if (current.type === "show") {
    const { activation, file } = current.site;
    return `${activationById(activation)?.name ?? activation} – ${file}`;
  }
  return current.strip ? `${current.strip.name} – ${fileName(uri.path)}` : undefined;
}
