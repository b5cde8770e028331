/** Whether a program does after a fix what the fix says, and nothing else: by what was observed before and after. */
import type { Change, Fix, Layer, Network, Site } from "../../../src/engine/index.ts";
import { SITE_SLOPE } from "./asking.ts";
import { judgeActivation, replaced, sameStep, wordsOf } from "./judgeSteps.ts";
import { judgeTraining } from "./judgeTraining.ts";
import { judgeWeights } from "./judgeWeights.ts";
import { isWeighted, type Observation, type Observed, type Step } from "./observation.ts";

export interface Case {
  readonly network: Network;
  readonly change: Change;
  readonly fix: Fix;
  readonly before: Observation;
  readonly after: Observation;
}

/** The observed network that was read as this one: layer by layer of the same kind and size. */
export function observedOf(network: Network, { networks }: Observation): number {
  return networks.findIndex(({ steps }) => {
    const weighted = steps.filter(isWeighted);
    return (
      weighted.length === network.layers.length &&
      network.layers.every(({ kind, fanIn, units }, index) => {
        const step = weighted[index];
        return (
          step?.op === kind && (fanIn ?? step.fanIn) === step.fanIn && (units ?? step.units) === step.units
        );
      })
    );
  });
}

/** Where in the steps the layers stand, and the activations that follow them. */
export function placesOf(network: Network, { steps }: Observed) {
  const weighted = steps.flatMap((step, index) => (isWeighted(step) ? [index] : []));
  const activationOf = (layer: Layer): number => {
    const from = weighted[network.layers.indexOf(layer)] ?? -1;
    return steps.findIndex(({ op }, index) => index > from && op === "activation");
  };
  /** Behind a sum an activation is that of both of its inputs, and stands behind the last of them. */
  const isOfLater = (layer: Layer): boolean => {
    const index = network.layers.indexOf(layer);
    const next = weighted[index + 1] ?? steps.length;
    return (
      next < activationOf(layer) && network.layers.slice(index + 1).some(({ site }) => site === layer.site)
    );
  };
  return {
    weighted,
    activationsOf: (sites: readonly Site[]): ReadonlySet<number> =>
      new Set(
        network.layers.flatMap((layer) =>
          layer.site && sites.includes(layer.site) && !isOfLater(layer) ? [activationOf(layer)] : [],
        ),
      ),
    layersOf: (layers: readonly Layer[]): ReadonlySet<number> =>
      new Set(layers.map((layer) => weighted[network.layers.indexOf(layer)] ?? -1)),
    activationOf,
  };
}

/** What is wrong, in words; empty: nothing. */
export function judge(found: Case): readonly string[] {
  const { network, before, after, fix } = found;
  if (after.error !== undefined) return [`the program fails: ${after.error}`];
  const at = observedOf(network, before);
  const [was, is] = [before.networks[at], after.networks[at]];
  if (!was || !is) return ["the network is not there any more"];
  const others = before.networks.flatMap((other, index) => {
    const now = after.networks[index]?.steps ?? [];
    return index === at || isPart(other, was, now, is) ? [] : differences(other.steps, now);
  });
  const problems = [
    ...stepProblems(found, was, is),
    ...others.map((problem) => `in another network: ${problem}`),
    ...judgeActivation(found.change, placesOf(network, was), was, is),
    ...judgeWeights(found, was, is),
    ...judgeTraining(found, was, is),
  ];
  const names = ({ parameters }: Observed) => JSON.stringify(parameters);
  if (fix.applicability === "safe" && names(was) !== names(is))
    problems.push("it is called safe and changes what the parameters are called or how many there are");
  return problems;
}

/** Made of the first layers of another network, as the encoder of an autoencoder: it changes with them. */
function isPart(part: Observed, whole: Observed, partNow: readonly Step[], wholeNow: Observed): boolean {
  const names = (one: Observed): readonly string[] => one.parameters.map(([name]) => name);
  // What it learns may differ: it is looked at before the training, or behind it.
  const begins = (long: readonly Step[], short: readonly Step[]): boolean =>
    short.every(({ op, name }, index) => long[index]?.op === op && long[index]?.name === name);
  return (
    part.steps.length < whole.steps.length &&
    names(part).every((name) => names(whole).includes(name)) &&
    begins(whole.steps, part.steps) &&
    begins(wholeNow.steps, partNow)
  );
}

/** Of a site whose network is not read: something became what the fix says, and nothing else changed. */
export function judgeSite(fix: Fix, before: Observation, after: Observation): readonly string[] {
  if (after.error !== undefined) return [`the program fails: ${after.error}`];
  const leaky = replaced({ kind: "leaky-relu", slope: SITE_SLOPE });
  let changed = 0;
  const problems = before.networks.flatMap(({ steps }, index) => {
    const now = after.networks[index]?.steps ?? [];
    const expected = steps.map((step, at) => {
      const other = now[at];
      if (!other || sameStep(step, other) === undefined || step.op !== "activation") return step;
      changed++;
      return leaky;
    });
    return differences(expected, now);
  });
  return problems.length === 0 && changed === 0 ? [`nothing became what "${fix.title}" says`] : problems;
}

export type Expected = (step: Step) => string | undefined;

