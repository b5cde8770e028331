import type { ActivationParameter, ElementwiseActivation } from "../model.ts";
import { open } from "./intervals.ts";
import { logistic } from "./numerics.ts";
import { numberOf } from "./parameters.ts";

const beta: ActivationParameter = {
  name: "beta",
  aliases: [],
  symbol: "\\beta",
  default: 1,
  minimum: 0.1,
  maximum: 5,
  meaning: "Sharpness of the bend: the larger, the nearer to ReLU. PyTorch alone has it.",
};

const threshold: ActivationParameter = {
  name: "threshold",
  aliases: [],
  symbol: "\\tau",
  default: Number.POSITIVE_INFINITY,
  minimum: 1,
  maximum: 40,
  meaning: "PyTorch only: where beta times x is above this (20), x itself is returned, 2e-9 off the formula.",
};

/** Smooth ReLU. Exact unless a threshold is given: only PyTorch switches to the identity. */
export const softplus: ElementwiseActivation = {
  shape: "elementwise",
  id: "softplus",
  name: "Softplus",
  parameters: [beta, threshold],
  tex: "\\frac{1}{\\beta} \\ln(1 + e^{\\beta x})",
  meaning: "A smooth ReLU, always positive: used for outputs such as variances and rates.",
  names: {
    pytorch: {
      layers: ["torch.nn.Softplus(beta=1.0, threshold=20.0)"],
      functions: ["torch.nn.functional.softplus(input, beta=1, threshold=20)"],
    },
    keras: {
      functions: ["keras.activations.softplus(x)", "keras.ops.softplus(x)", "keras.backend.softplus(x)"],
      strings: ["softplus"],
    },
    tensorflow: {
      functions: [
        "tensorflow.nn.softplus(features, name=None)",
        "tensorflow.math.softplus(features, name=None)",
      ],
    },
    jax: { functions: ["jax.nn.softplus(x)"], layers: ["jax.example_libraries.stax.Softplus()"] },
    flax: { functions: ["flax.linen.softplus(x)", "flax.nnx.softplus(x)"] },
    tfjs: { functions: ["tf.softplus(x)"], methods: ["softplus()"], strings: ["softplus"] },
    onnx: { strings: ["Softplus"] },
    paddle: {
      layers: ["paddle.nn.Softplus(beta=1, threshold=20, name=None)"],
      functions: [
        "paddle.nn.functional.softplus(x, beta=1, threshold=20, name=None)",
        "paddle.fluid.layers.softplus(x)",
      ],
      strings: ["softplus"],
    },
    mxnet: { strings: ["softrelu"] },
    mmcv: { strings: ["Softplus(beta=1.0, threshold=20.0)"] },
    caffe: { functions: ["caffe.layers.BNLL(bottom)"] },
  },
  sources: [
    { title: "Dugas et al. 2000, Incorporating Second-Order Functional Knowledge for Better Option Pricing" },
    {
      title: "PyTorch: Softplus",
      url: "https://docs.pytorch.org/docs/stable/generated/torch.nn.Softplus.html",
    },
  ],
  f(x, parameters) {
    const sharpness = numberOf(beta, parameters);
    const z = sharpness * x;
    if (z > numberOf(threshold, parameters)) return x;
    // The linear part is taken from x, not from z / beta: z may have overflowed.
    return (z > 0 ? x : 0) + Math.log1p(Math.exp(-Math.abs(z))) / sharpness;
  },
  gradient(x, parameters) {
    const z = numberOf(beta, parameters) * x;
    return z > numberOf(threshold, parameters) ? 1 : logistic(z);
  },
  kinks(parameters) {
    const from = numberOf(threshold, parameters);
    if (from === Number.POSITIVE_INFINITY) return [];
    const left = logistic(from);
    // Beyond about 37 the two pieces are one in double precision.
    return left === 1 ? [] : [{ x: from / numberOf(beta, parameters), left, right: 1, used: left }];
  },
  range: () => open(0, Infinity),
  // At the threshold f falls by the 2e-9 that the identity lacks: a rounding, not a change of direction.
  monotonic: () => true,
  saturation: () => "left",
  zeroCentred: false,
  cost: "several",
  dies: () => false,
};
