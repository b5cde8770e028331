import type { ActivationParameter, ElementwiseActivation } from "../model.ts";
import { reals } from "./intervals.ts";
import { numberOf } from "./parameters.ts";

const lambda: ActivationParameter = {
  name: "lambd",
  aliases: ["threshold"],
  symbol: "\\lambda",
  default: 0.5,
  minimum: 0,
  maximum: 3,
  meaning: "Inputs no larger than this, of either sign, give 0.",
};

/** Hard shrinkage: f jumps at both ends of the gap. ONNX's Shrink is this one with its bias left at 0. */
export const hardshrink: ElementwiseActivation = {
  shape: "elementwise",
  id: "hardshrink",
  name: "Hardshrink",
  parameters: [lambda],
  tex: "\\begin{cases} x & |x| > \\lambda \\\\ 0 & |x| \\le \\lambda \\end{cases}",
  meaning: "Sets small inputs to 0 and leaves the rest: keeps the large coefficients of a sparse code.",
  names: {
    pytorch: {
      layers: ["torch.nn.Hardshrink(lambd=0.5)"],
      functions: ["torch.nn.functional.hardshrink(input, lambd=0.5)", "torch.hardshrink(input, lambd=0.5)"],
      methods: ["hardshrink(lambd=0.5)"],
    },
    keras: {
      functions: [
        "keras.activations.hard_shrink(x, threshold=0.5)",
        "keras.ops.hard_shrink(x, threshold=0.5)",
      ],
      strings: ["hard_shrink(threshold=0.5)"],
    },
    onnx: { strings: ["Shrink(lambd=0.5, bias=0.0)"] },
    paddle: {
      layers: ["paddle.nn.Hardshrink(threshold=0.5, name=None)"],
      functions: ["paddle.nn.functional.hardshrink(x, threshold=0.5, name=None)"],
    },
    tensorflow: { functions: ["tensorflow_addons.activations.hardshrink(x)"] },
  },
  sources: [
    {
      title: "PyTorch: Hardshrink",
      url: "https://docs.pytorch.org/docs/stable/generated/torch.nn.Hardshrink.html",
    },
  ],
  f: (x, parameters) => (Math.abs(x) > numberOf(lambda, parameters) ? x : 0),
  gradient: (x, parameters) => (Math.abs(x) > numberOf(lambda, parameters) ? 1 : 0),
  kinks(parameters) {
    const gap = numberOf(lambda, parameters);
    // The comparison stops the gradient at 0 even where there is no gap.
    if (gap === 0) return [{ x: 0, left: 1, right: 1, used: 0 }];
    return [
      { x: -gap, left: 1, right: 0, used: 0 },
      { x: gap, left: 0, right: 1, used: 0 },
    ];
  },
  range: () => reals,
  monotonic: () => true,
  saturation: () => "none",
  zeroCentred: true,
  cost: "compare",
  dies: () => false,
};
