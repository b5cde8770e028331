import type { ElementwiseActivation } from "../model.ts";
import { open } from "./intervals.ts";
import { tanhSlope } from "./numerics.ts";

/** Hyperbolic tangent. */
export const tanh: ElementwiseActivation = {
  shape: "elementwise",
  id: "tanh",
  name: "Tanh",
  parameters: [],
  tex: "\\tanh x = \\frac{e^x - e^{-x}}{e^x + e^{-x}}",
  meaning: "Squeezes any number into -1..1 about 0: usual in recurrent layers, and saturating at both ends.",
  names: {
    pytorch: {
      layers: ["torch.nn.Tanh()"],
      functions: ["torch.tanh(input)", "torch.nn.functional.tanh(input)", "torch.tanh_(input)"],
      methods: ["tanh()", "tanh_()"],
      strings: ["tanh"],
    },
    keras: {
      functions: ["keras.activations.tanh(x)", "keras.ops.tanh(x)", "keras.backend.tanh(x)"],
      strings: ["tanh"],
    },
    tensorflow: {
      functions: [
        "tensorflow.nn.tanh(x, name=None)",
        "tensorflow.math.tanh(x, name=None)",
        "tensorflow.tanh(x, name=None)",
      ],
    },
    jax: {
      functions: ["jax.nn.tanh(x)", "jax.numpy.tanh(x)", "jax.lax.tanh(x)"],
      layers: ["jax.example_libraries.stax.Tanh()"],
    },
    flax: { functions: ["flax.linen.tanh(x)", "flax.nnx.tanh(x)"] },
    tfjs: { functions: ["tf.tanh(x)"], methods: ["tanh()"], strings: ["tanh"] },
    onnx: { strings: ["Tanh"] },
    paddle: {
      methods: ["tanh()"],
      layers: ["paddle.nn.Tanh(name=None)"],
      functions: [
        "paddle.tanh(x, name=None)",
        "paddle.nn.functional.tanh(x, name=None)",
        "paddle.nn.functional.tanh_(x, name=None)",
        "paddle.fluid.layers.tanh(x, name=None)",
      ],
      strings: ["tanh"],
    },
    mxnet: { functions: ["mxnet.nd.tanh(data)", "mxnet.np.tanh(x)"], strings: ["tanh"], methods: ["tanh()"] },
    sklearn: { strings: ["tanh"] },
    mmcv: { strings: ["Tanh"] },
    caffe: { functions: ["caffe.layers.TanH(bottom)"] },
  },
  sources: [
    { title: "LeCun et al. 1998, Efficient BackProp" },
    { title: "PyTorch: Tanh", url: "https://docs.pytorch.org/docs/stable/generated/torch.nn.Tanh.html" },
  ],
  f: Math.tanh,
  gradient: tanhSlope,
  kinks: () => [],
  range: () => open(-1, 1),
  monotonic: () => true,
  saturation: () => "both",
  zeroCentred: true,
  cost: "exponential",
  dies: () => false,
};
