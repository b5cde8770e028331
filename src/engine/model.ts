/**
 * Every type that flows through the engine, of sites and networks in files of their own. All data is readonly.
 * Offsets are UTF-16 code units in the file's text, spans are half open.
 */
import type { Counterfactual, Layer, Network } from "./networkModel.ts";
import type { Cell, Fix, Language, Site, Source, Span } from "./siteModel.ts";

export type * from "./networkModel.ts";
export type * from "./siteModel.ts";

// ---- findings ------------------------------------------------------------------------------------------------

export type Severity = "error" | "warning" | "information" | "hint";

export interface Evidence {
  readonly text: string;
  readonly span?: Span;
  readonly value?: number;
  readonly source?: string;
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** What, why, what to do: at most three sentences. */
  readonly message: string;
  readonly span: Span;
  readonly evidence: readonly Evidence[];
  readonly causes: readonly Counterfactual[];
  /** The first is the one recommended. */
  readonly fixes: readonly Fix[];
}

// ---- rules ---------------------------------------------------------------------------------------------------

/** A change of the code that is asked for; sites and layers are those of the network that it is asked for. */
export type Change =
  | { readonly kind: "leaky-relu"; readonly sites: readonly Site[]; readonly slope: number }
  | { readonly kind: "prelu" | "elu" | "gelu" | "silu"; readonly sites: readonly Site[] }
  | { readonly kind: "remove-activation" | "softmax" | "sigmoid" | "softplus"; readonly site: Site }
  | { readonly kind: "learning-rate"; readonly rate: number }
  | { readonly kind: "clip-gradients"; readonly norm: number }
  | { readonly kind: "initialiser" | "zero-bias" | "batch-norm"; readonly layers: readonly Layer[] }
  | { readonly kind: "widen"; readonly layer: Layer; readonly units: number }
  | { readonly kind: "scale-input" };

/** Scores of any sign; probabilities that sum up to 1; or one for each output by itself. */
export type LossInput = "logits" | "probabilities" | "independent-probabilities";

/** What rules may ask of the code that they don't see. */
export interface FixSource {
  /** A fix whose edits are correct as they stand, or nothing: then a rule says in words what would help. */
  fix(network: Network, change: Change): Fix | undefined;
  /** What the loss expects of the outputs; undefined where the code does not say. */
  lossTakes(network: Network): LossInput | undefined;
}

export interface RuleDocs {
  readonly what: string;
  readonly why: string;
  readonly whatToDo: string;
  readonly limits: string;
  readonly references: readonly Source[];
}

/** A whole file. */
export interface RuleExample {
  readonly language: Language;
  readonly code: string;
}

/** Its rule says something about that line (counted from 1), and no rule about any other. */
export interface BadExample extends RuleExample {
  readonly line: number;
}

/** The number from which a rule speaks, where it has one that a user may move. */
export interface Threshold {
  /** One sentence, as settings and docs say it. */
  readonly meaning: string;
  readonly default: number;
  /** Bounds of what a user may set, both allowed. */
  readonly minimum: number;
  readonly maximum: number;
  /** Where the default comes from. */
  readonly source: string;
}

/** A severity for all findings of a rule; `default`: the one that each finding asks for. */
export type RuleSeverity = Severity | "default" | "off";

/** What a user may set of the rules, by their names. Whatever does not fit counts as not set. */
export interface AnalyzeOptions {
  readonly thresholds?: Readonly<Record<string, number>>;
  readonly severities?: Readonly<Record<string, RuleSeverity>>;
}

/** One file of src/engine/rules: what is worth a finding in a network, why, and what to do. */
export interface Rule {
  /** As in settings, comments and on the command line: `dying-relu`. */
  readonly name: string;
  /** In a few words, as a lens says it: `units may die`. */
  readonly title: string;
  readonly docs: RuleDocs;
  /** They are its first tests: the bad ones are found, on the good ones no rule says anything. */
  readonly examples: { readonly bad: readonly BadExample[]; readonly good: readonly RuleExample[] };
  readonly threshold?: Threshold;
  /** @param threshold the rule's own, as the user has set it; 0 for a rule without */
  check(network: Network, fixes: FixSource, threshold: number): readonly Finding[];
}

/** All code cells as one program: their texts, each on lines of its own, in order. */
export interface NotebookProgram {
  readonly text: string;
  readonly cells: readonly Cell[];
  /** Offset in `text` at which each of `cells` starts. */
  readonly starts: readonly number[];
}

export interface Analysis {
  readonly path: string;
  readonly sites: readonly Site[];
  /** Activations that layers have although none is written (the tanh of an LSTM); absent where there are none. */
  readonly defaults?: readonly Site[];
  readonly networks: readonly Network[];
  readonly findings: readonly Finding[];
  /** Set for a notebook: spans are offsets in the program that its cells make, and this leads back to the cells. */
  readonly notebook?: NotebookProgram;
  /** Set when the file was not analysed: too large, binary, a language that is not read. */
  readonly skipped?: string;
}
