import type { Initialiser } from "../model.ts";

/** Mean and standard deviation of one weight or bias. */
export interface Moments {
  readonly mean: number;
  readonly std: number;
}

const centred = (std: number): Moments => ({ mean: 0, std });

/**
 * One weight of a layer. `fanIn` and `fanOut` include the kernel's area. A missing gain is that of the scheme as the
 * frameworks define it: sqrt 2 for He (2015), 1 for Glorot (2010), LeCun (1998) and orthogonal (Saxe 2013).
 */
export function weightMoments(initialiser: Initialiser, fanIn: number, fanOut: number): Moments {
  const { scheme, gain } = initialiser;
  const fan = initialiser.fan === "out" ? fanOut : fanIn;
  switch (scheme) {
    case "torch_default":
      return centred(1 / Math.sqrt(3 * fanIn));
    case "he_normal":
    case "he_uniform":
      return centred((gain ?? Math.SQRT2) / Math.sqrt(fan));
    case "glorot_normal":
    case "glorot_uniform":
      return centred((gain ?? 1) * Math.sqrt(2 / (fanIn + fanOut)));
    case "lecun_normal":
    case "lecun_uniform":
      return centred((gain ?? 1) / Math.sqrt(fan));
    case "orthogonal":
      return centred((gain ?? 1) / Math.sqrt(Math.max(fanIn, fanOut)));
    case "normal":
    case "uniform":
      return { mean: initialiser.mean ?? 0, std: initialiser.std ?? 0 };
    case "constant":
      return { mean: initialiser.mean ?? 0, std: 0 };
  }
}

/**
 * One bias of a layer; no bias is a bias of 0. PyTorch's default uses the fan-in of the layer's weights; a fan-based
 * scheme on a vector of n biases counts n as both of its fans (Keras `compute_fans`).
 */
export function biasMoments(initialiser: Initialiser | null, fanIn: number, units: number): Moments {
  if (initialiser === null) return centred(0);
  if (initialiser.fans === "weights") return weightMoments(initialiser, fanIn, units);
  const fan = initialiser.scheme === "torch_default" ? fanIn : units;
  return weightMoments(initialiser, fan, fan);
}
