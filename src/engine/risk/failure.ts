/**
 * P(training fails): it ends in NaN, or after 300 steps the network does no better than its best constant answer (by 5
 * points of accuracy, or of R^2). What dead units are feared for, and more than that: most of what fails has another
 * cause, and a change is worth what it does to this.
 *
 *     P = sigma(v . features)
 *
 * - Silent units pass on little (`silent`); a leak lets them learn all the same (`leak`).
 * - Steps too small to get anywhere in that time (`slow`), and signals that have faded where they arrive (`fading`).
 * - Steps beyond the spread of what they move (`fast`); a normalised layer takes them back.
 * - Inputs that look alike at the last layer can't be told apart (`alike`).
 * - Gradient descent that runs away (`overflow`); targets far from what the network first says (`distance`).
 * - Depth, and the narrowest layer, within what was measured; a skip leads around all of it.
 */
import { DESCENT_FAILS, SIGNED_FAILS } from "./fitted.ts";
import type { Propagation } from "./propagate.ts";
import { dot, logit, sigmoid } from "./sigmoid.ts";
import type { Steps } from "./step.ts";
import { clampedFall } from "./stepRule.ts";

export interface FailureFeatures {
  readonly one: number;
  readonly silent: number;
  readonly slow: number;
  readonly fast: number;
  readonly fading: number;
  readonly alike: number;
  readonly overflow: number;
  readonly distance: number;
  readonly depth: number;
  readonly width: number;
  readonly residual: number;
  readonly leak: number;
}

/** What depends on other estimates. */
interface Judged {
  /** Mean share of silent units after training. */
  readonly silent: number;
  readonly probabilityNaN: number;
  /** Mean over the layers of log10 of the step size. */
  readonly logStepSize: number;
}

/** Steps below are too small, in decades: of the step size where steps are signs, else of the fall of the loss. */
const SLOW_SIGNED = -1.2;
const SLOW_DESCENT = -1;
/** A step that moves pre-activations by ten times their spread undoes all there was, as a larger one does. Decades. */
const FAST = 1;
/** Mean square of the last activations, in decades, below which the signal counts as fading. */
const FADING = -2;
/** The largest depth and width that matter: the first was the deepest network measured, the second changed no more. */
const DEEPEST = 20;
const WIDEST = 64;

const within = (value: number, most: number): number => Math.max(0, Math.min(most, value));

export function failureFeatures(
  { model, layers, outputPower }: Propagation,
  steps: Steps,
  { silent, probabilityNaN, logStepSize }: Judged,
): FailureFeatures {
  const { hidden } = model;
  const last = layers[layers.length - 1]!;
  const narrowest = hidden.reduce((least, { units }) => Math.min(least, units), WIDEST);
  const share = (count: number): number => count / hidden.length;
  return {
    one: 1,
    silent,
    slow: within(steps.isSigned ? SLOW_SIGNED - logStepSize : SLOW_DESCENT - clampedFall(steps), 4),
    fast:
      within(logStepSize, FAST) * share(hidden.filter(({ normalisation }) => normalisation === null).length),
    fading: within(FADING - Math.log10(Math.max(outputPower, 1e-12)), 6),
    alike: -Math.log10(Math.max(1e-4, 1 - last.correlation)),
    overflow: steps.isSigned ? 0 : logit(probabilityNaN),
    distance: within(Math.log10(steps.pull), 9),
    depth: Math.log2(Math.min(hidden.length, DEEPEST)),
    width: Math.log2(narrowest),
    residual: share(hidden.filter(({ residual }) => residual).length),
    leak: share(layers.filter(({ unit }) => !unit.dies).length),
  };
}

export function probabilityFailure(isSigned: boolean, features: FailureFeatures): number {
  return sigmoid(dot(isSigned ? SIGNED_FAILS : DESCENT_FAILS, features));
}
