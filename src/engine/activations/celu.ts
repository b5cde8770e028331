import type { ActivationParameter, ElementwiseActivation } from "../model.ts";
import { open, reals } from "./intervals.ts";
import { numberOf } from "./parameters.ts";

const alpha: ActivationParameter = {
  name: "alpha",
  aliases: [],
  symbol: "\\alpha",
  default: 1,
  minimum: 0.1,
  maximum: 3,
  meaning: "The output approaches minus this for very negative inputs; not 0.",
};

/** Continuously differentiable ELU: the gradient at 0 is 1 from both sides for every alpha. */
export const celu: ElementwiseActivation = {
  shape: "elementwise",
  id: "celu",
  name: "CELU",
  parameters: [alpha],
  tex: "\\max(0, x) + \\min\\left(0, \\alpha (e^{x / \\alpha} - 1)\\right)",
  meaning: "ELU with its input scaled, so that the gradient is continuous for every depth.",
  names: {
    pytorch: {
      layers: ["torch.nn.CELU(alpha=1.0, inplace=False)"],
      functions: [
        "torch.nn.functional.celu(input, alpha=1.0, inplace=False)",
        "torch.celu(input, alpha=1.0)",
        "torch.nn.functional.celu_(input, alpha=1.0)",
        "torch.celu_(input, alpha=1.0)",
        "torch.ao.nn.quantized.functional.celu(input, scale, zero_point, alpha=1.0)",
      ],
    },
    keras: {
      functions: ["keras.activations.celu(x, alpha=1.0)", "keras.ops.celu(x, alpha=1.0)"],
      strings: ["celu(alpha=1.0)"],
    },
    jax: { functions: ["jax.nn.celu(x, alpha=1.0)"] },
    flax: { functions: ["flax.linen.celu(x, alpha=1.0)", "flax.nnx.celu(x, alpha=1.0)"] },
    onnx: { strings: ["Celu(alpha=1.0)"] },
    paddle: {
      layers: ["paddle.nn.CELU(alpha=1.0, name=None)"],
      functions: ["paddle.nn.functional.celu(x, alpha=1.0, name=None)"],
    },
    mmcv: { strings: ["CELU(alpha=1.0)"] },
  },
  sources: [
    {
      title: "Barron 2017, Continuously Differentiable Exponential Linear Units",
      url: "https://arxiv.org/abs/1704.07483",
    },
  ],
  f(x, parameters) {
    const depth = numberOf(alpha, parameters);
    return x > 0 ? x : depth * Math.expm1(x / depth);
  },
  gradient: (x, parameters) => (x > 0 ? 1 : Math.exp(x / numberOf(alpha, parameters))),
  kinks: () => [],
  range(parameters) {
    const depth = numberOf(alpha, parameters);
    return depth > 0 ? open(-depth, Infinity) : reals;
  },
  monotonic: () => true,
  saturation: (parameters) => (numberOf(alpha, parameters) > 0 ? "left" : "none"),
  zeroCentred: false,
  cost: "exponential",
  dies: () => false,
};
