import type { ElementwiseActivation } from "../model.ts";
import { open } from "./intervals.ts";
import { logistic, logOnePlusExp } from "./numerics.ts";

/** Logarithm of the sigmoid: softplus, mirrored at both axes. */
export const logsigmoid: ElementwiseActivation = {
  shape: "elementwise",
  id: "logsigmoid",
  name: "LogSigmoid",
  parameters: [],
  tex: "\\ln \\sigma(x) = -\\ln(1 + e^{-x})",
  meaning: "The log of a probability given by its logit: belongs in losses more than in hidden layers.",
  names: {
    pytorch: { layers: ["torch.nn.LogSigmoid()"], functions: ["torch.nn.functional.logsigmoid(input)"] },
    keras: {
      functions: ["keras.activations.log_sigmoid(x)", "keras.ops.log_sigmoid(x)"],
      strings: ["log_sigmoid"],
    },
    tensorflow: { functions: ["tensorflow.math.log_sigmoid(x, name=None)"] },
    jax: { functions: ["jax.nn.log_sigmoid(x)"] },
    flax: { functions: ["flax.linen.log_sigmoid(x)", "flax.nnx.log_sigmoid(x)"] },
    tfjs: { functions: ["tf.logSigmoid(x)"], methods: ["logSigmoid()"] },
    paddle: {
      layers: ["paddle.nn.LogSigmoid(name=None)"],
      functions: ["paddle.nn.functional.log_sigmoid(x, name=None)", "paddle.fluid.layers.logsigmoid(x)"],
      strings: ["logsigmoid"],
    },
    mxnet: { functions: ["mxnet.nd.log_sigmoid(data)"], strings: ["log_sigmoid"] },
  },
  sources: [
    {
      title: "PyTorch: LogSigmoid",
      url: "https://docs.pytorch.org/docs/stable/generated/torch.nn.LogSigmoid.html",
    },
  ],
  f: (x) => -logOnePlusExp(-x),
  gradient: (x) => logistic(-x),
  kinks: () => [],
  range: () => open(-Infinity, 0),
  monotonic: () => true,
  saturation: () => "right",
  zeroCentred: false,
  cost: "several",
  dies: () => false,
};
