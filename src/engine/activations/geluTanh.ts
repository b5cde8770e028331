import type { ElementwiseActivation } from "../model.ts";
import { closedOpen } from "./intervals.ts";
import { logistic, logisticSlope } from "./numerics.ts";

const scale = Math.sqrt(8 / Math.PI);
const cubic = 0.044715;

/** (1 + tanh u) / 2 is the logistic function of 2u: this is that 2u, which avoids 1 + tanh near -1. */
const inner = (x: number) => scale * (x + cubic * x * x * x);

/** GELU by way of tanh: within 0.0005 of the exact form, and what JAX computes by default. */
export const geluTanh: ElementwiseActivation = {
  shape: "elementwise",
  id: "gelu_tanh",
  name: "GELU (tanh form)",
  parameters: [],
  tex: "\\frac{x}{2} \\left(1 + \\tanh\\left(\\sqrt{\\tfrac{2}{\\pi}} \\, (x + 0.044715 x^3)\\right)\\right)",
  meaning: "GELU with the error function replaced by tanh: faster, and a little off the exact form.",
  names: {
    pytorch: {
      layers: ["torch.nn.GELU(approximate: 'tanh')"],
      functions: ["torch.nn.functional.gelu(input, approximate: 'tanh')"],
    },
    keras: {
      functions: ["keras.activations.gelu(x, approximate: True)", "keras.ops.gelu(x, approximate=True)"],
    },
    tensorflow: {
      functions: [
        "tensorflow.nn.gelu(features, approximate: True, name=None)",
        "tensorflow_addons.activations.gelu(x, approximate: True)",
      ],
    },
    jax: { functions: ["jax.nn.gelu(x, approximate=True)"] },
    flax: { functions: ["flax.linen.gelu(x, approximate=True)", "flax.nnx.gelu(x, approximate=True)"] },
    tfjs: { strings: ["gelu_new"] },
    onnx: { strings: ["Gelu(approximate: 'tanh')"] },
    paddle: {
      layers: ["paddle.nn.GELU(approximate: True, name=None)"],
      functions: ["paddle.nn.functional.gelu(x, approximate: True, name=None)"],
    },
  },
  sources: [
    {
      title: "Hendrycks and Gimpel 2016, Gaussian Error Linear Units",
      url: "https://arxiv.org/abs/1606.08415",
    },
  ],
  f: (x) => x * logistic(inner(x)),
  gradient(x) {
    const slope = logisticSlope(inner(x));
    // Far out x * x overflows; PyTorch returns NaN there, the limit is 0 or 1.
    return logistic(inner(x)) + (slope === 0 ? 0 : x * slope * scale * (1 + 3 * cubic * x * x));
  },
  kinks: () => [],
  // The minimum lies at x = -0.75246.
  range: () => closedOpen(-0.17004075057125406, Infinity),
  monotonic: () => false,
  saturation: () => "left",
  zeroCentred: false,
  cost: "several",
  dies: () => false,
};
