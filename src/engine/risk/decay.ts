/** How much of the signal and of its gradient is left on the way through a network at initialisation. */
import { activationById, defaultParameters } from "../activations/catalogue.ts";
import type { Layer, Network } from "../model.ts";
import { riskModel } from "./assess.ts";
import { chainsOf } from "./chains.ts";
import { overInputs } from "./gaussian.ts";
import { type HiddenLayer, weightsOf } from "./riskModel.ts";

export interface Decay {
  /** Factor of the gradient's size (root mean square) between the last hidden layer and the first; 1: all is left. */
  readonly factor: number;
  /** The hidden layers on the way, and the one that takes most of it away. */
  readonly layers: readonly Layer[];
  readonly worst: Layer;
}

/**
 * chi = N v E f'(z)^2 for each layer (Schoenholz et al. 2017, arXiv:1611.01232); a differing input shrinks by the same
 * factor on its way forward. Normalised layers keep the scale, those that lead to one by nothing but linear layers
 * too, and skip connections the signal: all count as 1. Null where a size is not known.
 */
export function decayOf(network: Network): Decay | null {
  const [way] = chainsOf(network.layers);
  const model = way && riskModel(network, way);
  if (!model || !way) return null;
  // The variance of the pre-activations, for activations whose slope depends on it: that of standardised inputs.
  let power = 1;
  let squared = 1;
  let worst: { readonly layer: Layer; readonly chi: number } | undefined;
  model.hidden.forEach((hidden, index) => {
    const layer = network.layers[way[index] ?? 0];
    const { mean, std } = weightsOf(hidden);
    const variance = hidden.fanIn * (std ** 2 + mean ** 2);
    const z = hidden.normalisation ? 1 : Math.sqrt(variance * power);
    const { slope, output } = meanSquares(hidden, z);
    power = output;
    if (hidden.normalisation || hidden.residual || !layer || isScaledBehind(model.hidden, index)) return;
    const chi = variance * slope;
    // The input's own layer passes the gradient to nobody.
    if (index === 0) return;
    squared *= chi;
    if (!worst || chi < worst.chi) worst = { layer, chi };
  });
  const layers = way.slice(0, -1).flatMap((place) => network.layers[place] ?? []);
  return worst ? { factor: Math.sqrt(squared), layers, worst: worst.layer } : null;
}

/** Whether only linear layers stand between this one and a normalisation, as in separable convolutions. */
function isScaledBehind(hidden: readonly HiddenLayer[], index: number): boolean {
  const next = hidden[index + 1];
  if (hidden[index]?.activation !== null || !next) return false;
  return next.normalisation?.place === "before" || isScaledBehind(hidden, index + 1);
}

/** E f'(z)^2 and E f(z)^2 of z ~ N(0, std^2). */
function meanSquares({ activation }: HiddenLayer, std: number): { slope: number; output: number } {
  const entry = activation && activationById(activation.id);
  if (entry?.shape !== "elementwise" || !activation) return { slope: 1, output: std ** 2 };
  const parameters = defaultParameters(entry, activation.parameters);
  const { nodes, weights } = overInputs();
  let slope = 0;
  let output = 0;
  nodes.forEach((node, index) => {
    const weight = weights[index] ?? 0;
    // A kink at 0 counts half on either side, as the only node that falls on it.
    const at = (z: number) => entry.gradient(z, parameters) ** 2;
    slope += weight * (node === 0 ? (at(1e-12 * std) + at(-1e-12 * std)) / 2 : at(node * std));
    output += weight * entry.f(node * std, parameters) ** 2;
  });
  return { slope, output };
}
