/**
 * The smooth building blocks that several activations share, each written so that it neither overflows nor loses
 * digits: exponentials are only taken of negative numbers, and differences of nearly equal numbers are avoided.
 */

/** 1 / (1 + e^-x). */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/** Derivative of the logistic function. Not s (1 - s), which loses every digit for large x. */
export function logisticSlope(x: number): number {
  const e = Math.exp(-Math.abs(x));
  return e / ((1 + e) * (1 + e));
}

/** ln(1 + e^x). */
export function logOnePlusExp(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** Derivative of tanh. Not 1 - tanh^2, which loses every digit for large |x|. */
export function tanhSlope(x: number): number {
  const e = Math.exp(-2 * Math.abs(x));
  return (4 * e) / ((1 + e) * (1 + e));
}

/** x times the logistic function of scale times x: SiLU and its relatives. */
export function selfGated(x: number, scale: number): number {
  return x * logistic(scale * x);
}

export function selfGatedSlope(x: number, scale: number): number {
  const z = scale * x;
  const slope = logisticSlope(z);
  // Far out the slope has underflowed to 0 while z may have overflowed: their product is 0, not NaN.
  return slope === 0 ? logistic(z) : logistic(z) + z * slope;
}

/** Least value of x times the logistic function of x, and where it is reached: -W(1/e) at -1 - W(1/e). */
export const selfGatedMinimum = -0.2784645427610738;
