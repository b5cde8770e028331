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
import { overSignals } from "./gaussian.ts";
import { biasMoments } from "./initialisers.ts";
import { type Carried, type LayerState, through } from "./layerState.ts";
import { type UnitFunction, unitFunction } from "./moments.ts";
import {
  inputStatistics,
  isSameActivation,
  isSameLayer,
  isSameStart,
  largestDeviation,
  type RiskModel,
} from "./riskModel.ts";

export interface Propagation {
  readonly layers: readonly LayerState[];
  /** Mean square of the last hidden activations. */
  readonly outputPower: number;
  /** P(some layer is dead as a whole): Lu et al. 2020. */
  readonly deadAsWhole: number;
  readonly model: RiskModel;
  /** Of the three signals, or the middle one. */
  readonly passes: readonly Pass[];
}

/** One signal on its way through the network. */
interface Pass {
  /** How many standard deviations the logarithm of the signal's power is off its mean. */
  readonly deviation: number;
  readonly layers: readonly LayerState[];
  /** What is carried into each layer, and out of the last. */
  readonly carried: readonly Carried[];
}

/**
 * Negative biases end a signal that has become too small, and how small it is differs between draws of the weights:
 * log-variance FINITE_WIDTH / N for each layer of N units. One mean signal would leave all units alive up to some layer
 * and dead behind it. So the shares are averaged over three signals (Gauss-Hermite), the rest is of the middle one.
 * Where no unit dies one signal does: a leak lets it through.
 *
 * Null when an activation is not a function of one number. `like`: of a network that may begin with the same layers;
 * what was found for these is taken over.
 */
export function propagate(model: RiskModel, like?: Propagation): Propagation | null {
  const known = like ? countSame(model, like.model) : 0;
  const units = unitFunctions(model, like);
  if (units === null) return null;
  const pass = (deviation: number): Pass =>
    follow(model, units, deviation, known > 0 ? passOf(like, deviation) : undefined, known);
  const middle = pass(0);
  const fades = model.hidden.some(
    ({ bias, fanIn, units: count, normalisation }, index) =>
      units[index]!.dies && normalisation?.place !== "before" && biasMoments(bias, fanIn, count).mean < 0,
  );
  const end = (of: Pass): Carried => of.carried[of.layers.length]!;
  const { a, v, signalAlive } = end(middle);
  const outputPower = a + v;
  if (!fades)
    return { model, layers: middle.layers, outputPower, deadAsWhole: 1 - signalAlive, passes: [middle] };
  const { nodes, weights } = overSignals();
  const passes = nodes.map((node) => (node === 0 ? middle : pass(node)));
  const average = (value: (of: Pass) => number) =>
    passes.reduce((sum, of, i) => sum + weights[i]! * value(of), 0);
  return {
    model,
    layers: middle.layers.map((layer, index) => ({
      ...layer,
      alwaysNegative: average(({ layers }) => layers[index]!.alwaysNegative),
    })),
    outputPower,
    deadAsWhole: average((of) => 1 - end(of).signalAlive),
    passes,
  };
}

/** One for each layer; most layers of a network have the same, and those of a network with one change. */
function unitFunctions(model: RiskModel, like?: Propagation): readonly UnitFunction[] | null {
  const units: UnitFunction[] = [];
  for (const [index, { activation }] of model.hidden.entries()) {
    const before = model.hidden[index - 1];
    const other = like?.model.hidden[index];
    const unit =
      before && isSameActivation(before.activation, activation)
        ? units[index - 1]!
        : other && isSameActivation(other.activation, activation)
          ? like!.layers[index]!.unit
          : unitFunction(activation);
    if (unit === null) return null;
    units.push(unit);
  }
  return units;
}

/** How many layers from the first on are the same in both, and see the same. */
function countSame(model: RiskModel, other: RiskModel): number {
  if (!isSameStart(model, other)) return 0;
  const index = model.hidden.findIndex(
    (layer, i) => !other.hidden[i] || !isSameLayer(layer, other.hidden[i]),
  );
  return index < 0 ? model.hidden.length : index;
}

const passOf = (propagation: Propagation | undefined, deviation: number): Pass | undefined =>
  propagation?.passes.find((pass) => pass.deviation === deviation);

/** `like`: a pass that says the same of the first `known` layers. */
function follow(
  model: RiskModel,
  units: readonly UnitFunction[],
  deviation: number,
  like: Pass | undefined,
  known: number,
): Pass {
  const from = like ? known : 0;
  const layers = like ? like.layers.slice(0, from) : [];
  const carried = like ? like.carried.slice(0, from + 1) : [start(model)];
  for (let index = from; index < model.hidden.length; index++) {
    const layer = model.hidden[index]!;
    const largest = largestDeviation(layer.kind, model.inputs);
    const { state, next } = through(layer, units[index]!, carried[index]!, largest, deviation);
    layers.push(state);
    carried.push(next);
  }
  return { deviation, layers, carried };
}

function start(model: RiskModel): Carried {
  const { mean, between, within, rank } = inputStatistics(model);
  return {
    e1: mean,
    a: between,
    v: within,
    rank,
    widthVariance: 0,
    signalVariance: 0,
    signalAlive: 1,
    units: null,
  };
}
