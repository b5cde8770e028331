import type { ActivationParameter, ElementwiseActivation, ParameterValues } from "../model.ts";
import { closed, closedOpen, open, openClosed, reals } from "./intervals.ts";
import { numberOf } from "./parameters.ts";

const negativeSlope: ActivationParameter = {
  name: "negative_slope",
  aliases: ["alpha"],
  symbol: "\\alpha",
  default: 0,
  minimum: 0,
  maximum: 1,
  meaning: "Keras only: slope below the threshold.",
};

const maxValue: ActivationParameter = {
  name: "max_value",
  aliases: ["maxValue"],
  symbol: "M",
  default: Number.POSITIVE_INFINITY,
  minimum: 0,
  maximum: 10,
  meaning: "Keras and TensorFlow.js only: largest output; none unless given.",
};

const threshold: ActivationParameter = {
  name: "threshold",
  aliases: [],
  symbol: "\\theta",
  default: 0,
  minimum: 0,
  maximum: 5,
  meaning: "Keras only: inputs up to here count as negative.",
};

/** The three numbers of `keras.layers.ReLU`; every other framework has their defaults built in. */
function read(parameters: ParameterValues): { slope: number; most: number; from: number } {
  return {
    slope: numberOf(negativeSlope, parameters),
    most: numberOf(maxValue, parameters),
    from: numberOf(threshold, parameters),
  };
}

/** At the threshold: Keras makes a plain slope by Leaky ReLU, but all else of two ReLUs, both with gradient 0. */
function usedBelow(slope: number, most: number, from: number): number {
  return from === 0 && most === Number.POSITIVE_INFINITY ? slope : 0;
}

/**
 * Rectified linear unit. With Keras's arguments: the input above the threshold (cut to 0..M where M is given), and
 * below it the slope times the distance from the threshold, so that a threshold other than 0 makes f jump.
 */
