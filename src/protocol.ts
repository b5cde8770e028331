/**
 * What the extension host and the preview tell each other. Everything is plain data, and every message says which
 * version of which document it is about: an answer that was overtaken by typing is dropped, never drawn.
 */
import type { Certainty, FrameworkId, LayerRisk, ParameterValues, Risk } from "./engine/model.ts";

export const previewViewType = "activationLens.preview";

/** The very text that a message was computed from. */
export interface Source {
  readonly uri: string;
  readonly version: number;
}

/** A layer that the shown site feeds. One site may serve several: they are counted, never confused. */
export interface ShownLayer {
  /** 1-based, among the `count` layers with weights of its network. */
  readonly position: number;
  readonly count: number;
  readonly kind: "dense" | "conv";
  /** null: not known. */
  readonly fanIn: number | null;
  readonly units: number | null;
  readonly risk: LayerRisk | null;
}

export interface ShownFinding {
  readonly rule: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
  readonly evidence: readonly string[];
}

/** The network around the site; `risk` is null when something in it could not be read: `gaps` says what. */
export interface ShownNetwork {
  readonly name: string;
  readonly framework: FrameworkId;
  readonly pretrained: boolean;
  readonly gaps: readonly string[];
  readonly risk: Risk | null;
}

export interface ShownSite {
  readonly activation: string;
  readonly parameters: ParameterValues;
  /** Names in `parameters` that the code does not write: that framework's defaults. */
  readonly defaulted: readonly string[];
  readonly framework: FrameworkId;
  readonly symbol: string;
  readonly certainty: Certainty;
  /** Where it is: the file's name, the 1-based line, and that line's text without its indentation. */
  readonly file: string;
  readonly line: number;
  readonly lineText: string;
  readonly offset: number;
  readonly layers: readonly ShownLayer[];
  readonly network: ShownNetwork | null;
  readonly findings: readonly ShownFinding[];
}

export type ToWebview =
  /** The site under the cursor; also the initial state in the page itself. */
  | {
      readonly type: "show";
      readonly source: Source;
      readonly site: ShownSite;
      readonly following: boolean;
    }
  /** Nothing to show from the code: the preview stays usable and says why. */
  | {
      readonly type: "nothing";
      readonly source: Source | null;
      readonly reason: string;
      readonly following: boolean;
    }
  /** Draw these functions, catalogue ids, beside the site's own. */
  | { readonly type: "compare"; readonly source: Source | null; readonly activations: readonly string[] };

export type FromWebview =
  /** The page is there (again): send what is current. */
  | { readonly type: "ready"; readonly source: Source | null }
  /** Go to the code. */
  | { readonly type: "reveal"; readonly source: Source; readonly offset: number }
  /** Follow the cursor, or stay with this site. */
  | { readonly type: "follow"; readonly source: Source | null; readonly following: boolean }
  | { readonly type: "copy"; readonly source: Source | null; readonly text: string };

/** The part of the preview's saved state that the host reads to restore a panel after a reload. */
export interface RestorableState {
  readonly source: Source | null;
  readonly offset: number;
  readonly following: boolean;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

export function isSource(value: unknown): value is Source {
  return isRecord(value) && typeof value.uri === "string" && typeof value.version === "number";
}

const isSourceOrNull = (value: unknown): value is Source | null => value === null || isSource(value);

/** Whether a message is older than what is already known of the same document. */
export function isStale(message: Source | null, known: Source | null): boolean {
  return message !== null && known !== null && message.uri === known.uri && message.version < known.version;
}

/** Guards the host: a webview's messages and its saved state come from outside its type system. */
export function isFromWebview(value: unknown): value is FromWebview {
  if (!isRecord(value) || !isSourceOrNull(value.source)) return false;
  switch (value.type) {
    case "ready":
      return true;
    case "reveal":
      return value.source !== null && typeof value.offset === "number";
    case "follow":
      return typeof value.following === "boolean";
    case "copy":
      return typeof value.text === "string";
    default:
      return false;
  }
}

/** Guards the page: other extensions' scripts and developer tools post messages to the same window. */
export function isToWebview(value: unknown): value is ToWebview {
  if (!isRecord(value) || !isSourceOrNull(value.source)) return false;
  switch (value.type) {
    case "show":
      return (
        value.source !== null &&
        isRecord(value.site) &&
        typeof (value.site as Record<string, unknown>).activation === "string"
      );
    case "nothing":
      return typeof value.reason === "string";
    case "compare":
      return Array.isArray(value.activations) && value.activations.every((id) => typeof id === "string");
    default:
      return false;
  }
}

export function isRestorable(value: unknown): value is RestorableState {
  return (
    isRecord(value) &&
    isSourceOrNull(value.source) &&
    typeof value.offset === "number" &&
    typeof value.following === "boolean"
  );
}
