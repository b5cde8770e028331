import type { ActivationParameter, ElementwiseActivation } from "../model.ts";
import { open } from "./intervals.ts";
import { numberOf } from "./parameters.ts";

const b: ActivationParameter = {
  name: "b",
  aliases: [],
  symbol: "b",
  default: 4,
  minimum: 0.1,
  maximum: 10,
  meaning: "Width of the bend: 4 comes near softplus, towards 0 it becomes ReLU. Above 0.",
};

/** (x + sqrt(x^2 + b)) / 2, by its conjugate for negative x, where the sum would cancel. */
function value(x: number, hypotenuse: number, width: number): number {
  if (x >= 0) return x / 2 + hypotenuse / 2;
  return width / 4 / (hypotenuse / 2 - x / 2);
}

/** Softplus by a square root instead of exponentials. */
export const squareplus: ElementwiseActivation = {
  shape: "elementwise",
  id: "squareplus",
  name: "Squareplus",
  parameters: [b],
  tex: "\\frac{x + \\sqrt{x^2 + b}}{2}",
  meaning:
    "A smooth ReLU like softplus, without exponentials; its gradient fades by a power, not exponentially.",
  names: {
    keras: {
      functions: ["keras.activations.squareplus(x, b=4)", "keras.ops.squareplus(x, b=4)"],
      strings: ["squareplus(b=4)"],
    },
    jax: { functions: ["jax.nn.squareplus(x, b=4)"] },
  },
  sources: [
    {
      title: "Barron 2021, Squareplus: A Softplus-Like Algebraic Rectifier",
      url: "https://arxiv.org/abs/2112.11687",
    },
  ],
  f(x, parameters) {
    const width = numberOf(b, parameters);
    return value(x, Math.hypot(x, Math.sqrt(width)), width);
  },
  gradient(x, parameters) {
    const width = numberOf(b, parameters);
    const hypotenuse = Math.hypot(x, Math.sqrt(width));
    return value(x, hypotenuse, width) / hypotenuse;
  },
  kinks: () => [],
  range: () => open(0, Infinity),
  monotonic: () => true,
  saturation: () => "left",
  zeroCentred: false,
  cost: "multiply",
  dies: () => false,
};
