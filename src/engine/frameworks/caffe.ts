/** Caffe's nets in Python (NetSpec): `L.ReLU(conv, in_place=True)`. https://caffe.berkeleyvision.org/tutorial/layers.html */
import type { Framework } from "./framework.ts";

export const caffe: Framework = {
  id: "caffe",
  roots: ["caffe"],
  canonical(symbol) {
    if (symbol !== "caffe" && !symbol.startsWith("caffe.")) return undefined;
    return symbol.replace(/^caffe\.net_spec\.layers\./, "caffe.layers.");
  },
  activationArguments: {},
  layers: {},
  optimisers: {},
};
