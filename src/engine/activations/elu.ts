import type { ActivationParameter, ElementwiseActivation } from "../model.ts";
import { closedOpen, open } from "./intervals.ts";
import { numberOf } from "./parameters.ts";

const alpha: ActivationParameter = {
  name: "alpha",
  aliases: ["slope"],
  symbol: "\\alpha",
  default: 1,
  minimum: 0,
  maximum: 3,
  meaning: "The output approaches minus this for very negative inputs; 1 makes the gradient continuous.",
};

/** Exponential linear unit. */
export const elu: ElementwiseActivation = {
  shape: "elementwise",
  id: "elu",
  name: "ELU",
  parameters: [alpha],
  tex: "\\begin{cases} x & x > 0 \\\\ \\alpha (e^x - 1) & x \\le 0 \\end{cases}",
  meaning: "Smooth for negative inputs and with negative outputs, which pull the mean of a layer towards 0.",
  names: {
    pytorch: {
      layers: [
        "torch.nn.ELU(alpha=1.0, inplace=False)",
        "torch.ao.nn.quantized.ELU(scale, zero_point, alpha=1.0)",
      ],
      functions: [
        "torch.nn.functional.elu(input, alpha=1.0, inplace=False)",
        "torch.nn.functional.elu_(input, alpha=1.0)",
        "torch.ao.nn.quantized.functional.elu(input, scale, zero_point, alpha=1.0)",
      ],
    },
    keras: {
      layers: ["keras.layers.ELU(alpha=1.0)"],
      functions: [
        "keras.activations.elu(x, alpha=1.0)",
        "keras.ops.elu(x, alpha=1.0)",
        "keras.backend.elu(x, alpha=1.0)",
      ],
      strings: ["elu(alpha=1.0)"],
    },
    tensorflow: { functions: ["tensorflow.nn.elu(features, name=None)"] },
    jax: { functions: ["jax.nn.elu(x, alpha=1.0)"], layers: ["jax.example_libraries.stax.Elu()"] },
    flax: { functions: ["flax.linen.elu(x, alpha=1.0)", "flax.nnx.elu(x, alpha=1.0)"] },
    tfjs: {
      layers: ["tf.layers.elu(alpha=1.0)"],
      functions: ["tf.elu(x)"],
      methods: ["elu()"],
      strings: ["elu(alpha=1.0)"],
    },
    onnx: { strings: ["Elu(alpha=1.0)"] },
    paddle: {
      layers: ["paddle.nn.ELU(alpha=1.0, name=None)"],
      functions: [
        "paddle.nn.functional.elu(x, alpha=1.0, name=None)",
        "paddle.nn.functional.elu_(x, alpha=1.0, name=None)",
        "paddle.fluid.layers.elu(x, alpha=1.0, name=None)",
      ],
      strings: ["elu"],
    },
    mxnet: {
      layers: ["mxnet.gluon.nn.ELU(alpha=1.0)"],
      functions: [
        "mxnet.nd.LeakyReLU(data, gamma=None, act_type: 'elu', slope=0.25)",
        "mxnet.npx.leaky_relu(data, gamma=None, act_type: 'elu', slope=0.25)",
      ],
    },
    mmcv: { strings: ["ELU(alpha=1.0, inplace=False)"] },
    caffe: { functions: ["caffe.layers.ELU(bottom, alpha=1.0)"] },
  },
  sources: [
    {
      title: "Clevert, Unterthiner and Hochreiter 2015, Fast and Accurate Deep Network Learning by ELUs",
      url: "https://arxiv.org/abs/1511.07289",
    },
  ],
  f: (x, parameters) => (x > 0 ? x : numberOf(alpha, parameters) * Math.expm1(x)),
  gradient: (x, parameters) => (x > 0 ? 1 : numberOf(alpha, parameters) * Math.exp(x)),
  kinks(parameters) {
    const left = numberOf(alpha, parameters);
    return left === 1 ? [] : [{ x: 0, left, right: 1, used: left }];
  },
  range(parameters) {
    const depth = numberOf(alpha, parameters);
    return depth > 0 ? open(-depth, Infinity) : closedOpen(0, Infinity);
  },
  monotonic: (parameters) => numberOf(alpha, parameters) >= 0,
  saturation: () => "left",
  zeroCentred: false,
  cost: "exponential",
  dies: (parameters) => numberOf(alpha, parameters) === 0,
};
