import type { VectorActivation } from "../model.ts";

export const sparsemax: VectorActivation = {
  shape: "vector",
  id: "sparsemax",
  name: "Sparsemax",
  parameters: [],
  tex: "\\max(0, x_i - \\tau(x)) \\quad \\text{with } \\tau \\text{ such that the sum is } 1",
  meaning: "The nearest point of the probability simplex: like softmax, but weak scores get exactly 0.",
  names: {
    keras: {
      functions: ["keras.activations.sparsemax(x, axis=-1)", "keras.ops.sparsemax(x, axis=-1)"],
      strings: ["sparsemax"],
    },
    tensorflow: { functions: ["tensorflow_addons.activations.sparsemax(logits, axis=-1)"] },
  },
  sources: [
    {
      title: "Martins and Astudillo 2016, From Softmax to Sparsemax",
      url: "https://arxiv.org/abs/1602.02068",
    },
  ],
};
