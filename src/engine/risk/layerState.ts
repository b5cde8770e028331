/** One layer of the propagation: from what is carried into it to what it is like, and what it carries on. */
import { FINITE_WIDTH, PATCH_RANK } from "./constants.ts";
import { constantNegative, neverPositive } from "./dead.ts";
import { biasMoments, type Moments } from "./initialisers.ts";
import { layerMoments, type UnitFunction } from "./moments.ts";
import { type HiddenLayer, weightsOf } from "./riskModel.ts";
import { atRest, normalise, normaliseAfter, preActivation, type Signal } from "./signal.ts";

/** Activations beyond are scaled back: biases no longer matter there, and squares must not overflow. */
const HUGE = 1e200;

/** One layer at initialisation. */
export interface LayerState {
  readonly unit: UnitFunction;
  readonly weights: Moments;
  /** Share of units, 0..1, whose pre-activation is <= 0 on every input: dead if the activation dies. */
  readonly alwaysNegative: number;
  /** Mean-field correlation of two inputs, 0..1. */
  readonly correlation: number;
  readonly active: number;
  /** Of the units' means, after a normalisation: their mean and standard deviation. */
  readonly mean: number;
  readonly unitSpread: number;
  /** Standard deviation between inputs of a unit's pre-activation, before and after a normalisation. */
  readonly rawSpread: number;
  readonly spread: number;
  /** Root mean square of the pre-activations before a normalisation. */
  readonly rms: number;
  /** Mean square A + V of the layer's inputs. */
  readonly inputPower: number;
  /** A, the part of it that is the same for every input. */
  readonly inputBetween: number;
}

export interface Carried extends Signal {
  readonly rank: number;
  /** Log-variance that the widths so far add to the scale of units, and to that of the signal. */
  readonly widthVariance: number;
  readonly signalVariance: number;
  /** P(no layer so far is dead as a whole). */
  readonly signalAlive: number;
  readonly units: number | null;
}

/** `largest`: M. `deviation`: how far the signal is off the mean one (propagate.ts). */
export function through(
  layer: HiddenLayer,
  unit: UnitFunction,
  before: Carried,
  largest: number,
  deviation: number,
): { readonly state: LayerState; readonly next: Carried } {
  const { e1, a, v, rank, widthVariance, signalVariance, signalAlive } = before;
  const weights = weightsOf(layer);
  const bias = biasMoments(layer.bias, layer.fanIn, layer.units);
  const raw = preActivation(layer, weights, bias, before);
  const place = layer.normalisation?.place;
  const norm = place === "before" ? layer.normalisation!.kind : null;
  const constant = weights.std === 0 && weights.mean === 0;
  const normalised = normalise(raw, norm);
  // The input's own rank is not limited by the number of inputs: it is known or assumed.
  const limit = Math.min(
    before.units === null ? rank : layer.fanIn,
    layer.kind === "conv" ? PATCH_RANK : rank,
  );
  const r = Math.max(1, Math.min(rank, limit));
  const rest = atRest(bias, norm);
  const residual = layer.residual && before.units === layer.units;

  const negative = constant
    ? constantNegative(rest)
    : norm === "batch"
      ? 0
      : neverPositive(normalised, largest, r, widthVariance);
  const withoutSignal = residual ? negative : constantNegative(rest);
  const spread = constant ? 1e-16 : Math.sqrt(normalised.withinUnits);
  const withinUnits = constant ? 0 : normalised.withinUnits;
  const own = constant
    ? layerMoments(unit, rest.mean, rest.std, spread)
    : layerMoments(unit, normalised.mu, Math.sqrt(normalised.betweenUnits), spread);
  const state: LayerState = {
    unit,
    weights,
    alwaysNegative: signalAlive * negative + (1 - signalAlive) * withoutSignal,
    correlation: normalised.betweenUnits / (normalised.betweenUnits + withinUnits + 1e-299),
    active: own.active,
    mean: constant ? rest.mean : normalised.mu,
    unitSpread: constant ? rest.std : Math.sqrt(normalised.betweenUnits),
    rawSpread: Math.sqrt(raw.withinUnits),
    spread,
    rms: Math.sqrt(raw.betweenUnits + raw.withinUnits + raw.mu * raw.mu),
    inputPower: a + v,
    inputBetween: a,
  };

  const canEnd = unit.dies && norm === null && !residual;
  let next = { e1: own.mean, a: own.between, v: own.within };
  if (place === "after") next = normaliseAfter(next, layer.normalisation!.kind, negative);
  if (residual) next = { e1: e1 + next.e1, a: a + next.a + 2 * e1 * next.e1, v: v + next.v };
  const varied = FINITE_WIDTH / layer.units;
  const drawn = deviation * (Math.sqrt(signalVariance + varied) - Math.sqrt(signalVariance));
  const limited = next.a + next.v > HUGE ? Math.sqrt(HUGE / (next.a + next.v)) : 1;
  const scale = deviation === 0 ? limited : limited * Math.exp(drawn / 2);
  const forgets = place === "after" && layer.normalisation!.kind === "batch";
  return {
    state,
    next: {
      e1: next.e1 * scale,
      a: next.a * scale * scale,
      v: next.v * scale * scale,
      rank: Math.min(rank, layer.units),
      widthVariance: (forgets ? 0 : widthVariance) + varied,
      signalVariance: signalVariance + varied,
      signalAlive: canEnd ? signalAlive * (1 - negative ** layer.units) : signalAlive,
      units: layer.units,
    },
  };
}
