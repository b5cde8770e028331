/** What the engine has to know of a framework; one file each describes one. */
import type { FrameworkId } from "../model.ts";

/** What a layer or function does to a network, as far as its activations' health is concerned. */
export type LayerRole =
  | "dense"
  | "conv"
  | "transposed-conv"
  /** One kernel for each input channel. */
  | "depthwise-conv"
  /** A depthwise convolution and a pointwise one behind it. */
  | "separable-conv"
  | "batch-norm"
  | "layer-norm"
  | "group-norm"
  | "instance-norm"
  | "dropout"
  /** A window that slides over the spatial axes. */
  | "pool"
  /** Pools the spatial axes to a given size. */
  | "adaptive-pool"
  /** Makes a vector of the channels: global pooling. */
  | "pool-to-vector"
  | "flatten"
  | "reshape"
  | "permute"
  /** Keeps every size: noise, an identity, a gradient's stop. */
  | "keeps-all"
  /** Changes spatial sizes only: padding, cropping, upsampling. */
  | "resizes"
  | "add"
  | "concatenate"
  /** Puts tensors together so that no layer's output is left: products, attention's matrices. */
  | "combines"
  /** A layer that applies an activation given to it. */
  | "activation"
  | "input"
  | "rescale"
  /** Standardises its input with statistics of the data. */
  | "standardise"
  | "sequential"
  | "module-list"
  | "module-dict"
  /** A functional model, by its inputs and outputs. */
  | "model"
  /** A convolution, a normalisation and an activation. */
  | "conv-norm-activation"
  /** Dense layers with activations between them. */
  | "mlp"
  /** Has weights, but its units are not estimated: recurrent, embedding, attention layers. */
  | "not-estimated";

export interface Framework {
  readonly id: FrameworkId;
  /** What the qualified names that `canonical` knows begin with: a text without any of them has none of its symbols. */
  readonly roots: readonly string[];
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
  /** Functions of a tensor that do what layers do: their first parameter is the input. */
  readonly functions?: Readonly<Partial<Record<LayerRole, readonly string[]>>>;
  /** Classes that models are derived from, with the method that a call of an instance runs. */
  readonly modules?: Readonly<Record<string, string>>;
  /** How its layers know the size of their input, and where channels stand. */
  readonly sizes?: { readonly inputs: "given" | "inferred"; readonly channels: "first" | "last" };
  /** Constructors of optimisers: signature with the default learning rate, and what they are. */
  readonly optimisers: Readonly<Record<string, "sgd" | "adam" | "rmsprop">>;
}

/** Symbol below `prefix`, moved below `to`; undefined when it isn't there. */
export function moved(symbol: string, prefix: string, to: string): string | undefined {
  if (symbol === prefix) return to;
  return symbol.startsWith(`${prefix}.`) ? `${to}${symbol.slice(prefix.length)}` : undefined;
}
