import type { ActivationParameter, ElementwiseActivation, ParameterValues } from "../model.ts";
import { closedOpen, reals } from "./intervals.ts";
import { numberOf } from "./parameters.ts";

const lower: ActivationParameter = {
  name: "lower",
  aliases: [],
  symbol: "l",
  default: 1 / 8,
  minimum: 0,
  maximum: 1,
  meaning: "Least slope drawn in training.",
};

const upper: ActivationParameter = {
  name: "upper",
  aliases: [],
  symbol: "u",
  default: 1 / 3,
  minimum: 0,
  maximum: 1,
  meaning: "Largest slope drawn in training.",
};

/** The slope of evaluation mode. */
const mean = (parameters: ParameterValues) => (numberOf(lower, parameters) + numberOf(upper, parameters)) / 2;

/** Randomised Leaky ReLU, in the form of evaluation: in training each entry draws its own slope. */
export const rrelu: ElementwiseActivation = {
  shape: "elementwise",
  id: "rrelu",
  name: "RReLU",
  parameters: [lower, upper],
  tex: "\\begin{cases} x & x > 0 \\\\ a x & x \\le 0 \\end{cases} \\quad a \\sim U(l, u) \\text{ in training, } a = \\tfrac{l + u}{2} \\text{ after}",
  meaning: "Leaky ReLU with a random slope in training, which regularises; drawn here with the mean slope.",
  names: {
    pytorch: {
      layers: ["torch.nn.RReLU(lower=0.125, upper=1/3, inplace=False)"],
      functions: [
        "torch.nn.functional.rrelu(input, lower=0.125, upper=1/3, training=False, inplace=False)",
        "torch.rrelu(input, lower=0.125, upper=1/3, training=False)",
        "torch.nn.functional.rrelu_(input, lower=0.125, upper=1/3, training=False)",
        "torch.rrelu_(input, lower=0.125, upper=1/3, training=False)",
      ],
    },
    paddle: {
      layers: ["paddle.nn.RReLU(lower=0.125, upper=1/3, name=None)"],
      functions: ["paddle.nn.functional.rrelu(x, lower=0.125, upper=1/3, training=True, name=None)"],
    },
    mxnet: {
      functions: [
        "mxnet.nd.LeakyReLU(data, gamma=None, act_type: 'rrelu')",
        "mxnet.npx.leaky_relu(data, gamma=None, act_type: 'rrelu')",
      ],
    },
    mmcv: { strings: ["RReLU(lower=0.125, upper=1/3, inplace=False)"] },
  },
  sources: [
    {
      title: "Xu et al. 2015, Empirical Evaluation of Rectified Activations in Convolutional Network",
      url: "https://arxiv.org/abs/1505.00853",
    },
  ],
  f: (x, parameters) => (x > 0 ? x : mean(parameters) * x),
  gradient: (x, parameters) => (x > 0 ? 1 : mean(parameters)),
  kinks(parameters) {
    const slope = mean(parameters);
    return slope === 1 ? [] : [{ x: 0, left: slope, right: 1, used: slope }];
  },
  range: (parameters) => (mean(parameters) > 0 ? reals : closedOpen(0, Infinity)),
  monotonic: (parameters) => mean(parameters) >= 0,
  saturation: (parameters) => (mean(parameters) === 0 ? "left" : "none"),
  zeroCentred: false,
  cost: "compare",
  dies: (parameters) => mean(parameters) === 0,
};
