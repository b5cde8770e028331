import type { ElementwiseActivation } from "../model.ts";
import { reals } from "./intervals.ts";

/**
 * x - tanh x for small x, where the difference would lose its digits. By Lambert's continued fraction
 * tanh x = x / (1 + r) with r = x^2 / (3 + x^2 / (5 + ...)), so the difference is x r / (1 + r): all terms positive.
 */
function nearZero(x: number): number {
  const square = x * x;
  let rest = 0;
  for (let odd = 19; odd >= 3; odd -= 2) rest = square / (odd + rest);
  return (x * rest) / (1 + rest);
}

/** What tanh takes away: x - tanh x. */
export const tanhshrink: ElementwiseActivation = {
  shape: "elementwise",
  id: "tanhshrink",
  name: "Tanhshrink",
  parameters: [],
  tex: "x - \\tanh x",
  meaning: "Nearly stops small inputs and shifts large ones by 1 towards 0: a smooth shrinkage.",
  names: {
    pytorch: { layers: ["torch.nn.Tanhshrink()"], functions: ["torch.nn.functional.tanhshrink(input)"] },
    keras: {
      functions: ["keras.activations.tanh_shrink(x)", "keras.ops.tanh_shrink(x)"],
      strings: ["tanh_shrink"],
    },
    paddle: {
      layers: ["paddle.nn.Tanhshrink(name=None)"],
      functions: ["paddle.nn.functional.tanhshrink(x, name=None)"],
    },
    tensorflow: { functions: ["tensorflow_addons.activations.tanhshrink(x)"] },
  },
  sources: [
    {
      title: "PyTorch: Tanhshrink",
      url: "https://docs.pytorch.org/docs/stable/generated/torch.nn.Tanhshrink.html",
    },
  ],
  f: (x) => (Math.abs(x) < 1 ? nearZero(x) : x - Math.tanh(x)),
  gradient: (x) => Math.tanh(x) ** 2,
  kinks: () => [],
  range: () => reals,
  monotonic: () => true,
  saturation: () => "none",
  zeroCentred: true,
  cost: "exponential",
  dies: () => false,
};
