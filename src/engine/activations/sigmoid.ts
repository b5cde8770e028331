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
      layers: ["torch.nn.Sigmoid()", "torch.ao.nn.quantized.Sigmoid(output_scale, output_zero_point)"],
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
    jax: {
      functions: ["jax.nn.sigmoid(x)", "jax.lax.logistic(x)", "jax.scipy.special.expit(x)"],
      layers: ["jax.example_libraries.stax.Sigmoid()"],
    },
    flax: { functions: ["flax.linen.sigmoid(x)", "flax.nnx.sigmoid(x)"] },
    tfjs: { functions: ["tf.sigmoid(x)"], methods: ["sigmoid()"], strings: ["sigmoid"] },
    onnx: { strings: ["Sigmoid"] },
    paddle: {
      layers: ["paddle.nn.Sigmoid(name=None)"],
      functions: [
        "paddle.nn.functional.sigmoid(x, name=None)",
        "paddle.sigmoid(x, name=None)",
        "paddle.fluid.layers.sigmoid(x, name=None)",
      ],
      strings: ["sigmoid"],
      methods: ["sigmoid()"],
    },
    mxnet: {
      functions: ["mxnet.nd.sigmoid(data)", "mxnet.npx.sigmoid(data)"],
      strings: ["sigmoid"],
      methods: ["sigmoid()"],
    },
    sklearn: { strings: ["logistic"] },
    mmcv: { strings: ["Sigmoid"] },
    caffe: { functions: ["caffe.layers.Sigmoid(bottom)"] },
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
