/** Steps of forward passes against each other: by what they compute, not by how they are written. */
import { activationById, type Change, defaultParameters } from "../../../src/engine/index.ts";
import type { Expected, placesOf } from "./judge.ts";
import { type Activated, isWeighted, type Observed, PROBES, type Step } from "./observation.ts";

/** Single precision, and frameworks' fast exponentials. */
const TOLERANCE = 2e-3;

export const isClose = (
  a: number | null | undefined,
  b: number | null | undefined,
  relative = TOLERANCE,
): boolean =>
  a === b ||
  (typeof a === "number" && typeof b === "number" && Math.abs(a - b) <= relative * (Math.abs(b) + 1e-2));

const areClose = (
  a: readonly (number | null)[],
  b: readonly (number | null)[],
  relative = TOLERANCE,
): boolean => a.length === b.length && a.every((value, index) => isClose(value, b[index], relative));

export function wordsOf(step: Step): string {
  switch (step.op) {
    case "dense":
    case "conv":
      return `${step.op} ${step.fanIn} -> ${step.units}${step.bias ? "" : " without bias"}`;
    case "activation":
      return `${step.name} [${step.values.map((value) => value?.toPrecision(3)).join(" ")}]`;
    case "norm":
      return `${step.name} ${step.units}`;
    case "other":
      return step.name;
  }
}

/** Why a step is not what it was. */
export function sameStep(was: Step, is: Step): string | undefined {
  const before = `it was ${wordsOf(was)}`;
  if (was.op !== is.op) return before;
  if (was.op === "activation" && is.op === "activation")
    return areClose(is.values, was.values) && areClose(is.gradients, was.gradients) ? undefined : before;
  if (isWeighted(was) && isWeighted(is))
    return was.fanIn === is.fanIn && was.units === is.units && (was.bias === null) === (is.bias === null)
      ? undefined
      : before;
  return wordsOf(was) === wordsOf(is) ? undefined : before;
}

type Switch =
  | { readonly kind: "leaky-relu"; readonly slope: number }
  | { readonly kind: "prelu" | "elu" | "gelu" | "silu" | "softmax" | "sigmoid" | "softplus" };

/** The functions that a kind may become: the parameters are written out, so that no framework's default matters. */
const FUNCTIONS: Readonly<Record<Exclude<Switch["kind"], "softmax" | "prelu">, readonly string[]>> = {
  "leaky-relu": ["leaky_relu"],
  elu: ["elu"],
  // Flax and jax.nn approximate by tanh unless told otherwise.
  gelu: ["gelu", "gelu_tanh"],
  silu: ["silu"],
  sigmoid: ["sigmoid"],
  softplus: ["softplus"],
};

export function replaced(change: Switch): Expected {
  return (step) => {
    if (step.op !== "activation") return `${change.kind} was to be here`;
    return is(step, change)
      ? undefined
      : `it is not ${change.kind}${"slope" in change ? ` ${change.slope}` : ""}`;
  };
}

function is(step: Activated, change: Switch): boolean {
  // Of a vector of equal values softmax is one over its length.
  if (change.kind === "softmax")
    return step.values.every(
      (value) =>
        value !== null &&
        value > 0 &&
        isClose(value, 1 / Math.round(1 / value)) &&
        isClose(value, step.values[0]),
    );
  // Its slope is learnt and starts at 0.25 or 0.01, as the framework has it; at 0 it would be a ReLU.
  if (change.kind === "prelu") {
    const slope = -(step.values[PROBES.indexOf(-1)] ?? 0);
    return slope > 0 && slope < 0.5 && is(step, { kind: "leaky-relu", slope });
  }
  return FUNCTIONS[change.kind].some((id) => {
    const activation = activationById(id);
    if (activation?.shape !== "elementwise") return false;
    const given = change.kind === "leaky-relu" ? { negative_slope: change.slope } : {};
    const parameters = defaultParameters(activation, given);
    return (
      areClose(
        step.values,
        PROBES.map((x) => activation.f(x, parameters)),
      ) &&
      areClose(
        step.gradients,
        PROBES.map((x) => activation.gradient(x, parameters)),
      )
    );
  });
}

/** The network as a whole: the same where all is positive, and a gradient where a ReLU lets none through. */
export function judgeActivation(
  change: Change,
  places: ReturnType<typeof placesOf>,
  was: Observed,
  now: Observed,
): readonly string[] {
  if (!("sites" in change)) return [];
  const problems: string[] = [];
  const isSameAbove = change.kind === "leaky-relu" || change.kind === "prelu" || change.kind === "elu";
  if (isSameAbove && was.lowest !== null && was.lowest >= 0 && !areClose(now.output, was.output))
    problems.push(`positive inputs give ${now.output[0]}, before ${was.output[0]}`);
  // One ReLU that stays is enough to let nothing through.
  const at = places.activationsOf(change.sites);
  const isAll = was.steps.every(({ op }, index) => op !== "activation" || at.has(index));
  if (isAll && was.gradient === 0 && !(now.gradient !== null && now.gradient > 0))
    problems.push("where all inputs are negative there is still no gradient");
  return problems;
}
