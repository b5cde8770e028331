import type { VectorActivation } from "../model.ts";

export const glu: VectorActivation = {
  shape: "vector",
  id: "glu",
  name: "GLU",
  parameters: [],
  tex: "a_i \\, \\sigma(b_i) \\quad \\text{where } x = (a, b)",
  meaning: "Gated linear unit: one half of the input, gated by the sigmoid of the other half.",
  names: {
    pytorch: {
      layers: ["torch.nn.GLU(dim=-1)"],
      functions: ["torch.nn.functional.glu(input, dim=-1)"],
    },
    keras: {
      functions: ["keras.activations.glu(x, axis=-1)", "keras.ops.glu(x, axis=-1)"],
      strings: ["glu"],
    },
    jax: { functions: ["jax.nn.glu(x, axis=-1)"] },
    flax: { functions: ["flax.linen.glu(x, axis=-1)", "flax.nnx.glu(x, axis=-1)"] },
    paddle: {
      layers: ["paddle.nn.GLU(axis=-1, name=None)"],
      functions: ["paddle.nn.functional.glu(x, axis=-1, name=None)"],
    },
  },
  sources: [
    {
      title: "Dauphin et al. 2016, Language Modeling with Gated Convolutional Networks",
      url: "https://arxiv.org/abs/1612.08083",
    },
  ],
};
