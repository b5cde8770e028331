import type { ElementwiseActivation } from "../model.ts";
import { open } from "./intervals.ts";
import { logistic, logisticSlope } from "./numerics.ts";

/** The logistic function. */
export const sigmoid: ElementwiseActivation = {
  shape: "elementwise",
  id: "sigmoid",
  name: "Sigmoid",
  parameters: [],
  tex: "\\sigma(x) = \\frac{1}{1 + e^{-x}}",
  meaning:
    "Squeezes any number into 0..1: a probability on an output, a gate inside; its gradient is at most 1/4.",
  names: {
    pytorch: {
      layers: ["torch.nn.Sigmoid()"],
      functions: [
        "torch.sigmoid(input)",
        "torch.nn.functional.sigmoid(input)",
        "torch.special.expit(input)",
        "torch.sigmoid_(input)",
      ],
      methods: ["sigmoid()", "sigmoid_()"],
    },
    keras: {
      functions: ["keras.activations.sigmoid(x)", "keras.ops.sigmoid(x)", "keras.backend.sigmoid(x)"],
      strings: ["sigmoid"],
    },
    tensorflow: {
      functions: [
        "tensorflow.nn.sigmoid(x, name=None)",
        "tensorflow.math.sigmoid(x, name=None)",
        "tensorflow.sigmoid(x, name=None)",
      ],
    },
    jax: { functions: ["jax.nn.sigmoid(x)", "jax.lax.logistic(x)", "jax.scipy.special.expit(x)"] },
    flax: { functions: ["flax.linen.sigmoid(x)", "flax.nnx.sigmoid(x)"] },
    tfjs: { functions: ["tf.sigmoid(x)"], methods: ["sigmoid()"], strings: ["sigmoid"] },
    onnx: { strings: ["Sigmoid"] },
  },
  sources: [
    {
      title: "PyTorch: Sigmoid",
      url: "https://docs.pytorch.org/docs/stable/generated/torch.nn.Sigmoid.html",
    },
  ],
  f: logistic,
  gradient: logisticSlope,
  kinks: () => [],
  range: () => open(0, 1),
  monotonic: () => true,
  saturation: () => "both",
  zeroCentred: false,
  cost: "exponential",
  dies: () => false,
};
