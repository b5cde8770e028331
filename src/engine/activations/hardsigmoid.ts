import type { ActivationParameter, ElementwiseActivation, ParameterValues } from "../model.ts";
import { closed } from "./intervals.ts";
import { numberOf } from "./parameters.ts";

const slope: ActivationParameter = {
  name: "slope",
  aliases: ["alpha"],
  symbol: "\\alpha",
  default: 1 / 6,
  minimum: 0.05,
  maximum: 1,
  meaning:
    "Slope of the middle part: 1/6 in PyTorch, Keras 3 and JAX; 0.2 in Keras 2, TensorFlow.js and ONNX.",
};

const offset: ActivationParameter = {
  name: "offset",
  aliases: ["beta"],
  symbol: "\\beta",
  default: 0.5,
  minimum: 0,
  maximum: 1,
  meaning: "Output at 0.",
};

/** Where the middle part meets 0 and 1. */
function corners(parameters: ParameterValues): { lower: number; upper: number } {
  const middle = numberOf(offset, parameters);
  const steepness = numberOf(slope, parameters);
  return { lower: -middle / steepness, upper: (1 - middle) / steepness };
}

/** Sigmoid in three straight pieces. Slope and offset are arguments in ONNX alone, built in elsewhere. */
export const hardsigmoid: ElementwiseActivation = {
  shape: "elementwise",
  id: "hardsigmoid",
  name: "Hard sigmoid",
  parameters: [slope, offset],
  tex: "\\min(\\max(0, \\alpha x + \\beta), 1)",
  meaning: "A sigmoid of straight pieces: cheap on mobile devices, with gradient 0 outside the middle.",
  names: {
    pytorch: {
      layers: ["torch.nn.Hardsigmoid(inplace=False)"],
      functions: [
        "torch.nn.functional.hardsigmoid(input, inplace=False)",
        "torch.ao.nn.quantized.functional.hardsigmoid(input, inplace=False)",
      ],
    },
    keras: {
      functions: [
        "keras.activations.hard_sigmoid(x)",
        "keras.ops.hard_sigmoid(x)",
        "keras.backend.hard_sigmoid(x)",
      ],
      strings: ["hard_sigmoid"],
    },
    jax: { functions: ["jax.nn.hard_sigmoid(x)"] },
    flax: { functions: ["flax.linen.hard_sigmoid(x)", "flax.nnx.hard_sigmoid(x)"] },
    tfjs: { strings: ["hardSigmoid(slope=0.2)"] },
    onnx: { strings: ["HardSigmoid(alpha=0.2, beta=0.5)"] },
    paddle: {
      layers: ["paddle.nn.Hardsigmoid(name=None)"],
      functions: ["paddle.nn.functional.hardsigmoid(x)"],
      strings: ["hard_sigmoid"],
    },
    mxnet: { functions: ["mxnet.nd.hard_sigmoid(data, alpha=0.2, beta=0.5)"] },
    mmcv: { strings: ["HSigmoid"], layers: ["mmcv.cnn.HSigmoid()"] },
  },
  sources: [
    {
      title: "PyTorch: Hardsigmoid",
      url: "https://docs.pytorch.org/docs/stable/generated/torch.nn.Hardsigmoid.html",
    },
    {
      title: "Courbariaux, Bengio and David 2015, BinaryConnect",
      url: "https://arxiv.org/abs/1511.00363",
    },
  ],
  f: (x, parameters) =>
    Math.min(Math.max(numberOf(slope, parameters) * x + numberOf(offset, parameters), 0), 1),
  gradient(x, parameters) {
    const { lower, upper } = corners(parameters);
    return x > lower && x < upper ? numberOf(slope, parameters) : 0;
  },
  kinks(parameters) {
    const { lower, upper } = corners(parameters);
    const steepness = numberOf(slope, parameters);
    return [
      { x: lower, left: 0, right: steepness, used: 0 },
      { x: upper, left: steepness, right: 0, used: 0 },
    ];
  },
  range: () => closed(0, 1),
  monotonic: () => true,
  saturation: () => "both",
  zeroCentred: false,
  cost: "multiply",
  dies: () => true,
};
