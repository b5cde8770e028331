/** Asks for a change of the first network of a text, and applies it. */
import {
  type Change,
  type Fix,
  type FixKind,
  inspect,
  type Layer,
  type Network,
  type SourceFile,
} from "../../../src/engine/index.ts";
import { apply } from "../support.ts";

export const SETTINGS: readonly FixKind[] = [
  "learning-rate",
  "clip-gradients",
  "initialiser",
  "zero-bias",
  "batch-norm",
  "widen",
  "scale-input",
];

/** A rate that no program of the tests has. */
export const RATE = 0.0006;
export const UNITS = 48;

export const hiddenOf = ({ layers }: Network): readonly Layer[] =>
  layers.filter(({ site, isOutput }) => site && !isOutput);

export function changeOf(kind: FixKind, network: Network): Change | undefined {
  const layers = hiddenOf(network);
  const layer = layers.find((one) => one.kind === "dense");
  switch (kind) {
    case "learning-rate":
      return { kind, rate: RATE };
    case "clip-gradients":
      return { kind, norm: 1 };
    case "initialiser":
    case "zero-bias":
    case "batch-norm":
      return { kind, layers };
    case "widen":
      return layer && { kind, layer, units: UNITS };
    case "scale-input":
      return { kind };
    default:
      return undefined;
  }
}

export interface Answer {
  readonly network: Network;
  readonly fix: Fix | undefined;
  /** The text after it. */
  readonly after: string;
}

export function ask(file: SourceFile, kind: FixKind): Answer {
  const { analysis, fixes } = inspect(file);
  const [network] = analysis.networks;
  if (!network) throw new Error(`no network in ${file.path}:\n${file.text}`);
  const change = changeOf(kind, network);
  const fix = change && fixes.fix(network, change);
  return { network, fix, after: fix ? apply(file.text, fix) : file.text };
}

/** Lines that are new in the text after a change, or why there is none. */
export function added(text: string, kind: FixKind, path = "model.py"): string[] {
  const { fix, after } = ask({ path, text }, kind);
  const before = text.split("\n");
  return fix ? after.split("\n").filter((line) => !before.includes(line)) : ["no fix"];
}
