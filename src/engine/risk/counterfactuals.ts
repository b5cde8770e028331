import type { Counterfactual } from "../model.ts";
import { estimateOf } from "./estimate.ts";
import { propagate } from "./propagate.ts";
import type { RiskModel } from "./riskModel.ts";
import { changed, type WhatIf } from "./whatIf.ts";

const leaky = (slope: number): WhatIf => ({
  activation: { id: "leaky_relu", parameters: { negative_slope: slope } },
});

/** Single changes to a network, in the words that users read. */
const CHANGES = {
  "learning rate / 10": ({ learningRate }) => ({ learningRate: learningRate / 10 }),
  "He initialiser": () => ({ weights: { scheme: "he_normal" } }),
  "zero biases": () => ({ bias: null }),
  "BatchNorm before the activation": () => ({ normalisation: { kind: "batch", place: "before" } }),
  "LayerNorm before the activation": () => ({ normalisation: { kind: "layer", place: "before" } }),
  "standardised input": () => ({ inputScale: "standardised" }),
  "half the depth": () => ({ depth: 0.5 }),
  "twice the width": () => ({ width: 2 }),
  "gradients clipped at norm 1": () => ({ clipNorm: 1 }),
  "Leaky ReLU (slope 0.01)": () => leaky(0.01),
  "Leaky ReLU (slope 0.2)": () => leaky(0.2),
  ELU: () => ({ activation: { id: "elu", parameters: { alpha: 1 } } }),
} satisfies Readonly<Record<string, (model: RiskModel) => WhatIf>>;

export type Change = keyof typeof CHANGES;

export const isChange = (factor: string): factor is Change => Object.hasOwn(CHANGES, factor);

/** What the change of that name sets. */
export function settingsOf(model: RiskModel, change: Change): WhatIf {
  return CHANGES[change](model);
}

/**
 * Explanation by asking again: what each single change does to the expected dead share and to the chance that training
 * fails, the best for the latter first: of runs that failed or ended with many dead units, and were made again with one
 * change, that order was the better one. A unit that leaks is not dead when it is silent, so that by dead units a leak
 * would always come first; of another activation it is therefore the silent units that count.
 */
export function counterfactuals(model: RiskModel, propagation = propagate(model)): readonly Counterfactual[] {
  const base = propagation && estimateOf(propagation);
  if (!base) return [];
  const effects: (Counterfactual & { readonly failure: number })[] = [];
  for (const factor of Object.keys(CHANGES) as Change[]) {
    const settings = settingsOf(model, factor);
    // Most changes leave the first layers as they are, or the signal altogether.
    const other = propagate(changed(model, settings), propagation);
    const result = other && estimateOf(other);
    if (!result) continue;
    const share = settings.activation ? "silentAfterTraining" : "deadAfterTraining";
    effects.push({
      factor,
      effect: result[share] - base[share],
      failure: result.probabilityFailure - base.probabilityFailure,
    });
  }
  return effects.sort((a, b) => a.failure - b.failure || a.effect - b.effect);
}
