/**
 * P(training ends in NaN). Steps that are signs are bounded, so that it is rare with Adam and RMSprop: one share for
 * all. Gradient descent runs away when a step promises to lower the loss by far more than there is:
 *
 *     P = sigma(v . features)     fall = log10(lr |g|^2)
 *
 * Larger outputs at initialisation bring a loss that may well fall that far (`spread`); each layer is one more factor
 * in the gradient (`depth`); batch norm rescales what runs away; a unit that dies no longer feeds it (`leak`).
 */
import { DESCENT_OVERFLOWS, SIGNED_OVERFLOW } from "./fitted.ts";
import type { RiskModel } from "./riskModel.ts";
import { dot, sigmoid } from "./sigmoid.ts";
import type { Steps } from "./step.ts";
import { clampedFall } from "./stepRule.ts";

export interface OverflowFeatures {
  readonly one: number;
  readonly fall: number;
  readonly spread: number;
  readonly depth: number;
  readonly batchNorm: number;
  readonly leak: number;
}

/** `dying`: share of the hidden layers whose units can die. */
export function overflowFeatures(model: RiskModel, steps: Steps, dying: number): OverflowFeatures {
  const normed = model.hidden.filter(({ normalisation }) => normalisation?.kind === "batch").length;
  return {
    one: 1,
    fall: clampedFall(steps),
    spread: Math.log10(Math.max(1e-2, Math.min(1e6, steps.outputStd))),
    depth: Math.log2(model.hidden.length),
    batchNorm: normed / model.hidden.length,
    leak: 1 - dying,
  };
}

export function probabilityNaN(model: RiskModel, steps: Steps, dying: number): number {
  return steps.isSigned
    ? SIGNED_OVERFLOW
    : sigmoid(dot(DESCENT_OVERFLOWS, overflowFeatures(model, steps, dying)));
}
