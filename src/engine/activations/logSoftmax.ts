import type { VectorActivation } from "../model.ts";

/** Logarithm of softmax, computed without underflow. */
export const logSoftmax: VectorActivation = {
  shape: "vector",
  id: "log_softmax",
  name: "LogSoftmax",
  parameters: [],
  tex: "x_i - \\ln \\sum_j e^{x_j}",
  meaning: "Log-probabilities from scores, to be followed by the negative log-likelihood loss.",
  names: {
    pytorch: {
      layers: ["torch.nn.LogSoftmax(dim=None)"],
      functions: [
        "torch.log_softmax(input, dim, dtype=None)",
        "torch.nn.functional.log_softmax(input, dim=None, _stacklevel=3, dtype=None)",
        "torch.special.log_softmax(input, dim, *, dtype=None)",
      ],
      methods: ["log_softmax(dim)"],
    },
    keras: {
      functions: ["keras.activations.log_softmax(x, axis=-1)", "keras.ops.log_softmax(x, axis=-1)"],
      strings: ["log_softmax"],
    },
    tensorflow: {
      functions: [
        "tensorflow.nn.log_softmax(logits, axis=None, name=None)",
        "tensorflow.math.log_softmax(logits, axis=None, name=None)",
      ],
    },
    jax: {
      functions: [
        "jax.nn.log_softmax(x, axis=-1, where=None)",
        "jax.scipy.special.log_softmax(x, *, axis=None)",
      ],
      layers: ["jax.example_libraries.stax.LogSoftmax()"],
    },
    flax: {
      functions: [
        "flax.linen.log_softmax(x, axis=-1, where=None)",
        "flax.nnx.log_softmax(x, axis=-1, where=None)",
      ],
    },
    tfjs: {
      functions: ["tf.logSoftmax(logits, axis=-1)"],
      methods: ["logSoftmax(axis=-1)"],
      strings: ["logSoftmax"],
    },
    onnx: { strings: ["LogSoftmax(axis=-1)"] },
    paddle: {
      layers: ["paddle.nn.LogSoftmax(axis=-1, name=None)"],
      functions: ["paddle.nn.functional.log_softmax(x, axis=-1, dtype=None, name=None)"],
    },
    mxnet: {
      functions: ["mxnet.nd.log_softmax(data, axis=-1)", "mxnet.npx.log_softmax(data, axis=-1)"],
      methods: ["log_softmax(axis=-1)"],
    },
  },
  sources: [
    {
      title: "PyTorch: LogSoftmax",
      url: "https://docs.pytorch.org/docs/stable/generated/torch.nn.LogSoftmax.html",
    },
  ],
};
