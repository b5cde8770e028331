import type { VectorActivation } from "../model.ts";

/** Not elementwise: the output has twice as many channels as the input. */
export const crelu: VectorActivation = {
  shape: "vector",
  id: "crelu",
  name: "CReLU",
  parameters: [],
  tex: "\\left(\\max(0, x),\\ \\max(0, -x)\\right)",
  meaning: "ReLU of the input and of its negative side by side, so that no sign is lost and nothing dies.",
  names: { tensorflow: { functions: ["tensorflow.nn.crelu(features, axis=-1, name=None)"] } },
  sources: [
    {
      title: "Shang et al. 2016, Understanding and Improving CNNs via Concatenated Rectified Linear Units",
      url: "https://arxiv.org/abs/1603.05201",
    },
  ],
};
