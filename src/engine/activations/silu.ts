import type { ActivationParameter, ElementwiseActivation } from "../model.ts";
import { closedOpen, openClosed, reals } from "./intervals.ts";
import { selfGated, selfGatedMinimum, selfGatedSlope } from "./numerics.ts";
import { numberOf } from "./parameters.ts";

const beta: ActivationParameter = {
  name: "beta",
  aliases: ["alpha"],
  symbol: "\\beta",
  default: 1,
  minimum: 0.1,
  maximum: 5,
  meaning: "How sharply the gate opens: near 0 half the identity, large nearly ReLU.",
};

/** Sigmoid linear unit, also Swish. A negative beta mirrors it, which no framework forbids. */
export const silu: ElementwiseActivation = {
  shape: "elementwise",
  id: "silu",
  name: "SiLU (Swish)",
  parameters: [beta],
  tex: "x \\, \\sigma(\\beta x)",
  meaning: "Its input gated by its own sigmoid: smooth like GELU, with a small dip below 0.",
  names: {
    pytorch: {
      layers: ["torch.nn.SiLU(inplace=False)", "fastai.Swish()", "fastai.SwishJit()"],
      functions: ["torch.nn.functional.silu(input, inplace=False)"],
    },
    keras: {
      functions: [
        "keras.activations.silu(x)",
        "keras.activations.swish(x)",
        "keras.ops.silu(x)",
        "keras.ops.swish(x)",
      ],
      strings: ["silu", "swish"],
    },
    tensorflow: {
      functions: ["tensorflow.nn.silu(features, beta=1.0)", "tensorflow.nn.swish(features, beta=1.0)"],
    },
    jax: { functions: ["jax.nn.silu(x)", "jax.nn.swish(x)"] },
    flax: {
      functions: ["flax.linen.silu(x)", "flax.linen.swish(x)", "flax.nnx.silu(x)", "flax.nnx.swish(x)"],
    },
    tfjs: { strings: ["swish"] },
    onnx: { strings: ["Swish(alpha=1.0)"] },
    paddle: {
      layers: ["paddle.nn.Silu(name=None)", "paddle.nn.Swish(name=None)"],
      functions: [
        "paddle.nn.functional.silu(x, name=None)",
        "paddle.nn.functional.swish(x, name=None)",
        "paddle.fluid.layers.swish(x)",
      ],
      strings: ["swish", "silu"],
    },
    mxnet: { layers: ["mxnet.gluon.nn.SiLU()", "mxnet.gluon.nn.Swish(beta=1.0)"] },
    mmcv: { strings: ["SiLU(inplace=False)", "Swish"], layers: ["mmcv.cnn.Swish()"] },
    caffe: { functions: ["caffe.layers.Swish(bottom, beta=1.0)"] },
  },
  sources: [
    {
      title: "Elfwing, Uchibe and Doya 2017, Sigmoid-Weighted Linear Units",
      url: "https://arxiv.org/abs/1702.03118",
    },
    {
      title: "Ramachandran, Zoph and Le 2017, Searching for Activation Functions",
      url: "https://arxiv.org/abs/1710.05941",
    },
  ],
  f: (x, parameters) => selfGated(x, numberOf(beta, parameters)),
  gradient: (x, parameters) => selfGatedSlope(x, numberOf(beta, parameters)),
  kinks: () => [],
  range(parameters) {
    const sharpness = numberOf(beta, parameters);
    if (sharpness === 0) return reals;
    const extreme = selfGatedMinimum / sharpness;
    return sharpness > 0 ? closedOpen(extreme, Infinity) : openClosed(-Infinity, extreme);
  },
  monotonic: (parameters) => numberOf(beta, parameters) === 0,
  saturation(parameters) {
    const sharpness = numberOf(beta, parameters);
    return sharpness === 0 ? "none" : sharpness > 0 ? "left" : "right";
  },
  zeroCentred: false,
  cost: "exponential",
  dies: () => false,
};
