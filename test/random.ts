import { random } from "../src/lab/random.ts";

/** Whole numbers below a limit, the same every time: a failure can be looked at again. */
export function randomNumbers(seed: number): (below: number) => number {
  const { uniform } = random(seed, "test");
  return (below) => Math.floor(uniform() * below);
}
