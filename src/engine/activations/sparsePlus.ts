import type { ElementwiseActivation } from "../model.ts";
import { closedOpen } from "./intervals.ts";

/** ReLU with its corner rounded by a parabola between -1 and 1: the gradient is continuous. */
export const sparsePlus: ElementwiseActivation = {
  shape: "elementwise",
  id: "sparse_plus",
  name: "Sparse plus",
  parameters: [],
  tex: "\\begin{cases} 0 & x \\le -1 \\\\ \\tfrac{1}{4} (x + 1)^2 & -1 < x < 1 \\\\ x & x \\ge 1 \\end{cases}",
  meaning: "Softplus with exact zeros: smooth between -1 and 1, ReLU outside.",
  names: {
    keras: {
      functions: ["keras.activations.sparse_plus(x)", "keras.ops.sparse_plus(x)"],
      strings: ["sparse_plus"],
    },
    jax: { functions: ["jax.nn.sparse_plus(x)"] },
  },
  sources: [
    {
      title: "Blondel, Martins and Niculae 2019, Learning with Fenchel-Young Losses, section 6.2",
      url: "https://arxiv.org/abs/1901.02324",
    },
    { title: "JAX: jax.nn", url: "https://docs.jax.dev/en/latest/jax.nn.html" },
  ],
  f(x) {
    if (x <= -1) return 0;
    return x >= 1 ? x : (x + 1) ** 2 / 4;
  },
  gradient(x) {
    if (x <= -1) return 0;
    return x >= 1 ? 1 : (x + 1) / 2;
  },
  kinks: () => [],
  range: () => closedOpen(0, Infinity),
  monotonic: () => true,
  saturation: () => "left",
  zeroCentred: false,
  cost: "multiply",
  dies: () => true,
};
