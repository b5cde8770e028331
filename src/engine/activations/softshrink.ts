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
  meaning: "Every input is moved this far towards 0, and to 0 if it is nearer.",
};

/** Soft shrinkage, the proximal operator of the absolute value. */
export const softshrink: ElementwiseActivation = {
  shape: "elementwise",
  id: "softshrink",
  name: "Softshrink",
  parameters: [lambda],
  tex: "\\operatorname{sign}(x) \\max(0, |x| - \\lambda)",
  meaning: "Pulls inputs towards 0 by a constant: the step of sparse coding algorithms such as ISTA.",
  names: {
    pytorch: {
      layers: ["torch.nn.Softshrink(lambd=0.5)"],
      functions: ["torch.nn.functional.softshrink(input, lambd=0.5)"],
    },
    keras: {
      functions: [
        "keras.activations.soft_shrink(x, threshold=0.5)",
        "keras.ops.soft_shrink(x, threshold=0.5)",
      ],
      strings: ["soft_shrink(threshold=0.5)"],
    },
    paddle: {
      layers: ["paddle.nn.Softshrink(threshold=0.5, name=None)"],
      functions: ["paddle.nn.functional.softshrink(x, threshold=0.5, name=None)"],
    },
  },
  sources: [
    {
      title: "PyTorch: Softshrink",
      url: "https://docs.pytorch.org/docs/stable/generated/torch.nn.Softshrink.html",
    },
  ],
  f(x, parameters) {
    const gap = numberOf(lambda, parameters);
    if (x > gap) return x - gap;
    return x < -gap ? x + gap : 0;
  },
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
