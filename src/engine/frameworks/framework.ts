/** What the engine has to know of a framework; one file each describes one. */
import type { FrameworkId } from "../model.ts";

/** What a layer does to a network, as far as its activations' health is concerned. */
export type LayerRole =
  | "dense"
  | "conv"
  | "batch-norm"
  | "layer-norm"
  | "flatten"
  /** Makes a vector of the channels: global pooling. */
  | "pool-to-vector"
  /** Keeps units and channels: dropout, pooling, padding. */
  | "keeps-units"
  | "input"
  | "rescale"
  /** Standardises its input with statistics of the data. */
  | "standardise"
  | "sequential";

export interface Framework {
  readonly id: FrameworkId;
  /** The catalogue's spelling of a qualified name of this framework; undefined for any other name. */
  canonical(symbol: string): string | undefined;
  /**
   * Layers and functions that take an activation as an argument, as signatures with those arguments only marked by
   * position: `keras.layers.Dense` takes `activation` second.
   */
  readonly activationArguments: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /**
   * Activations that a call has although none is written, by argument: a symbol, or a word of this framework.
   * `keras.layers.LSTM` applies "tanh" as its `activation`.
   */
  readonly unwritten?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Modules that it passes to functions of a name, by parameter: Gluon's `hybrid_forward` gets one as `F`. */
  readonly passedModules?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Signatures of the layers that a network is read from, by what they do. */
  readonly layers: Readonly<Partial<Record<LayerRole, readonly string[]>>>;
  /** Constructors of optimisers: signature with the default learning rate, and what they are. */
  readonly optimisers: Readonly<Record<string, "sgd" | "adam" | "rmsprop">>;
}

/** Symbol below `prefix`, moved below `to`; undefined when it isn't there. */
export function moved(symbol: string, prefix: string, to: string): string | undefined {
  if (symbol === prefix) return to;
  return symbol.startsWith(`${prefix}.`) ? `${to}${symbol.slice(prefix.length)}` : undefined;
}
