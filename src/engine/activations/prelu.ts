import type { ActivationParameter, ElementwiseActivation } from "../model.ts";
import { closedOpen, reals } from "./intervals.ts";
import { numberOf } from "./parameters.ts";

const negativeSlope: ActivationParameter = {
  name: "negative_slope",
  aliases: ["init", "init_alpha", "negative_slope_init", "alpha_initializer", "alphaInitializer", "alpha"],
  symbol: "a",
  default: 0.25,
  minimum: 0,
  maximum: 1,
  meaning: "Slope for negative inputs before training; it is then learned. Keras starts at 0, as ReLU.",
};

/** Parametric ReLU. At 0 Keras returns 0, being relu(x) - a relu(-x) there, and Flax 1, since it tests x >= 0. */
export const prelu: ElementwiseActivation = {
  shape: "elementwise",
  id: "prelu",
  name: "PReLU",
  parameters: [negativeSlope],
  tex: "\\begin{cases} x & x > 0 \\\\ a x & x \\le 0 \\end{cases}",
  meaning:
    "Leaky ReLU whose slope for negative inputs is learned, one for the layer or one for each channel.",
  names: {
    pytorch: {
      layers: [
        "torch.nn.PReLU(num_parameters=1, init=0.25, device=None, dtype=None)",
        "torch.ao.nn.quantized.PReLU(output_scale, output_zero_point, num_parameters=1)",
      ],
      functions: ["torch.nn.functional.prelu(input, weight)", "torch.prelu(input, weight)"],
      methods: ["prelu(weight)"],
    },
    keras: {
      layers: [
        "keras.layers.PReLU(alpha_initializer='Zeros', alpha_regularizer=None, alpha_constraint=None, shared_axes=None)",
      ],
    },
    flax: {
      layers: [
        "flax.linen.PReLU(param_dtype=float32, negative_slope_init=0.01)",
        "flax.nnx.PReLU(negative_slope_init=0.01)",
      ],
    },
    tfjs: {
      layers: ["tf.layers.prelu(alphaInitializer='zeros')"],
      functions: ["tf.prelu(x, alpha)"],
      methods: ["prelu(alpha)"],
      strings: ["prelu"],
    },
    onnx: { strings: ["PRelu(slope)"] },
    paddle: {
      layers: ["paddle.nn.PReLU(num_parameters=1, init=0.25)"],
      functions: ["paddle.nn.functional.prelu(x, weight)"],
    },
    mxnet: {
      layers: ["mxnet.gluon.nn.PReLU(alpha_initializer=0.25)"],
      functions: [
        "mxnet.nd.LeakyReLU(data, gamma=None, act_type: 'prelu')",
        "mxnet.npx.leaky_relu(data, gamma=None, act_type: 'prelu')",
      ],
    },
    mmcv: { strings: ["PReLU(num_parameters=1, init=0.25)"] },
    caffe: { functions: ["caffe.layers.PReLU(bottom)"] },
    equinox: { layers: ["equinox.nn.PReLU(init_alpha=0.25)"] },
  },
  sources: [
    {
      title: "He et al. 2015, Delving Deep into Rectifiers",
      url: "https://arxiv.org/abs/1502.01852",
    },
  ],
  f: (x, parameters) => (x > 0 ? x : numberOf(negativeSlope, parameters) * x),
  gradient: (x, parameters) => (x > 0 ? 1 : numberOf(negativeSlope, parameters)),
  kinks(parameters) {
    const slope = numberOf(negativeSlope, parameters);
    return slope === 1 ? [] : [{ x: 0, left: slope, right: 1, used: slope, differs: { keras: 0, flax: 1 } }];
  },
  range: (parameters) => (numberOf(negativeSlope, parameters) > 0 ? reals : closedOpen(0, Infinity)),
  monotonic: (parameters) => numberOf(negativeSlope, parameters) >= 0,
  saturation: (parameters) => (numberOf(negativeSlope, parameters) === 0 ? "left" : "none"),
  zeroCentred: false,
  cost: "compare",
  // Even at slope 0 the slope itself has a gradient, which brings the unit back.
  dies: () => false,
};
