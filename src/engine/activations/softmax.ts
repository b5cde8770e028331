import type { VectorActivation } from "../model.ts";

/** Normalised exponentials over one axis. */
export const softmax: VectorActivation = {
  shape: "vector",
  id: "softmax",
  name: "Softmax",
  parameters: [],
  tex: "\\frac{e^{x_i}}{\\sum_j e^{x_j}}",
  meaning: "Turns scores into probabilities that sum to 1: class probabilities, attention weights.",
  names: {
    pytorch: {
      layers: [
        "torch.nn.Softmax(dim=None)",
        "torch.nn.Softmax2d()",
        "torch.ao.nn.quantized.Softmax(dim=None, scale=1.0, zero_point=0)",
      ],
      functions: [
        "torch.softmax(input, dim, dtype=None)",
        "torch.nn.functional.softmax(input, dim=None, _stacklevel=3, dtype=None)",
        "torch.special.softmax(input, dim, *, dtype=None)",
      ],
      methods: ["softmax(dim)"],
    },
    keras: {
      layers: ["keras.layers.Softmax(axis=-1)"],
      functions: [
        "keras.activations.softmax(x, axis=-1)",
        "keras.ops.softmax(x, axis=-1)",
        "keras.backend.softmax(x, axis=-1)",
      ],
      strings: ["softmax"],
    },
    tensorflow: {
      functions: [
        "tensorflow.nn.softmax(logits, axis=None, name=None)",
        "tensorflow.math.softmax(logits, axis=None, name=None)",
      ],
    },
    jax: {
      functions: ["jax.nn.softmax(x, axis=-1, where=None)", "jax.scipy.special.softmax(x, *, axis=None)"],
      layers: ["jax.example_libraries.stax.Softmax()"],
    },
    flax: {
      functions: ["flax.linen.softmax(x, axis=-1, where=None)", "flax.nnx.softmax(x, axis=-1, where=None)"],
    },
    tfjs: {
      layers: ["tf.layers.softmax(axis)"],
      functions: ["tf.softmax(logits, dim=-1)"],
      methods: ["softmax(dim=-1)"],
      strings: ["softmax"],
    },
    onnx: { strings: ["Softmax(axis=-1)"] },
    paddle: {
      layers: ["paddle.nn.Softmax(axis=-1, name=None)"],
      functions: [
        "paddle.nn.functional.softmax(x, axis=-1, dtype=None, name=None)",
        "paddle.nn.functional.softmax_(x, axis=-1, dtype=None, name=None)",
        "paddle.fluid.layers.softmax(input)",
      ],
      strings: ["softmax"],
    },
    mxnet: {
      functions: [
        "mxnet.nd.softmax(data, axis=-1)",
        "mxnet.npx.softmax(data, axis=-1)",
        "mxnet.nd.SoftmaxActivation(data)",
      ],
      methods: ["softmax(axis=-1)"],
    },
    mmcv: { strings: ["Softmax"] },
    caffe: { functions: ["caffe.layers.Softmax(bottom, axis=1)"] },
  },
  sources: [
    { title: "Bridle 1990, Probabilistic Interpretation of Feedforward Classification Network Outputs" },
    {
      title: "PyTorch: Softmax",
      url: "https://docs.pytorch.org/docs/stable/generated/torch.nn.Softmax.html",
    },
  ],
};
