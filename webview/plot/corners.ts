import type { Spot } from "./scene.ts";

/**
 * Without the points that lie on the line from the last one that stays to the next, to rounding: of ReLU's 400 three are
 * left. Two points at one place, as samples and kinks make them, count as one.
 */
export function corners(points: readonly Spot[]): readonly Spot[] {
  const kept: Spot[] = [];
  points.forEach((point, index) => {
    const [before, after] = [kept.at(-1), points[index + 1]];
    if (!before || !after || !isBetween(before, point, after)) kept.push(point);
  });
  return kept;
}

function isBetween(before: Spot, [x, y]: Spot, after: Spot): boolean {
  if (x === after[0] && y === after[1]) return true;
  if (after[0] === before[0]) return false;
  const straight = before[1] + ((after[1] - before[1]) * (x - before[0])) / (after[0] - before[0]);
  return Math.abs(y - straight) <= 1e-12 * Math.max(Math.abs(y), Math.abs(before[1]), Math.abs(after[1]));
}
