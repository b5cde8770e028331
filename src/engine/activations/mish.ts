import type { ElementwiseActivation } from "../model.ts";
import { closedOpen } from "./intervals.ts";
import { logistic } from "./numerics.ts";

/**
 * tanh(softplus(x)) and its complement 1 - tanh^2, in closed form: with e = e^x and n = e (e + 2) the tanh is
 * n / (n + 2). For positive x numerator and denominator are divided by e^2x, so that nothing overflows.
 */
function gate(x: number): { tanh: number; complement: number } {
  const e = Math.exp(-Math.abs(x));
  if (x <= 0) {
    const n = e * (e + 2);
    return { tanh: n / (n + 2), complement: (4 * (1 + e) * (1 + e)) / ((n + 2) * (n + 2)) };
  }
  const whole = 1 + 2 * e + 2 * e * e;
  return { tanh: (1 + 2 * e) / whole, complement: (4 * e * e * (1 + e) * (1 + e)) / (whole * whole) };
}

/** Mish: its input gated by the tanh of its softplus. */
export const mish: ElementwiseActivation = {
  shape: "elementwise",
  id: "mish",
  name: "Mish",
  parameters: [],
  tex: "x \\tanh\\left(\\ln(1 + e^x)\\right)",
  meaning: "Smooth and self-gated like SiLU, with a slightly deeper dip below 0; known from YOLOv4.",
  names: {
    pytorch: {
      layers: ["torch.nn.Mish(inplace=False)", "fastai.Mish()"],
      functions: ["torch.nn.functional.mish(input, inplace=False)"],
    },
    keras: { functions: ["keras.activations.mish(x)"], strings: ["mish"] },
    jax: { functions: ["jax.nn.mish(x)"] },
    tfjs: { strings: ["mish"] },
    onnx: { strings: ["Mish"] },
    paddle: {
      layers: ["paddle.nn.Mish(name=None)"],
      functions: ["paddle.nn.functional.mish(x, name=None)"],
      strings: ["mish"],
    },
    mxnet: { functions: ["mxnet.nd.mish(data)"], strings: ["mish"] },
    mmcv: { strings: ["Mish"] },
    tensorflow: { functions: ["tensorflow_addons.activations.mish(x)"] },
  },
  sources: [
    {
      title: "Misra 2019, Mish: A Self Regularized Non-Monotonic Activation Function",
      url: "https://arxiv.org/abs/1908.08681",
    },
  ],
  f: (x) => x * gate(x).tanh,
  gradient(x) {
    const { tanh, complement } = gate(x);
    return tanh + x * complement * logistic(x);
  },
  kinks: () => [],
  // The minimum lies at x = -1.19243.
  range: () => closedOpen(-0.30884341301725043, Infinity),
  monotonic: () => false,
  saturation: () => "left",
  zeroCentred: false,
  cost: "several",
  dies: () => false,
};
