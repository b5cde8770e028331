/**
 * What the extension host and the preview tell each other. Everything is plain data, and every message says which
 * version of which document it is about: an answer that was overtaken by typing is dropped, never drawn.
 */
import type {
  Certainty,
  FixKind,
  FrameworkId,
  Layer,
  LayerRisk,
  Network,
  ParameterValues,
  Risk,
} from "./engine/model.ts";
import type { WhatIf } from "./engine/risk/whatIf.ts";

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
  /** null: while the code is being typed they are not known yet, and those that are shown stay. */
  readonly findings: readonly ShownFinding[] | null;
}

/** A layer as a box of the strip. */
export interface ShownBox {
  readonly part: "layer";
  /** 0-based, among the layers of the network. */
  readonly index: number;
  readonly kind: Layer["kind"];
  /** null: not known; `gap` says why. */
  readonly units: number | null;
  readonly activation: { readonly id: string; readonly parameters: ParameterValues } | null;
  readonly normalisation: Layer["normalisation"];
  readonly residual: boolean;
  readonly risk: LayerRisk | null;
  /** Kind, sizes, initialiser in a sentence. */
  readonly words: string;
  readonly gap: string | null;
}

/** Code of the network that could not be read: maybe a layer, maybe more. */
export interface ShownGap {
  readonly part: "gap";
  /** 0-based, among the gaps of the network. */
  readonly index: number;
  readonly what: string;
}

/** The network as a strip: its layers in the order of execution, and what could not be read. */
export interface ShownStrip {
  readonly name: string;
  readonly count: number;
  readonly boxes: readonly (ShownBox | ShownGap)[];
  /** Indices of the layers that the cursor is on: one call in a loop makes several. */
  readonly current: readonly number[];
  /** What the page asks `riskIf` about while a slider moves; null: no estimate can be made. */
  readonly model: Network | null;
  /** Inputs in a batch of the training, as the file says it; null: it does not, or says several. */
  readonly batch: number | null;
}

/** A setting of the what-if panel that can be written into the code as it stands now. */
export interface Writable {
  readonly setting: keyof WhatIf;
  readonly kind: FixKind;
  readonly title: string;
}

/** What a preview can be saved as. */
export const exportFormats = ["png", "svg", "csv", "html"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export type ToWebview =
  /** The site under the cursor; also the initial state in the page itself. */
  | {
      readonly type: "show";
      readonly source: Source;
      readonly site: ShownSite;
      readonly strip: ShownStrip | null;
      readonly following: boolean;
    }
  /** Nothing to show from the code: the preview stays usable and says why. */
  | {
      readonly type: "nothing";
      readonly source: Source | null;
      readonly reason: string;
      /** A network without an activation here can be shown still. */
      readonly strip: ShownStrip | null;
      readonly following: boolean;
    }
  /** Draw these functions, catalogue ids, beside the site's own. */
  | { readonly type: "compare"; readonly source: Source | null; readonly activations: readonly string[] }
  /** The answer to "ask-fixes", about those very settings. */
  | {
      readonly type: "fixes";
      readonly source: Source;
      readonly settings: WhatIf;
      readonly fixes: readonly Writable[];
    };

export type FromWebview =
  /** The page is there (again): send what is current. */
  | { readonly type: "ready"; readonly source: Source | null }
  /** Go to the code. */
  | { readonly type: "reveal"; readonly source: Source; readonly offset: number }
  /** Go to the code of a box of the strip; `focus`: and work there. */
  | {
      readonly type: "go-to-box";
      readonly source: Source;
      readonly part: "layer" | "gap";
      readonly index: number;
      readonly focus: boolean;
    }
  /** Follow the cursor, or stay with this site. */
  | { readonly type: "follow"; readonly source: Source | null; readonly following: boolean }
  | { readonly type: "copy"; readonly source: Source | null; readonly text: string }
  /** Which of these settings of the shown network can be written into the code? */
  | { readonly type: "ask-fixes"; readonly source: Source; readonly settings: WhatIf }
  /** Write this one. */
  | {
      readonly type: "write";
      readonly source: Source;
      readonly settings: WhatIf;
      readonly setting: keyof WhatIf;
    }
  /** Save what the page made; a picture comes as base64, a page as its state and colours: the host has its code. */
  | {
      readonly type: "export";
      readonly source: Source | null;
      readonly format: ExportFormat;
      readonly name: string;
      readonly content: string;
    }
  /** Another preview of the same place, or this one in a window of its own. */
  | { readonly type: "place"; readonly source: Source | null; readonly where: "another" | "window" };

/** The page's messages of one type. */
export type MessageOf<Type extends FromWebview["type"]> = Extract<FromWebview, { type: Type }>;

/** Where the files of the lab are: written into the page, which loads them when the lab is opened. */
export interface LabFiles {
  readonly script: string;
  readonly worker: string;
  readonly style: string;
}

/** The part of the preview's saved state that the host reads to restore a panel after a reload. */
export interface RestorableState {
  readonly source: Source | null;
  readonly offset: number;
  readonly following: boolean;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

function isSource(value: unknown): value is Source {
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
    case "go-to-box":
      return (
        value.source !== null &&
        (value.part === "layer" || value.part === "gap") &&
        typeof value.index === "number" &&
        typeof value.focus === "boolean"
      );
    case "follow":
      return typeof value.following === "boolean";
    case "copy":
      return typeof value.text === "string";
    case "ask-fixes":
      return value.source !== null && isRecord(value.settings);
    case "write":
      return value.source !== null && isRecord(value.settings) && typeof value.setting === "string";
    case "export":
      return (
        exportFormats.some((format) => format === value.format) &&
        typeof value.name === "string" &&
        typeof value.content === "string"
      );
    case "place":
      return value.where === "another" || value.where === "window";
    default:
      return false;
  }
}

/** Guards the page: other extensions' scripts and developer tools post messages to the same window. */
export function isToWebview(value: unknown): value is ToWebview {
  if (!isRecord(value) || !isSourceOrNull(value.source)) return false;
  switch (value.type) {
    case "show":
      return value.source !== null && isStripOrNull(value.strip) && isSite(value.site);
    case "nothing":
      return typeof value.reason === "string" && isStripOrNull(value.strip);
    case "compare":
      return Array.isArray(value.activations) && value.activations.every((id) => typeof id === "string");
    case "fixes":
      return value.source !== null && isRecord(value.settings) && Array.isArray(value.fixes);
    default:
      return false;
  }
}

export const isSite = (value: unknown): value is ShownSite =>
  isRecord(value) &&
  typeof value.activation === "string" &&
  isRecord(value.parameters) &&
  Array.isArray(value.layers);

export const isStripOrNull = (value: unknown): value is ShownStrip | null =>
  value === null || (isRecord(value) && Array.isArray(value.boxes) && Array.isArray(value.current));

export function isRestorable(value: unknown): value is RestorableState {
  return (
    isRecord(value) &&
    isSourceOrNull(value.source) &&
    typeof value.offset === "number" &&
    typeof value.following === "boolean"
  );
}
