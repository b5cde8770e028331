import type { VectorActivation } from "../model.ts";

/** Its temperature is no parameter here: vector functions are named, not drawn. */
export const gumbelSoftmax: VectorActivation = {
  shape: "vector",
  id: "gumbel_softmax",
  name: "Gumbel-softmax",
  parameters: [],
  tex: "\\operatorname{softmax}\\left(\\frac{x + g}{\\tau}\\right)_i \\quad g_i = -\\ln(-\\ln u_i),\\ u_i \\sim U(0, 1)",
  meaning: "Draws a nearly one-hot sample from scores in a way that gradients can pass.",
  names: {
    pytorch: {
      functions: ["torch.nn.functional.gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1)"],
    },
    paddle: {
      functions: ["paddle.nn.functional.gumbel_softmax(x, temperature=1.0, hard=False, axis=-1, name=None)"],
    },
  },
  sources: [
    {
      title: "Jang, Gu and Poole 2016, Categorical Reparameterization with Gumbel-Softmax",
      url: "https://arxiv.org/abs/1611.01144",
    },
  ],
};
