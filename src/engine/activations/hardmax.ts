import type { VectorActivation } from "../model.ts";

export const hardmax: VectorActivation = {
  shape: "vector",
  id: "hardmax",
  name: "Hardmax",
  parameters: [],
  tex: "\\begin{cases} 1 & i \\text{ is the first index of } \\max_j x_j \\\\ 0 & \\text{otherwise} \\end{cases}",
  meaning: "One-hot vector of the largest entry; it has no useful gradient.",
  names: { onnx: { strings: ["Hardmax(axis=-1)"] } },
  sources: [{ title: "ONNX: Hardmax", url: "https://onnx.ai/onnx/operators/onnx__Hardmax.html" }],
};
