/** 1 / (1 + exp(-x)), kept off 0 and 1. */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-Math.max(-30, Math.min(30, x))));
}

/** log(p / (1 - p)), of shares kept off 0 and 1: 300 units have no share between 0 and 0.003. */
export function logit(share: number): number {
  const p = Math.min(Math.max(share, 0.003), 0.997);
  return Math.log(p / (1 - p));
}

/** sum_i weights_i values_i over the names of `weights`. */
export function dot<Name extends string>(
  weights: Readonly<Record<Name, number>>,
  values: Readonly<Record<Name, number>>,
): number {
  let sum = 0;
  for (const name in weights) sum += weights[name] * values[name];
  return sum;
}
