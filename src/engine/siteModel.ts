/** The types of files, activations, the places where they stand, and edits: a part of model.ts, which everything else imports. */

/** A part of the text, half open, in UTF-16 code units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A file as the engine sees it. `language` overrides what the path's ending says (an editor knows better). */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly language?: Language;
  /** The code cells of a notebook that is open in an editor: read in the place of `text`, its JSON. */
  readonly cells?: readonly Cell[];
}

/** A code cell of a notebook. */
export interface Cell {
  /** 0-based, over all cells of the notebook, text cells included. */
  readonly index: number;
  readonly text: string;
}

/** What a file is written in; a notebook's cells are Python. Configuration formats carry names, not programs. */
export type Language = "python" | "javascript" | "notebook" | ConfigLanguage;
export type ConfigLanguage = "json" | "jsonnet" | "yaml" | "darknet" | "prototxt";

export type FrameworkId =
  | "pytorch"
  | "keras"
  | "tensorflow"
  | "jax"
  | "flax"
  | "haiku"
  | "equinox"
  | "tfjs"
  | "sklearn"
  | "mxnet"
  | "paddle"
  | "mmcv"
  | "caffe"
  | "darknet"
  | "huggingface"
  | "allennlp"
  | "onnx";

// ---- activations ---------------------------------------------------------------------------------------------

export type ParameterValues = Readonly<Record<string, number>>;

/** A number that shapes an activation, such as the slope of Leaky ReLU. */
export interface ActivationParameter {
  /** The name the catalogue uses, snake_case as in PyTorch: `negative_slope`. */
  readonly name: string;
  /** Argument names of other frameworks for the same number: `alpha`. */
  readonly aliases: readonly string[];
  /** TeX symbol in the formula: `\\alpha`. */
  readonly symbol: string;
  readonly default: number;
  /** Range a slider offers; values outside may still be valid. */
  readonly minimum: number;
  readonly maximum: number;
  readonly meaning: string;
}

/** A point where the gradient is undefined or jumps, with its one-sided limits. */
export interface Kink {
  readonly x: number;
  readonly left: number;
  readonly right: number;
  /** What the frameworks' backward passes return at `x`; PyTorch's where they differ and it has the function. */
  readonly used: number;
  /** Frameworks measured to return something else than `used`. */
  readonly differs?: Readonly<Partial<Record<FrameworkId, number>>>;
}

export interface Interval {
  readonly from: number;
  readonly to: number;
  /** Whether the end itself is reached (closed interval) or only approached. */
  readonly fromReached: boolean;
  readonly toReached: boolean;
}

/**
 * What a framework calls an activation. Each entry is a signature as in its documentation, with the defaults that
 * matter: `torch.nn.LeakyReLU(negative_slope=0.01, inplace=False)`. The first entry of each list is the one to write.
 */
export interface FrameworkNames {
  /** Classes that are called to make a layer or module. */
  readonly layers?: readonly string[];
  /** Functions of a tensor: the first parameter is the input. */
  readonly functions?: readonly string[];
  /** Methods of a tensor, without receiver: `relu()`. */
  readonly methods?: readonly string[];
  /** Strings that the framework accepts in place of a function: `leaky_relu(negative_slope=0.2)`. */
  readonly strings?: readonly string[];
}

export interface Source {
  readonly title: string;
  readonly url?: string;
}

interface ActivationFacts {
  /** Canonical id of the command line's contract: `leaky_relu`. */
  readonly id: string;
  /** As people write it: `Leaky ReLU`. */
  readonly name: string;
  readonly parameters: readonly ActivationParameter[];
  /** TeX of f(x), symbols as in `parameters`. */
  readonly tex: string;
  /** One sentence: what it does and what it is for. */
  readonly meaning: string;
  readonly names: Readonly<Partial<Record<FrameworkId, FrameworkNames>>>;
  readonly sources: readonly Source[];
}

export type Saturation = "none" | "left" | "right" | "both";

/** Relative cost of one evaluation: a comparison, a few multiplications, one transcendental, several. */
export type Cost = "compare" | "multiply" | "exponential" | "several";

/** A function of one number, applied to each entry. */
export interface ElementwiseActivation extends ActivationFacts {
  readonly shape: "elementwise";
  /** f(x); finite for every finite x wherever the function is. */
  f(x: number, parameters: ParameterValues): number;
  /** f'(x); at a kink the value that frameworks use. */
  gradient(x: number, parameters: ParameterValues): number;
  kinks(parameters: ParameterValues): readonly Kink[];
  range(parameters: ParameterValues): Interval;
  monotonic(parameters: ParameterValues): boolean;
  saturation(parameters: ParameterValues): Saturation;
  /** Whether outputs average to about 0 for standard normal inputs. */
  readonly zeroCentred: boolean;
  readonly cost: Cost;
  /** Whether a negative input gives output 0 and gradient 0, so that a unit can die. */
  dies(parameters: ParameterValues): boolean;
}

/** A function of a whole vector (softmax): found and explained, not charted. */
export interface VectorActivation extends ActivationFacts {
  readonly shape: "vector";
}

export type Activation = ElementwiseActivation | VectorActivation;

// ---- sites ---------------------------------------------------------------------------------------------------

/** Certain: the name resolves to a known framework symbol. Likely: plausible, not proved; never warned about. */
export type Certainty = "certain" | "likely";

export type SiteKind =
  | "class_call"
  | "func_call"
  | "method_call"
  | "string_arg"
  | "reference"
  | "partial"
  | "lookup"
  | "config_dict"
  | "config_value";

/** One place in the text where an activation is configured or applied. */
export interface Site {
  readonly activation: string;
  /** Numbers as written, or the framework's defaults. */
  readonly parameters: ParameterValues;
  /** Names in `parameters` that are not written in the code but are that framework's default. */
  readonly defaulted: readonly string[];
  readonly framework: FrameworkId;
  readonly kind: SiteKind;
  /** The whole expression: `nn.LeakyReLU(0.2)`, `"relu"` with its quotes. */
  readonly span: Span;
  readonly certainty: Certainty;
  /** Resolved name: `torch.nn.LeakyReLU`; for a string or a method the bare word. */
  readonly symbol: string;
  /** Set where nothing is written: it is what the callee named by the span has unless told otherwise. */
  readonly isDefault?: true;
  /** Rewrites of this site to another activation that are correct here, the usual one first. */
  readonly fixes: readonly Fix[];
  /** Why there is no Leaky ReLU rewrite, in one sentence, where there is none. */
  readonly noFix?: string | undefined;
}

// ---- fixes -----------------------------------------------------------------------------------------------------

export interface Edit {
  readonly span: Span;
  readonly text: string;
}

export type FixKind =
  | "leaky-relu"
  | "prelu"
  | "elu"
  | "gelu"
  | "silu"
  | "remove-activation"
  | "softmax"
  | "sigmoid"
  | "softplus"
  | "learning-rate"
  | "clip-gradients"
  | "initialiser"
  | "zero-bias"
  | "batch-norm"
  | "scale-input"
  | "widen";

/** Edits that belong together: all or none, on the very text that they were computed for. */
export interface Fix {
  readonly title: string;
  readonly kind: FixKind;
  readonly edits: readonly Edit[];
  /** safe: meaning changes only as the title says; changes-training: results of training will differ otherwise. */
  readonly applicability: "safe" | "changes-training";
  /** What else the user should know, one sentence. */
  readonly note?: string;
  /** What it does to the chance that the network's training fails (negative: less), where that can be estimated. */
  readonly failure?: number;
}
