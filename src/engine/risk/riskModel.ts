import type { Initialiser, InputScale, Layer, Loss, OptimiserKind, ParameterValues } from "../model.ts";
import {
  INPUT_PRIORS,
  type InputStatistics,
  LARGEST_DEVIATION,
  LARGEST_DEVIATION_CONV,
  MAXIMUM_MEDIAN,
  MAXIMUM_SCALE,
  PATCHES,
} from "./constants.ts";
import { normalQuantile } from "./gaussian.ts";
import { biasMoments, type Moments, weightMoments } from "./initialisers.ts";

/** A network as the estimator sees it: numbers only, so that sliders can change one and ask again. */
export interface RiskModel {
  /** Every layer before the output, in order. */
  readonly hidden: readonly HiddenLayer[];
  readonly output: OutputLayer;
  readonly input: RiskInput;
  readonly loss: Loss;
  /** Root mean square of regression targets; 1 when standardised. Not used by cross-entropy. */
  readonly targetScale: number;
  readonly optimiser: OptimiserKind;
  readonly learningRate: number;
  /** Largest gradient norm allowed; null: no clipping. */
  readonly clipNorm: number | null;
  /** Inputs that a unit has to be silent on to count as dead. The after-training rule was fitted without it (1,000). */
  readonly inputs?: number;
}

export interface HiddenLayer extends OutputLayer {
  readonly kind: Layer["kind"];
  /** What the estimate tells apart: whether each unit is centred by itself, or all of a layer together. */
  readonly normalisation: { readonly kind: "batch" | "layer"; readonly place: "before" | "after" } | null;
  /** null: no bias. */
  readonly bias: Initialiser | null;
  /** null: linear. */
  readonly activation: { readonly id: string; readonly parameters: ParameterValues } | null;
  /** h + f(h) where the previous layer has as many units. */
  readonly residual: boolean;
}

/** `groups` of a convolution: a channel reaches only the units of its own. Absent: one. */
export interface OutputLayer {
  readonly fanIn: number;
  readonly units: number;
  readonly kernelArea: number;
  readonly groups?: number;
  readonly weights: Initialiser;
}

export interface RiskInput {
  readonly data: "image" | "table";
  readonly scale: InputScale;
  /** Measured on the data; without them the priors of `data` and `scale` are used. */
  readonly statistics?: InputStatistics;
}

export function inputStatistics({ input, hidden }: RiskModel): InputStatistics {
  const { data, scale, statistics } = input;
  if (statistics) return statistics;
  const isPatches = hidden[0]?.kind === "conv" && data === "image" && scale === "standardised";
  const prior = INPUT_PRIORS[data][scale];
  const { between, within } = isPatches ? PATCHES : prior;
  const { rank } = prior;
  return { mean: scale === "standardised" ? 0 : Math.sqrt(between), between, within, rank };
}

/** Whether the first layer sees the same in both. */
export function isSameStart(a: RiskModel, b: RiskModel): boolean {
  const [one, other] = [inputStatistics(a), inputStatistics(b)];
  return (
    a.inputs === b.inputs &&
    one.mean === other.mean &&
    one.between === other.between &&
    one.within === other.within &&
    one.rank === other.rank
  );
}

type HiddenActivation = HiddenLayer["activation"];

export function isSameActivation(a: HiddenActivation, b: HiddenActivation): boolean {
  if (a === b) return true;
  return (
    a !== null &&
    b !== null &&
    a.id === b.id &&
    hasAll(a.parameters, b.parameters) &&
    hasAll(b.parameters, a.parameters)
  );
}

function hasAll(a: ParameterValues, b: ParameterValues): boolean {
  for (const name in a) if (a[name] !== b[name]) return false;
  return true;
}

/** Whether two layers do the same to the same signal. */
export function isSameLayer(a: HiddenLayer, b: HiddenLayer): boolean {
  if (a === b) return true;
  return (
    a.kind === b.kind &&
    a.fanIn === b.fanIn &&
    a.units === b.units &&
    a.residual === b.residual &&
    a.normalisation?.kind === b.normalisation?.kind &&
    a.normalisation?.place === b.normalisation?.place &&
    isSameActivation(a.activation, b.activation) &&
    isSame(weightsOf(a), weightsOf(b)) &&
    isSame(biasMoments(a.bias, a.fanIn, a.units), biasMoments(b.bias, b.fanIn, b.units))
  );
}

const isSame = (a: Moments, b: Moments): boolean => a.mean === b.mean && a.std === b.std;

/** One weight of a layer. */
export function weightsOf(layer: OutputLayer): Moments {
  return weightMoments(layer.weights, layer.fanIn, layer.units * layer.kernelArea);
}

/** M: how many standard deviations above its mean a unit's largest pre-activation lies. */
export function largestDeviation(kind: Layer["kind"], inputs: number | undefined): number {
  if (kind === "conv") return LARGEST_DEVIATION_CONV;
  if (inputs === undefined) return LARGEST_DEVIATION;
  return MAXIMUM_SCALE * normalQuantile(MAXIMUM_MEDIAN ** (1 / inputs));
}