type Wanted = Step | Expected;

const problemOf = (wanted: Wanted, step: Step): string | undefined =>
  typeof wanted === "function" ? wanted(step) : sameStep(wanted, step);

/** The first difference: what follows it is most often a consequence. */
function differences(expected: readonly Wanted[], steps: readonly Step[]): readonly string[] {
  for (const [index, wanted] of expected.entries()) {
    const step = steps[index];
    if (step === undefined) return [`the forward pass ends after ${steps.length} steps`];
    const problem = problemOf(wanted, step);
    if (problem !== undefined) return [`step ${index} (${wordsOf(step)}): ${problem}`];
  }
  const extra = steps[expected.length];
  return extra ? [`step ${expected.length} (${wordsOf(extra)}) was not there before`] : [];
}

/** Of branches side by side Keras chooses the order: a layer more, and it is another one. */
function inAnyOrder(expected: readonly Wanted[], steps: readonly Step[]): readonly string[] {
  const rest = [...steps];
  for (const wanted of expected) {
    const at = rest.findIndex((step) => problemOf(wanted, step) === undefined);
    if (at < 0) return differences(expected, steps);
    rest.splice(at, 1);
  }
  return rest.length > 0 ? differences(expected, steps) : [];
}

/** Layers that read something else than the one before them. */
const hasBranches = ({ layers }: Network): boolean =>
  layers.some(
    ({ inputs }, index) => index > 0 && inputs !== undefined && String(inputs) !== String(index - 1),
  );

/** In a residual block BatchNorm may stand before the sum or behind it: in front of the activation either way. */
function stepProblems(found: Case, was: Observed, is: Observed): readonly string[] {
  const compare = hasBranches(found.network) ? inAnyOrder : differences;
  const problems = compare(expectedSteps(found, was), is.steps);
  if (found.change.kind !== "batch-norm" || problems.length === 0) return problems;
  return compare(normsBehindLayers(found, found.change.layers, was), is.steps).length === 0 ? [] : problems;
}

function normsBehindLayers({ network }: Case, asked: readonly Layer[], was: Observed): readonly Wanted[] {
  const layers = placesOf(network, was).layersOf(asked);
  return was.steps.flatMap((step, index): readonly Wanted[] =>
    layers.has(index) && isWeighted(step) ? [biasMayGo(step), batchNorm(step.units)] : [step],
  );
}

/** The steps that are to be there after the change. */
function expectedSteps({ network, change, fix }: Case, was: Observed): readonly (Step | Expected)[] {
  const { steps } = was;
  const places = placesOf(network, was);
  switch (change.kind) {
    case "leaky-relu":
    case "prelu":
    case "elu":
    case "gelu":
    case "silu": {
      const at = places.activationsOf(change.sites);
      return steps.map((step, index) => (at.has(index) ? replaced(change) : step));
    }
    case "remove-activation": {
      const at = places.activationsOf([change.site]);
      return steps.filter((_, index) => !at.has(index));
    }
    case "softmax":
    case "sigmoid":
    case "softplus": {
      const at = places.activationsOf([change.site]);
      const { kind } = change;
      return steps.map((step, index) => (at.has(index) ? replaced({ kind }) : step));
    }
    case "batch-norm": {
      const layers = places.layersOf(change.layers);
      const units = new Map(change.layers.map((layer) => [places.activationOf(layer), layer.units]));
      return steps.flatMap((step, index): readonly (Step | Expected)[] =>
        layers.has(index)
          ? [biasMayGo(step)]
          : units.has(index)
            ? [batchNorm(units.get(index) ?? null), step]
            : [step],
      );
    }
    case "widen": {
      const at = places.layersOf([change.layer]);
      // One name for several widths: they grow together, and the fix says so.
      const isShared = /layers|others|also|as well/.test(`${fix.title} ${fix.note ?? ""}`);
      return steps.map((step, index) =>
        at.has(index) ? widened(step, change.units) : sizesMayFollow(step, isShared),
      );
    }
    default:
      return steps;
  }
}

/** In front of BatchNorm a bias does nothing: an expert leaves it out. */
const biasMayGo =
  (was: Step): Expected =>
  (step) =>
    isWeighted(was) && isWeighted(step) ? sameStep({ ...was, bias: step.bias }, step) : sameStep(was, step);

const batchNorm =
  (units: number | null): Expected =>
  (step) =>
    step.op === "norm" && step.name === "batch_norm" && step.units === (units ?? step.units)
      ? undefined
      : `BatchNorm of ${units} was to be here`;

const widened =
  (was: Step, units: number): Expected =>
  (step) =>
    isWeighted(was) && isWeighted(step) ? sameStep({ ...was, units }, step) : sameStep(was, step);

/** Layers behind a wider one have more inputs; norms behind it are as wide. */
const sizesMayFollow =
  (was: Step, isShared: boolean): Expected =>
  (step) => {
    if (isWeighted(was) && isWeighted(step))
      return sameStep({ ...was, fanIn: step.fanIn, ...(isShared ? { units: step.units } : {}) }, step);
    if (was.op === "norm" && step.op === "norm") return sameStep({ ...was, units: step.units }, step);
    return sameStep(was, step);
  };
