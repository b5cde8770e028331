import type { ActivationParameter, ElementwiseActivation } from "../model.ts";
import { closed } from "./intervals.ts";
import { numberOf } from "./parameters.ts";

const minimum: ActivationParameter = {
  name: "min_val",
  aliases: ["min_value", "min"],
  symbol: "a",
  default: -1,
  minimum: -6,
  maximum: 0,
  meaning: "Least output.",
};

const maximum: ActivationParameter = {
  name: "max_val",
  aliases: ["max_value", "max"],
  symbol: "b",
  default: 1,
  minimum: 0,
  maximum: 6,
  meaning: "Largest output.",
};

/** Clipping. At the corners PyTorch returns 0; JAX, and Keras on TensorFlow, pass the gradient on. */
export const hardtanh: ElementwiseActivation = {
  shape: "elementwise",
  id: "hardtanh",
  name: "Hardtanh",
  parameters: [minimum, maximum],
  tex: "\\min(\\max(a, x), b)",
  meaning: "Tanh in three straight pieces: the input, cut off at both ends.",
  names: {
    pytorch: {
      layers: ["torch.nn.Hardtanh(min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None)"],
      functions: [
        "torch.nn.functional.hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False)",
        "torch.nn.functional.hardtanh_(input, min_val=-1.0, max_val=1.0)",
        "torch.ao.nn.quantized.functional.hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False)",
      ],
    },
    keras: {
      functions: ["keras.activations.hard_tanh(x)", "keras.ops.hard_tanh(x)"],
      strings: ["hard_tanh"],
    },
    jax: { functions: ["jax.nn.hard_tanh(x)"] },
    flax: { functions: ["flax.linen.hard_tanh(x)", "flax.nnx.hard_tanh(x)"] },
    paddle: {
      layers: ["paddle.nn.Hardtanh(min=-1.0, max=1.0, name=None)"],
      functions: ["paddle.nn.functional.hardtanh(x, min=-1.0, max=1.0, name=None)"],
    },
    mmcv: { strings: ["Hardtanh(min_val=-1.0, max_val=1.0)"] },
  },
  sources: [
    {
      title: "PyTorch: Hardtanh",
      url: "https://docs.pytorch.org/docs/stable/generated/torch.nn.Hardtanh.html",
    },
  ],
  f: (x, parameters) => Math.min(Math.max(x, numberOf(minimum, parameters)), numberOf(maximum, parameters)),
  gradient: (x, parameters) =>
    x > numberOf(minimum, parameters) && x < numberOf(maximum, parameters) ? 1 : 0,
  kinks(parameters) {
    const differs = { keras: 1, jax: 1, flax: 1 };
    return [
      { x: numberOf(minimum, parameters), left: 0, right: 1, used: 0, differs },
      { x: numberOf(maximum, parameters), left: 1, right: 0, used: 0, differs },
    ];
  },
  range: (parameters) => closed(numberOf(minimum, parameters), numberOf(maximum, parameters)),
  monotonic: () => true,
  saturation: () => "both",
  zeroCentred: true,
  cost: "compare",
  // Cut off at 0 it is a ReLU with a lid.
  dies: (parameters) => numberOf(minimum, parameters) === 0,
};
