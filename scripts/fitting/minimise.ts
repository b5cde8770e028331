/** A function's value, and its gradient written to `gradient`. */
export type Objective = (at: readonly number[], gradient: number[]) => number;

/** Quasi-Newton (BFGS: Nocedal and Wright 2006, section 6.1) with halved steps, for a handful of smooth parameters. */
export function minimise(
  objective: Objective,
  start: readonly number[],
  iterations = 200,
): readonly number[] {
  const size = start.length;
  let x = [...start];
  let gradient = new Array<number>(size).fill(0);
  let value = objective(x, gradient);
  let inverse = identity(size);
  for (let k = 0; k < iterations; k++) {
    let direction = inverse.map((row) => -inner(row, gradient));
    if (inner(direction, gradient) >= 0) {
      inverse = identity(size);
      direction = gradient.map((g) => -g);
    }
    const slope = inner(direction, gradient);
    if (slope > -1e-14) break;
    let step = 1;
    const next = new Array<number>(size).fill(0);
    let candidate = x;
    let reached = Number.POSITIVE_INFINITY;
    for (; step > 1e-8; step /= 2) {
      candidate = x.map((xi, i) => xi + step * direction[i]!);
      reached = objective(candidate, next);
      if (reached <= value + 1e-4 * step * slope) break;
    }
    if (!(reached < value)) break;
    const s = direction.map((d) => step * d);
    const y = next.map((g, i) => g - gradient[i]!);
    inverse = updated(inverse, s, y);
    const isDone = value - reached < 1e-10;
    x = candidate;
    value = reached;
    gradient = [...next];
    if (isDone) break;
  }
  return x;
}

const inner = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

const identity = (size: number): number[][] =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)));

/** (I - s y'/y's) H (I - y s'/y's) + s s'/y's; unchanged where the curvature is not positive. */
function updated(inverse: number[][], s: readonly number[], y: readonly number[]): number[][] {
  const curvature = inner(s, y);
  if (curvature < 1e-14) return inverse;
  const hy = inverse.map((row) => inner(row, y));
  const scale = (1 + inner(y, hy) / curvature) / curvature;
  return inverse.map((row, i) =>
    row.map((h, j) => h + scale * s[i]! * s[j]! - (hy[i]! * s[j]! + s[i]! * hy[j]!) / curvature),
  );
}
