import type { ActivationParameter, ElementwiseActivation } from "../model.ts";
import { closedOpen, reals } from "./intervals.ts";
import { numberOf } from "./parameters.ts";

const negativeSlope: ActivationParameter = {
  name: "negative_slope",
  aliases: ["alpha", "slope", "leakyreluAlpha"],
  symbol: "\\alpha",
  default: 0.01,
  minimum: 0,
  maximum: 1,
  meaning: "Slope for negative inputs; frameworks disagree on its default, so write it out.",
};

/** Leaky ReLU. At 0 JAX and Flax return 1, since they test x >= 0; the others test x > 0. */
export const leakyRelu: ElementwiseActivation = {
  shape: "elementwise",
  id: "leaky_relu",
  name: "Leaky ReLU",
  parameters: [negativeSlope],
  tex: "\\begin{cases} x & x > 0 \\\\ \\alpha x & x \\le 0 \\end{cases}",
  meaning: "ReLU that lets a little through for negative inputs, so that every unit keeps a gradient.",
  names: {
    pytorch: {
      layers: [
        "torch.nn.LeakyReLU(negative_slope=0.01, inplace=False)",
        "torch.ao.nn.quantized.LeakyReLU(scale, zero_point, negative_slope=0.01, inplace=False)",
      ],
      functions: [
        "torch.nn.functional.leaky_relu(input, negative_slope=0.01, inplace=False)",
        "torch.nn.functional.leaky_relu_(input, negative_slope=0.01)",
        "torch.ao.nn.quantized.functional.leaky_relu(input, negative_slope=0.01, inplace=False, scale=None, zero_point=None)",
      ],
    },
    keras: {
      layers: ["keras.layers.LeakyReLU(negative_slope=0.3)"],
      functions: [
        "keras.activations.leaky_relu(x, negative_slope=0.2)",
        "keras.ops.leaky_relu(x, negative_slope=0.2)",
      ],
      strings: ["leaky_relu(negative_slope=0.2)"],
    },
    tensorflow: { functions: ["tensorflow.nn.leaky_relu(features, alpha=0.2, name=None)"] },
    jax: {
      functions: ["jax.nn.leaky_relu(x, negative_slope=0.01)"],
      layers: ["jax.example_libraries.stax.LeakyRelu()"],
    },
    flax: {
      functions: [
        "flax.linen.leaky_relu(x, negative_slope=0.01)",
        "flax.nnx.leaky_relu(x, negative_slope=0.01)",
      ],
    },
    tfjs: {
      layers: ["tf.layers.leakyReLU(alpha=0.3)"],
      functions: ["tf.leakyRelu(x, alpha=0.2)"],
      methods: ["leakyRelu(alpha=0.2)"],
      // Only the fused operations know a name for it; layers don't.
      strings: ["leakyrelu(leakyreluAlpha=0.2)"],
    },
    onnx: { strings: ["LeakyRelu(alpha=0.01)"] },
    paddle: {
      layers: ["paddle.nn.LeakyReLU(negative_slope=0.01, name=None)"],
      functions: [
        "paddle.nn.functional.leaky_relu(x, negative_slope=0.01, name=None)",
        "paddle.nn.functional.leaky_relu_(x, negative_slope=0.01, name=None)",
        "paddle.fluid.layers.leaky_relu(x, alpha=0.02, name=None)",
      ],
      strings: ["leaky_relu(alpha=0.02)"],
    },
    mxnet: {
      layers: ["mxnet.gluon.nn.LeakyReLU(alpha)"],
      functions: [
        "mxnet.nd.LeakyReLU(data, gamma=None, act_type='leaky', slope=0.25)",
        "mxnet.npx.leaky_relu(data, gamma=None, act_type='leaky', slope=0.25)",
      ],
    },
    mmcv: { strings: ["LeakyReLU(negative_slope=0.01, inplace=False)"] },
  },
  sources: [
    {
      title: "Maas, Hannun and Ng 2013, Rectifier Nonlinearities Improve Neural Network Acoustic Models",
      url: "https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf",
    },
    {
      title: "Xu et al. 2015, Empirical Evaluation of Rectified Activations in Convolutional Network",
      url: "https://arxiv.org/abs/1505.00853",
    },
  ],
  f: (x, parameters) => (x > 0 ? x : numberOf(negativeSlope, parameters) * x),
  gradient: (x, parameters) => (x > 0 ? 1 : numberOf(negativeSlope, parameters)),
  kinks(parameters) {
    const slope = numberOf(negativeSlope, parameters);
    return slope === 1 ? [] : [{ x: 0, left: slope, right: 1, used: slope, differs: { jax: 1, flax: 1 } }];
  },
  range: (parameters) => (numberOf(negativeSlope, parameters) > 0 ? reals : closedOpen(0, Infinity)),
  monotonic: (parameters) => numberOf(negativeSlope, parameters) >= 0,
  saturation: (parameters) => (numberOf(negativeSlope, parameters) === 0 ? "left" : "none"),
  zeroCentred: false,
  cost: "compare",
  dies: (parameters) => numberOf(negativeSlope, parameters) === 0,
};
