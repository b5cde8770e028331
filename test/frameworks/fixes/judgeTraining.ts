/** What a program is trained with, before and after. */
import type { Case } from "./judge.ts";
import { isClose } from "./judgeSteps.ts";
import { isSameDraw } from "./judgeWeights.ts";
import type { Observed, Statistics, Training } from "./observation.ts";

export function judgeTraining(
  { network, change, before, after }: Case,
  was: Observed,
  is: Observed,
): readonly string[] {
  const pairs = before.training.map((old, index) => [old, after.training[index]] as const);
  if (before.training.length !== after.training.length) return ["it is trained by other optimisers"];
  const changed = pairs.filter(([old, now]) => now && !sameRates(old, now));
  if (change.kind === "learning-rate" && before.training.every(({ rates }) => rates.length === 0)) {
    // JAX's optimisers are functions: what they do is seen, their settings are not.
    const ratio = change.rate / network.learningRate.value;
    const isScaled = pairs.some(
      ([old, now]) =>
        isClose((now?.update ?? 0) / (old.update || 1), ratio, 0.02) ||
        (old.update === 0 && now?.update === 0),
    );
    return isScaled
      ? []
      : [`the first steps are ${pairs.map(([old, now]) => `${old.update} and ${now?.update}`)}`];
  }
  if (change.kind === "learning-rate") {
    const isRight = changed.every(([old, now]) => isRated(old, now, network.learningRate.value, change.rate));
    if (changed.length === 0) return ["no optimiser has another learning rate"];
    return isRight ? [] : [`the rates are ${JSON.stringify(changed.map(([, now]) => now?.rates))}`];
  }
  if (changed.length > 0) return ["a learning rate changed"];
  if (change.kind === "clip-gradients") {
    const isClipped = pairs.some(([old, now]) => isLimited(old.gradient, now?.gradient, change.norm));
    return isClipped ? [] : [`the optimiser gets gradients of ${pairs.map(([, now]) => now?.gradient)}`];
  }
  if (change.kind === "scale-input") return inputProblems(was, is);
  return isSameDraw(is.input, was.input) ? [] : ["the network is shown other data"];
}

const sameRates = (old: Training, now: Training): boolean =>
  old.rates.every((rate, index) => isClose(now.rates[index], rate, 1e-5));

/** The rate that was read became the one that was asked for, and the first step is as much shorter. */
function isRated(old: Training, now: Training | undefined, from: number, to: number): boolean {
  if (!now || old.rates.length !== now.rates.length) return false;
  const areRates = old.rates.every((rate, index) => {
    const other = now.rates[index];
    return isClose(other, rate, 1e-5) || (isClose(rate, from, 1e-5) && isClose(other, to, 1e-5));
  });
  const isOne = old.rates.length === 1 && old.update && now.update;
  return areRates && (!isOne || isClose((now.update ?? 0) / (old.update ?? 1), to / from, 0.02));
}

/** Data for tests are scaled as those for training were. */
function inputProblems(was: Observed, is: Observed): readonly string[] {
  const later = is.shownLater ?? [];
  const wrong = [is.input, ...later].find((one) => !isScaled(one));
  if (wrong !== undefined) return [`the input is ${JSON.stringify(wrong)}`];
  const count = was.shownLater?.length ?? 0;
  return later.length === count ? [] : [`it is shown ${later.length} others, before ${count}`];
}

/** Standardised, or between -1 and 1. */
function isScaled(input: Statistics | null): boolean {
  if (!input || input.mean === null || input.std === null || input.max === null || input.min === null)
    return false;
  return (Math.abs(input.mean) < 0.5 && input.std < 2) || (input.min >= -1.001 && input.max <= 1.001);
}

/** To the limit, and no further; a gradient that is shorter by itself, as that of a dead network, stays. */
function isLimited(old: number | null, now: number | null | undefined, limit: number): boolean {
  if (typeof now !== "number" || old === null) return false;
  return old > limit ? now <= limit * 1.001 && now >= limit * 0.98 : isClose(now, old);
}
