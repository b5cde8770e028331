/** What the lab trains, as plain data: a network that can be built, and how it is trained. */
import type { Clip, Initialiser, Loss, OptimiserKind, ParameterValues } from "../engine/model.ts";

export interface LabActivation {
  /** Of the catalogue: `leaky_relu`. */
  readonly id: string;
  readonly parameters: ParameterValues;
}

/** Lu et al.'s randomised asymmetric initialisation has no name in any framework and so none in the engine's model. */
export type LabInitialiser = Initialiser | { readonly scheme: "rai" };

interface Common {
  /** Units or output channels. */
  readonly units: number;
  readonly weights: LabInitialiser;
  /** null: no bias. */
  readonly bias: Initialiser | null;
  readonly normalisation: { readonly kind: "batch" | "layer"; readonly place: "before" | "after" } | null;
  readonly activation: LabActivation | null;
  /** Share of the outputs that are dropped in training, 0..1. */
  readonly dropout: number;
  /** Layers whose outputs are added to make the input; empty: the data. */
  readonly inputs: readonly number[];
}

export interface DenseSpec extends Common {
  readonly kind: "dense";
  /** How feature maps become one vector; not used where the input is one already. */
  readonly gather: "flatten" | "mean";
}

export interface ConvSpec extends Common {
  readonly kind: "conv";
  /** Side of the square kernel. */
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  /** Side of the max pooling behind the activation; 1: none. */
  readonly pool: number;
}

export type LayerSpec = DenseSpec | ConvSpec;

/** Numbers that frameworks choose differently for the same name. */
export interface OptimiserSpec {
  readonly kind: OptimiserKind;
  readonly learningRate: number;
  readonly momentum: number;
  readonly epsilon: number;
  /** Decay of RMSprop's mean of squares. */
  readonly decay: number;
  readonly clip: Clip | null;
}

export interface NetworkSpec {
  /** The last one gives the output. */
  readonly layers: readonly LayerSpec[];
  readonly loss: Loss;
  readonly optimiser: OptimiserSpec;
  readonly batch: number;
  /** Weight of the past in BatchNorm's running statistics: .9 in PyTorch, .99 in Keras. */
  readonly batchNormDecay: number;
}
