import type { VectorActivation } from "../model.ts";

/** In no current framework's core; TensorFlow Addons, now archived, has the layer. */
export const maxout: VectorActivation = {
  shape: "vector",
  id: "maxout",
  name: "Maxout",
  parameters: [],
  tex: "\\max_{j \\in \\text{group } i} x_j",
  meaning: "The largest of each group of linear units: a learned convex activation.",
  names: { tensorflow: { layers: ["tensorflow_addons.layers.Maxout(num_units, axis=-1)"] } },
  sources: [{ title: "Goodfellow et al. 2013, Maxout Networks", url: "https://arxiv.org/abs/1302.4389" }],
};
