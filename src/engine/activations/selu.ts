import type { ElementwiseActivation } from "../model.ts";
import { open } from "./intervals.ts";

/** The constants for which zero mean and unit variance is a fixed point, as in the paper's appendix. */
const alpha = 1.6732632423543772;
const scale = 1.0507009873554805;

/** Scaled ELU. At 0 TensorFlow returns the right gradient, PyTorch, JAX and TensorFlow.js the left. */
export const selu: ElementwiseActivation = {
  shape: "elementwise",
  id: "selu",
  name: "SELU",
  parameters: [],
  tex: "\\lambda \\begin{cases} x & x > 0 \\\\ \\alpha (e^x - 1) & x \\le 0 \\end{cases} \\quad \\lambda \\approx 1.0507,\\ \\alpha \\approx 1.6733",
  meaning: "ELU scaled so that activations drift to mean 0 and variance 1; it needs LeCun normal weights.",
  names: {
    pytorch: {
      layers: ["torch.nn.SELU(inplace=False)"],
      functions: [
        "torch.nn.functional.selu(input, inplace=False)",
        "torch.selu(input)",
        "torch.nn.functional.selu_(input)",
        "torch.selu_(input)",
      ],
    },
    keras: { functions: ["keras.activations.selu(x)", "keras.ops.selu(x)"], strings: ["selu"] },
    tensorflow: { functions: ["tensorflow.nn.selu(features, name=None)"] },
    jax: { functions: ["jax.nn.selu(x)"], layers: ["jax.example_libraries.stax.Selu()"] },
    flax: { functions: ["flax.linen.selu(x)", "flax.nnx.selu(x)"] },
    tfjs: { functions: ["tf.selu(x)"], methods: ["selu()"], strings: ["selu"] },
    onnx: { strings: ["Selu"] },
    paddle: {
      layers: ["paddle.nn.SELU()"],
      functions: ["paddle.nn.functional.selu(x)", "paddle.fluid.layers.selu(x)"],
      strings: ["selu"],
    },
    mxnet: {
      layers: ["mxnet.gluon.nn.SELU()"],
      functions: [
        "mxnet.nd.LeakyReLU(data, gamma=None, act_type: 'selu')",
        "mxnet.npx.leaky_relu(data, gamma=None, act_type: 'selu')",
      ],
    },
    mmcv: { strings: ["SELU"] },
  },
  sources: [
    {
      title: "Klambauer et al. 2017, Self-Normalizing Neural Networks",
      url: "https://arxiv.org/abs/1706.02515",
    },
  ],
  // 1e308 alone times the scale stays below the largest number; beyond 1.7e308 the true value is out of range.
  f: (x) => (x > 0 ? scale * x : scale * alpha * Math.expm1(x)),
  gradient: (x) => (x > 0 ? scale : scale * alpha * Math.exp(x)),
  kinks: () => [
    { x: 0, left: scale * alpha, right: scale, used: scale * alpha, differs: { tensorflow: scale } },
  ],
  range: () => open(-scale * alpha, Infinity),
  monotonic: () => true,
  saturation: () => "left",
  zeroCentred: true,
  cost: "exponential",
  dies: () => false,
};
