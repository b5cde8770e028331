import type { VectorActivation } from "../model.ts";

export const softmin: VectorActivation = {
  shape: "vector",
  id: "softmin",
  name: "Softmin",
  parameters: [],
  tex: "\\frac{e^{-x_i}}{\\sum_j e^{-x_j}}",
  meaning: "Softmax of the negated input: the smallest score gets the largest probability.",
  names: {
    pytorch: {
      layers: ["torch.nn.Softmin(dim=None)"],
      functions: ["torch.nn.functional.softmin(input, dim=None, _stacklevel=3, dtype=None)"],
    },
    mxnet: { functions: ["mxnet.nd.softmin(data, axis=-1)"] },
  },
  sources: [
    {
      title: "PyTorch: Softmin",
      url: "https://docs.pytorch.org/docs/stable/generated/torch.nn.Softmin.html",
    },
  ],
};
