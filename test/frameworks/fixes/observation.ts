/** What the observers of the frameworks say of a program that they ran. */

export interface Statistics {
  readonly count: number;
  readonly mean: number | null;
  readonly std: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** One operation of a forward pass, in the order of execution. */
export type Step = Weighted | Activated | Normalised | Other;

export interface Weighted {
  readonly op: "dense" | "conv";
  readonly name: string;
  readonly fanIn: number;
  readonly units: number;
  readonly weights: Statistics;
  /** null: it has none. */
  readonly bias: Statistics | null;
}

/** Known by what it does: its values and gradients at `PROBES`, computed by the framework. */
export interface Activated {
  readonly op: "activation";
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly gradients: readonly (number | null)[];
}

export interface Normalised {
  readonly op: "norm";
  readonly name: string;
  readonly units: number;
}

/** Flattening, dropout, pooling, additions. */
export interface Other {
  readonly op: "other";
  readonly name: string;
}

/** A network at its first use: weights are as they were drawn. */
export interface Observed {
  readonly name: string;
  readonly steps: readonly Step[];
  /** Names and classes of its modules, where the framework has such. */
  readonly tree?: readonly string[];
  readonly parameters: readonly (readonly [name: string, shape: readonly number[]])[];
  readonly input: Statistics | null;
  /** What it is shown after that, as in tests. */
  readonly shownLater?: readonly Statistics[];
  /** With positive weights, biases and inputs: the lowest input of an activation, and the first outputs. */
  readonly lowest: number | null;
  readonly output: readonly (number | null)[];
  /** With positive weights, no bias and negative inputs: norm of the gradient of the first layer's weights. */
  readonly gradient: number | null;
}

/** The first step of an optimiser. */
export interface Training {
  readonly optimiser: string;
  readonly rates: readonly (number | null)[];
  /** Euclidean norms: of the gradient as the optimiser uses it, and of what it changes. */
  readonly gradient: number | null;
  readonly update?: number | null;
}

export interface Observation {
  readonly id: number;
  /** What the program was ended by. */
  readonly error?: string;
  readonly trace?: readonly string[];
  readonly networks: readonly Observed[];
  readonly training: readonly Training[];
}

/** As in serve.py. */
export const PROBES: readonly number[] = [-3, -1, -0.25, 0.25, 1, 3];

export const isWeighted = (step: Step): step is Weighted => step.op === "dense" || step.op === "conv";
