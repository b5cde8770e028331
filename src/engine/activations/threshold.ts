import type { ActivationParameter, ElementwiseActivation } from "../model.ts";
import { closedOpen, open } from "./intervals.ts";
import { numberOf } from "./parameters.ts";

const limit: ActivationParameter = {
  name: "threshold",
  aliases: [],
  symbol: "\\theta",
  default: 0,
  minimum: -3,
  maximum: 3,
  meaning:
    "Inputs above it pass; to be given, PyTorch and Keras have no default (0, as drawn here, is ReLU's).",
};

const value: ActivationParameter = {
  name: "value",
  aliases: ["default_value"],
  symbol: "v",
  default: 0,
  minimum: -3,
  maximum: 3,
  meaning: "Output for all other inputs; to be given, as the threshold.",
};

/** Replaces inputs up to the threshold by a constant: f jumps unless the two are equal. */
export const threshold: ElementwiseActivation = {
  shape: "elementwise",
  id: "threshold",
  name: "Threshold",
  parameters: [limit, value],
  tex: "\\begin{cases} x & x > \\theta \\\\ v & x \\le \\theta \\end{cases}",
  meaning: "ReLU with any threshold and any value below it.",
  names: {
    pytorch: {
      layers: ["torch.nn.Threshold(threshold, value, inplace=False)"],
      functions: [
        "torch.nn.functional.threshold(input, threshold, value, inplace=False)",
        "torch.threshold(input, threshold, value)",
        "torch.nn.functional.threshold_(input, threshold, value)",
        "torch.threshold_(input, threshold, value)",
      ],
    },
    keras: {
      functions: [
        "keras.activations.threshold(x, threshold, default_value)",
        "keras.ops.threshold(x, threshold, default_value)",
      ],
      strings: ["threshold"],
    },
  },
  sources: [
    {
      title: "PyTorch: Threshold",
      url: "https://docs.pytorch.org/docs/stable/generated/torch.nn.Threshold.html",
    },
  ],
  f: (x, parameters) => (x > numberOf(limit, parameters) ? x : numberOf(value, parameters)),
  gradient: (x, parameters) => (x > numberOf(limit, parameters) ? 1 : 0),
  kinks: (parameters) => [{ x: numberOf(limit, parameters), left: 0, right: 1, used: 0 }],
  // With the value below the threshold there is a gap between the two, which an interval can't show.
  range(parameters) {
    const from = numberOf(limit, parameters);
    const below = numberOf(value, parameters);
    return below <= from ? closedOpen(below, Infinity) : open(from, Infinity);
  },
  monotonic: (parameters) => numberOf(value, parameters) <= numberOf(limit, parameters),
  saturation: () => "left",
  zeroCentred: false,
  cost: "compare",
  dies: (parameters) => numberOf(value, parameters) === 0,
};
