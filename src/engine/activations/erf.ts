/**
 * Error function, its complement and the normal distribution, to about 1e-15 relative.
 *
 * W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of Computation 23 (1969)
 * 631-637, with the coefficients of his program CALERF in SPECFUN (https://www.netlib.org/specfun/erf).
 */

const smallTop = [
  0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694,
];
const smallBottom = [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171];
const middleTop = [
  2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001,
  881.952221241769, 1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
];
const middleBottom = [
  1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
];
const largeTop = [
  0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275,
  0.0006587491615298378,
];
const largeBottom = [
  1, 2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918,
];
const inverseSqrtPi = 0.5641895835477563;
const smallLimit = 0.46875;

/** Horner's rule, highest power first. Estimates of the risk spend their time here: no iterator. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = 0; i < coefficients.length; i++) sum = sum * x + coefficients[i]!;
  return sum;
}

function ratio(top: readonly number[], bottom: readonly number[], x: number): number {
  return polynomial(top, x) / polynomial(bottom, x);
}

/** e^(-x^2 / scale): x is split so that the square of its leading part is exact, else the tails lose digits. */
function gaussian(x: number, scale: number): number {
  // e^-1500 is 0 already, and beyond, x * x would overflow.
  if (Math.abs(x) > 55) return 0;
  // Rounding an exponent of 8 costs 1e-15.
  if (x * x < 8 * scale) return Math.exp((-x * x) / scale);
  const leading = Math.trunc(x * 16) / 16;
  return Math.exp((-leading * leading) / scale) * Math.exp((-(x - leading) * (x + leading)) / scale);
}

/** e^(x^2) erfc(x) for x > 0.46875: falls like 1 / x, so it never underflows. */
function scaledErfc(x: number): number {
  if (x <= 4) return ratio(middleTop, middleBottom, x);
  const z = 1 / (x * x);
  return (inverseSqrtPi - z * ratio(largeTop, largeBottom, z)) / x;
}

/** 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size <= smallLimit) return x * ratio(smallTop, smallBottom, x * x);
  // Beyond 6, 1 - erf is below half a unit in the last place.
  return size > 6 ? Math.sign(x) : Math.sign(x) * (1 - gaussian(size, 1) * scaledErfc(size));
}

/** 1 - erf(x), with its full precision in the upper tail. */
export function erfc(x: number): number {
  if (Math.abs(x) <= smallLimit) return 1 - erf(x);
  return x > 0 ? gaussian(x, 1) * scaledErfc(x) : 2 - gaussian(x, 1) * scaledErfc(-x);
}

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return (gaussian(x, 2) * inverseSqrtPi) / Math.SQRT2;
}

/**
 * P(Z <= x) for a standard normal Z. Not by erfc(-x / sqrt 2): the rounding of that quotient, squared and taken to
 * the exponent, would cost two digits in the lower tail. Who has the density already gives it.
 */
export function normalCumulative(x: number, density?: number): number {
  const size = Math.abs(x) * Math.SQRT1_2;
  if (size <= smallLimit) return 0.5 + 0.5 * x * Math.SQRT1_2 * ratio(smallTop, smallBottom, size * size);
  const tail =
    (density === undefined ? 0.5 * gaussian(x, 2) : (density * Math.SQRT1_2) / inverseSqrtPi) *
    scaledErfc(size);
  return x > 0 ? 1 - tail : tail;
}
