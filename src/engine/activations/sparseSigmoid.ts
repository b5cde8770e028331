import type { ElementwiseActivation } from "../model.ts";
import { closed } from "./intervals.ts";

/** Hard sigmoid between -1 and 1, the derivative of sparse plus. At the corners JAX returns half the slope. */
export const sparseSigmoid: ElementwiseActivation = {
  shape: "elementwise",
  id: "sparse_sigmoid",
  name: "Sparse sigmoid",
  parameters: [],
  tex: "\\begin{cases} 0 & x \\le -1 \\\\ \\tfrac{1}{2} (x + 1) & -1 < x < 1 \\\\ 1 & x \\ge 1 \\end{cases}",
  meaning: "A sigmoid that reaches 0 and 1 exactly: straight between -1 and 1, constant outside.",
  names: {
    keras: {
      functions: ["keras.activations.sparse_sigmoid(x)", "keras.ops.sparse_sigmoid(x)"],
      strings: ["sparse_sigmoid"],
    },
    jax: { functions: ["jax.nn.sparse_sigmoid(x)"] },
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
    return x >= 1 ? 1 : (x + 1) / 2;
  },
  gradient: (x) => (x > -1 && x < 1 ? 0.5 : 0),
  kinks: () => [
    { x: -1, left: 0, right: 0.5, used: 0, differs: { jax: 0.25 } },
    { x: 1, left: 0.5, right: 0, used: 0, differs: { jax: 0.25 } },
  ],
  range: () => closed(0, 1),
  monotonic: () => true,
  saturation: () => "both",
  zeroCentred: false,
  cost: "multiply",
  dies: () => true,
};
