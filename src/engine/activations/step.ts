import type { ActivationParameter, ElementwiseActivation } from "../model.ts";
import { closed, closedOpen, openClosed } from "./intervals.ts";
import { numberOf } from "./parameters.ts";

const alpha: ActivationParameter = {
  name: "alpha",
  aliases: [],
  symbol: "\\alpha",
  default: 0,
  minimum: 0,
  maximum: 1,
  meaning: "Slope for negative inputs.",
};

/** Unit step, as TensorFlow.js has it. Its backward pass returns 0 everywhere, whatever the slope. */
export const step: ElementwiseActivation = {
  shape: "elementwise",
  id: "step",
  name: "Step",
  parameters: [alpha],
  tex: "\\begin{cases} 1 & x > 0 \\\\ \\alpha x & x \\le 0 \\end{cases}",
  meaning: "Fires or not: the perceptron's activation, which no gradient passes.",
  names: { tfjs: { functions: ["tf.step(x, alpha=0.0)"], methods: ["step(alpha=0.0)"] } },
  sources: [{ title: "TensorFlow.js: tf.step", url: "https://js.tensorflow.org/api/latest/#step" }],
  f(x, parameters) {
    if (x > 0) return 1;
    const slope = numberOf(alpha, parameters);
    return slope === 0 ? 0 : slope * x;
  },
  gradient: (x, parameters) => (x < 0 ? numberOf(alpha, parameters) : 0),
  kinks: (parameters) => [{ x: 0, left: numberOf(alpha, parameters), right: 0, used: 0 }],
  range(parameters) {
    const slope = numberOf(alpha, parameters);
    if (slope === 0) return closed(0, 1);
    return slope > 0 ? openClosed(-Infinity, 1) : closedOpen(0, Infinity);
  },
  monotonic: (parameters) => numberOf(alpha, parameters) >= 0,
  saturation: (parameters) => (numberOf(alpha, parameters) === 0 ? "both" : "right"),
  zeroCentred: false,
  cost: "compare",
  dies: (parameters) => numberOf(alpha, parameters) === 0,
};