export const relu: ElementwiseActivation = {
  shape: "elementwise",
  id: "relu",
  name: "ReLU",
  parameters: [negativeSlope, maxValue, threshold],
  tex: "\\max(0, x)",
  meaning:
    "Passes positive inputs and stops negative ones: cheap and sparse, but a unit whose inputs are all negative gets no gradient.",
  names: {
    pytorch: {
      layers: [
        "torch.nn.ReLU(inplace=False)",
        "torch.ao.nn.intrinsic.ConvReLU1d()",
        "torch.ao.nn.intrinsic.ConvReLU2d()",
        "torch.ao.nn.intrinsic.ConvReLU3d()",
        "torch.ao.nn.intrinsic.LinearReLU()",
        "torch.ao.nn.intrinsic.BNReLU2d()",
        "torch.ao.nn.intrinsic.BNReLU3d()",
        "torch.ao.nn.intrinsic.ConvBnReLU1d()",
        "torch.ao.nn.intrinsic.ConvBnReLU2d()",
        "torch.ao.nn.intrinsic.ConvBnReLU3d()",
      ],
      functions: [
        "torch.nn.functional.relu(input, inplace=False)",
        "torch.relu(input)",
        "torch.nn.functional.relu_(input)",
        "torch.relu_(input)",
      ],
      methods: ["relu()", "relu_()"],
      strings: ["relu"],
    },
    keras: {
      layers: ["keras.layers.ReLU(max_value=None, negative_slope=0.0, threshold=0.0)"],
      functions: [
        "keras.activations.relu(x, negative_slope=0.0, max_value=None, threshold=0.0)",
        "keras.ops.relu(x)",
        "keras.backend.relu(x, alpha=0.0, max_value=None, threshold=0.0)",
      ],
      strings: ["relu"],
    },
    tensorflow: { functions: ["tensorflow.nn.relu(features, name=None)"] },
    jax: { functions: ["jax.nn.relu(x)"], layers: ["jax.example_libraries.stax.Relu()"] },
    flax: { functions: ["flax.linen.relu(x)", "flax.nnx.relu(x)"] },
    tfjs: {
      layers: ["tf.layers.reLU(maxValue)"],
      functions: ["tf.relu(x)"],
      methods: ["relu()"],
      strings: ["relu"],
    },
    onnx: { strings: ["Relu"] },
    paddle: {
      layers: ["paddle.nn.ReLU(name=None)"],
      functions: [
        "paddle.nn.functional.relu(x, name=None)",
        "paddle.nn.functional.relu_(x, name=None)",
        "paddle.fluid.layers.relu(x, name=None)",
      ],
      strings: ["relu"],
    },
    mxnet: {
      functions: ["mxnet.nd.relu(data)", "mxnet.npx.relu(data)"],
      strings: ["relu"],
      methods: ["relu()"],
    },
    sklearn: { strings: ["relu"] },
    mmcv: { strings: ["ReLU(inplace=False)"] },
    caffe: { functions: ["caffe.layers.ReLU(bottom, negative_slope=0.0)"] },
  },
  sources: [
    {
      title: "Glorot, Bordes and Bengio 2011, Deep Sparse Rectifier Neural Networks",
      url: "https://proceedings.mlr.press/v15/glorot11a.html",
    },
    { title: "Nair and Hinton 2010, Rectified Linear Units Improve Restricted Boltzmann Machines" },
    { title: "Keras: ReLU layer", url: "https://keras.io/api/layers/activation_layers/relu/" },
  ],
  f(x, parameters) {
    const { slope, most, from } = read(parameters);
    if (x <= from) return slope === 0 ? 0 : slope * (x - from);
    // Keras clips at 0 as well, but only when a largest output is given.
    return most === Number.POSITIVE_INFINITY ? x : Math.min(Math.max(x, 0), most);
  },
  gradient(x, parameters) {
    const { slope, most, from } = read(parameters);
    if (x === from) return usedBelow(slope, most, from);
    if (x < from) return slope;
    // Exactly at M the clipping passes the gradient on; with M = 6 Keras takes the kernel of ReLU6, which doesn't.
    if (x === most) return most === 6 && from === 0 ? 0 : 1;
    return x > most || (most < Number.POSITIVE_INFINITY && x < 0) ? 0 : 1;
  },
  kinks(parameters) {
    const { slope, most, from } = read(parameters);
    const isClipped = most < Number.POSITIVE_INFINITY;
    // With a threshold below 0 clipping takes over up to 0, and there it passes the gradient on.
    const isCut = isClipped && from < 0;
    const right = isCut || most <= from ? 0 : 1;
    const lower = { x: from, left: slope, right, used: usedBelow(slope, most, from) };
    const upper = { x: most, left: 1, right: 0, used: most === 6 && from === 0 ? 0 : 1 };
    return [
      ...(isCut && slope === 0 ? [] : [lower]),
      ...(isCut ? [{ x: 0, left: 0, right: 1, used: 1 }] : []),
      ...(isClipped && most > from ? [upper] : []),
    ];
  },
  range(parameters) {
    const { slope, most, from } = read(parameters);
    if (slope > 0) return most === Number.POSITIVE_INFINITY ? reals : openClosed(-Infinity, most);
    if (slope === 0 && most < Number.POSITIVE_INFINITY) return closed(0, most);
    // A threshold below 0, which Keras's layer refuses but its function takes, lets some negative inputs pass.
    return from < 0 ? open(from, Infinity) : closedOpen(0, Infinity);
  },
  monotonic(parameters) {
    const { slope, most, from } = read(parameters);
    return slope >= 0 && (from >= 0 || most < Number.POSITIVE_INFINITY);
  },
  saturation(parameters) {
    const { slope, most } = read(parameters);
    if (most === Number.POSITIVE_INFINITY) return slope === 0 ? "left" : "none";
    return slope === 0 ? "both" : "right";
  },
  zeroCentred: false,
  cost: "compare",
  dies: (parameters) => numberOf(negativeSlope, parameters) === 0,
};
