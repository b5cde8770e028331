/** The types of networks as they are read, and of their risk: a part of model.ts, which everything else imports. */
import type { FrameworkId, Site, Span } from "./siteModel.ts";

/** A value with its origin: where it was read, or why it was assumed. */
export interface Reading<T> {
  readonly value: T;
  readonly span?: Span;
  /** Set when the value is not in the code: "learning rate not in this file: Adam default 0.001". */
  readonly assumption?: string;
}

/** How weights or biases are drawn. `torch_default` is U(+-1/sqrt(fan_in)) for weights and biases alike. */
export interface Initialiser {
  readonly scheme:
    | "torch_default"
    | "he_normal"
    | "he_uniform"
    | "glorot_normal"
    | "glorot_uniform"
    | "lecun_normal"
    | "lecun_uniform"
    | "orthogonal"
    | "normal"
    | "uniform"
    | "constant";
  /** Mean and standard deviation of `normal`; bounds of `uniform` as mean +- sqrt(3) std; value of `constant`. */
  readonly mean?: number;
  readonly std?: number;
  readonly gain?: number;
  /** He's and LeCun's schemes count inputs unless told otherwise: PyTorch's `mode="fan_out"`. */
  readonly fan?: "out";
  /** Of a bias: drawn with the fans of the layer's weights, not with its own (scikit-learn). */
  readonly fans?: "weights";
}

/** `group` is GroupNorm with several groups; with one it is `layer`. `instance` normalises each channel of each input. */
export type Normalisation = "batch" | "layer" | "group" | "instance";

/** How the square kernel of a convolution moves over images, and the pooling behind it. */
export interface Window {
  /** Positions from one place to the next. */
  readonly stride: number;
  /** Positions that are added at each edge. */
  readonly padding: number;
  /** Side of the squares that are pooled behind it, none over another; absent: not pooled. */
  readonly pool?: number;
  /** Whether they are averaged; absent: the largest is taken. */
  readonly isMean?: true;
}

/** One application of a layer with weights, in the order of execution: a module used twice gives two of them. */
export interface Layer {
  readonly kind: "dense" | "conv";
  /** Where the framework or the code calls it something: `features.0`, `fc1`. */
  readonly name?: string;
  /** The call that makes it. */
  readonly span: Span;
  /** Inputs of one unit: in_features, or kernel area x input channels / groups. null: not known, and a gap says why. */
  readonly fanIn: number | null;
  /** Units (dense) or output channels (conv). null: not known, and a gap says why. */
  readonly units: number | null;
  /** Positions of the kernel, 1 for a dense layer; null: not known. */
  readonly kernelArea: number | null;
  readonly weights: Reading<Initialiser>;
  /** null: the layer has no bias. */
  readonly bias: Reading<Initialiser> | null;
  readonly normalisation: { readonly kind: Normalisation; readonly place: "before" | "after" } | null;
  /** The activation that follows; null on a linear (output) layer. */
  readonly site: Site | null;
  /** Whether what goes into a block of layers that ends here is added to its output. */
  readonly residual: boolean;
  /** Share of its outputs that are dropped in training, 0..1; 0: none. */
  readonly dropout: number;
  /** Groups of a convolution, between which nothing is exchanged; absent: one. */
  readonly groups?: number;
  /** How a convolution moves, and the pooling behind it; absent: not known, or not the same along both axes. */
  readonly window?: Window;
  /** Places in the network's list of the layers whose output it reads; absent: the one before it. Empty: the input. */
  readonly inputs?: readonly number[];
  /** Set where what follows could not be read: an activation or normalisation may be missing. */
  readonly isOpen?: true;
  /** Set where the network's result is what this layer gives, with nothing but reshapes behind it. */
  readonly isOutput?: true;
}

export type OptimiserKind = "sgd" | "momentum" | "adam" | "rmsprop";
export type Loss = "cross-entropy" | "squared-error";
export type InputScale = "standardised" | "unit" | "raw";

/** Limits gradients: their common norm, or each entry. */
export interface Clip {
  readonly by: "norm" | "value";
  readonly limit: number;
}

export interface Gap {
  readonly span: Span;
  readonly what: string;
}

/** A network as read from the code. Complete when `gaps` is empty: only then, and with weights of its own, has it a risk. */
export interface Network {
  readonly name: string;
  readonly framework: FrameworkId;
  /** The expression or class that builds it. */
  readonly span: Span;
  readonly layers: readonly Layer[];
  readonly input: Reading<{ readonly data: "image" | "table"; readonly scale: InputScale }>;
  readonly loss: Reading<Loss>;
  readonly optimiser: Reading<OptimiserKind>;
  /** At the start of training. */
  readonly learningRate: Reading<number>;
  /** 0..1; 0 for optimisers without. */
  readonly momentum: Reading<number>;
  /** null: no clipping. */
  readonly clip: Reading<Clip | null>;
  /** Scale of what a regression is trained to give; not used by cross-entropy. */
  readonly targets: Reading<InputScale>;
  /** Whether its weights come from elsewhere. */
  readonly pretrained: boolean;
  readonly gaps: readonly Gap[];
  readonly risk: Risk | null;
}

// ---- risk ----------------------------------------------------------------------------------------------------

/** What the activation of a layer is given at initialisation: a unit's values spread around a mean of its own. */
export interface PreActivations {
  /** Of the units' means. */
  readonly mean: number;
  /** Standard deviation of the units' means. */
  readonly betweenUnits: number;
  /** Standard deviation of one unit's values over the inputs. */
  readonly betweenInputs: number;
}

/** Shares are of a layer's units, 0..1; a dead unit never fires on the inputs that the estimate states. */
export interface LayerRisk {
  readonly deadAtInit: number;
  readonly deadAfterTraining: number;
  /** rho: how far one optimiser step moves the pre-activations, in units of their own spread. */
  readonly stepSize: number;
  /** Mean-field correlation of two inputs at this layer, 0..1. */
  readonly correlation: number;
  readonly preActivations: PreActivations;
  /** Root mean square of the loss's gradient at a pre-activation, at initialisation. */
  readonly gradientScale: number;
}

/** A single change and what it does to the expected share of dead units (negative: fewer). */
export interface Counterfactual {
  readonly factor: string;
  /** Of another activation: to the share of units that are negative on every input. They no longer die of it. */
  readonly effect: number;
  /** What it does to the chance that training fails: changes of different kinds compare by this. */
  readonly failure?: number;
}

export interface Risk {
  /** One entry for each layer of the network, in order; null where no unit is counted (the output, a linear layer). */
  readonly layers: readonly (LayerRisk | null)[];
  readonly deadAtInit: number;
  readonly deadAfterTraining: number;
  /** Where the measured share of six of seven comparable runs fell. */
  readonly range: readonly [number, number];
  readonly probabilityOver25: number;
  readonly probabilityOver50: number;
  /** Training ends in NaN or infinity. */
  readonly probabilityNaN: number;
  /** Training ends in NaN, or has not begun to learn after 300 steps. */
  readonly probabilityFailure: number;
  /** Some layer is dead as a whole at initialisation, so that nothing before it learns: narrow networks. */
  readonly deadAsWhole: number;
  /** Mean over the layers of log10 of the step size: about -1 trains well, below -2 slowly. */
  readonly logStepSize: number;
  /** Standard deviation of the outputs, and norm of the whole gradient, at initialisation: the signal, both ways. */
  readonly outputStd: number;
  readonly gradientNorm: number;
  readonly assumptions: readonly string[];
  readonly counterfactuals: readonly Counterfactual[];
}
