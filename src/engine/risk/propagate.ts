/**
 * Mean-field propagation (Poole et al. 2016, Schoenholz et al. 2017): carries E1, A and V of the activations through
 * the layers. For independent weights with mean w and variance v, bias with mean b and variance v_b, fan-in F, the
 * pre-activation of unit u on input x is m_u + s_u xi_u(x) with
 *
 *     m_u ~ N(mu, sm2)     mu = b + w F E1     sm2 = v_b + v F A
 *     s_u^2 ~ s2 chi2_r/r  s2 = v F V          r: effective rank of the layer's input
 *
 * and the unit never fires iff m_u <= -M s_u. No absolute tolerances: in deep networks with small weights the
 * scales reach 1e-44.
 */
import { FINITE_WIDTH, PATCH_RANK } from "./constants.ts";
import { constantNegative, negativeBias, neverPositive } from "./dead.ts";
import { overSignals } from "./gaussian.ts";
import { biasMoments, type Moments } from "./initialisers.ts";
import { layerMoments, type UnitFunction } from "./moments.ts";
import { inputStatistics, largestDeviation, type RiskModel, weightsOf } from "./riskModel.ts";
import { normalise, normaliseAfter, preActivation } from "./signal.ts";

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

export interface Propagation {
  readonly layers: readonly LayerState[];
  /** Mean square of the last hidden activations. */
  readonly outputPower: number;
  /** P(some layer is dead as a whole): Lu et al. 2020. */
  readonly deadAsWhole: number;
}

/**
 * Negative biases end a signal that has become too small, and how small it is differs between draws of the weights:
 * log-variance FINITE_WIDTH / N for each layer of N units. One mean signal would leave all units alive up to some layer
 * and dead behind it. So the shares are averaged over three signals (Gauss-Hermite), the rest is of the middle one.
 */
export function propagate(model: RiskModel, units: readonly UnitFunction[]): Propagation {
  const middle = propagateOne(model, units, 0);
  const fades = model.hidden.some(
    ({ bias, fanIn, units: count, normalisation }) =>
      normalisation?.place !== "before" && biasMoments(bias, fanIn, count).mean < 0,
  );
  if (!fades) return middle;
  const { nodes, weights } = overSignals();
  const ways = nodes.map((node) => (node === 0 ? middle : propagateOne(model, units, node)));
  const average = (value: (way: Propagation) => number) =>
    ways.reduce((sum, way, i) => sum + weights[i]! * value(way), 0);
  return {
    ...middle,
    layers: middle.layers.map((layer, index) => ({
      ...layer,
      alwaysNegative: average(({ layers }) => layers[index]!.alwaysNegative),
    })),
    deadAsWhole: average((way) => way.deadAsWhole),
  };
}

/** `deviation`: how many standard deviations the logarithm of the signal's power is off its mean. */
function propagateOne(model: RiskModel, units: readonly UnitFunction[], deviation: number): Propagation {
  let { mean: e1, between: a, within: v, rank } = inputStatistics(model);
  let widthVariance = 0;
  let signalVariance = 0;
  let signalAlive = 1;
  let previousUnits: number | null = null;
  const layers: LayerState[] = [];
  for (const [index, layer] of model.hidden.entries()) {
    const unit = units[index]!;
    const weights = weightsOf(layer);
    const bias = biasMoments(layer.bias, layer.fanIn, layer.units);
    const raw = preActivation(layer, weights, bias, { e1, a, v });
    const place = layer.normalisation?.place;
    const before = place === "before" ? layer.normalisation!.kind : null;
    const constant = weights.std === 0 && weights.mean === 0;
    const normalised = normalise(raw, before);
    const r = Math.max(
      1,
      Math.min(rank, index > 0 ? layer.fanIn : rank, layer.kind === "conv" ? PATCH_RANK : rank),
    );
    const residual = layer.residual && previousUnits === layer.units;

    const negative = constant
      ? constantNegative(bias, before !== null)
      : before === "batch"
        ? 0
        : neverPositive(normalised, largestDeviation(layer.kind, model.inputs), r, widthVariance);
    const withoutSignal = residual ? negative : before === "batch" ? 1 : negativeBias(bias);
    const spread = constant ? 1e-16 : Math.sqrt(normalised.withinUnits);
    const withinUnits = constant ? 0 : normalised.withinUnits;
    const own = constant
      ? layerMoments(unit, before ? 0 : bias.mean, before ? 0 : bias.std, spread)
      : layerMoments(unit, normalised.mu, Math.sqrt(normalised.betweenUnits), spread);
    layers.push({
      unit,
      weights,
      alwaysNegative: signalAlive * negative + (1 - signalAlive) * withoutSignal,
      correlation: normalised.betweenUnits / (normalised.betweenUnits + withinUnits + 1e-299),
      active: own.active,
      rawSpread: Math.sqrt(raw.withinUnits),
      spread,
      rms: Math.sqrt(raw.betweenUnits + raw.withinUnits + raw.mu * raw.mu),
      inputPower: a + v,
      inputBetween: a,
    });
    if (unit.dies && before === null && !residual) signalAlive *= 1 - negative ** layer.units;

    let next = { e1: own.mean, a: own.between, v: own.within };
    if (place === "after") next = normaliseAfter(next, layer.normalisation!.kind, negative);
    if (residual) next = { e1: e1 + next.e1, a: a + next.a + 2 * e1 * next.e1, v: v + next.v };
    const varied = FINITE_WIDTH / layer.units;
    const drawn = deviation * (Math.sqrt(signalVariance + varied) - Math.sqrt(signalVariance));
    signalVariance += varied;
    const limited = next.a + next.v > HUGE ? Math.sqrt(HUGE / (next.a + next.v)) : 1;
    const scale = deviation === 0 ? limited : limited * Math.exp(drawn / 2);
    e1 = next.e1 * scale;
    a = next.a * scale * scale;
    v = next.v * scale * scale;
    if (place === "after" && layer.normalisation!.kind === "batch") widthVariance = 0;
    widthVariance += FINITE_WIDTH / layer.units;
    rank = Math.min(rank, layer.units);
    previousUnits = layer.units;
  }
  return { layers, outputPower: a + v, deadAsWhole: 1 - signalAlive };
}
