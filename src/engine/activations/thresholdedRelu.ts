import type { ActivationParameter, ElementwiseActivation } from "../model.ts";
import { closedOpen, open } from "./intervals.ts";
import { numberOf } from "./parameters.ts";

const theta: ActivationParameter = {
  name: "theta",
  aliases: ["alpha", "threshold"],
  symbol: "\\theta",
  default: 1,
  minimum: 0,
  maximum: 5,
  meaning: "Inputs above it pass, all others give 0.",
};

/** ReLU with a gap: f jumps from 0 to theta. Keras 3 has dropped the layer in favour of ReLU's threshold. */
export const thresholdedRelu: ElementwiseActivation = {
  shape: "elementwise",
  id: "thresholded_relu",
  name: "Thresholded ReLU",
  parameters: [theta],
  tex: "\\begin{cases} x & x > \\theta \\\\ 0 & x \\le \\theta \\end{cases}",
  meaning: "ReLU that also stops small positive inputs, so that units without a bias can still be silent.",
  names: {
    keras: { layers: ["keras.layers.ThresholdedReLU(theta=1.0)"] },
    tfjs: { layers: ["tf.layers.thresholdedReLU(theta=1.0)"] },
    onnx: { strings: ["ThresholdedRelu(alpha=1.0)"] },
    paddle: {
      layers: ["paddle.nn.ThresholdedReLU(threshold=1.0, name=None)"],
      functions: ["paddle.nn.functional.thresholded_relu(x, threshold=1.0, name=None)"],
    },
  },
  sources: [
    {
      title: "Konda, Memisevic and Krueger 2014, Zero-Bias Autoencoders",
      url: "https://arxiv.org/abs/1402.3337",
    },
  ],
  f: (x, parameters) => (x > numberOf(theta, parameters) ? x : 0),
  gradient: (x, parameters) => (x > numberOf(theta, parameters) ? 1 : 0),
  kinks: (parameters) => [{ x: numberOf(theta, parameters), left: 0, right: 1, used: 0 }],
  range(parameters) {
    const from = numberOf(theta, parameters);
    return from >= 0 ? closedOpen(0, Infinity) : open(from, Infinity);
  },
  monotonic: (parameters) => numberOf(theta, parameters) >= 0,
  saturation: () => "left",
  zeroCentred: false,
  cost: "compare",
  dies: () => true,
};
