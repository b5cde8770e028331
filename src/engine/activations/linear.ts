import type { ElementwiseActivation } from "../model.ts";
import { reals } from "./intervals.ts";

export const linear: ElementwiseActivation = {
  shape: "elementwise",
  id: "linear",
  name: "Linear (identity)",
  parameters: [],
  tex: "x",
  meaning: "Passes its input on unchanged: what a layer without an activation does.",
  names: {
    pytorch: { layers: ["torch.nn.Identity()"] },
    keras: {
      layers: ["keras.layers.Identity()"],
      functions: ["keras.activations.linear(x)"],
      strings: ["linear"],
    },
    jax: { functions: ["jax.nn.identity(x)"] },
    flax: { functions: ["flax.nnx.identity(x)"] },
    tfjs: { strings: ["linear"] },
    onnx: { strings: ["Identity"] },
    paddle: { layers: ["paddle.nn.Identity()"] },
    mxnet: { layers: ["mxnet.gluon.nn.Identity()"] },
    sklearn: { strings: ["identity"] },
    mmcv: { strings: ["Identity"] },
  },
  sources: [{ title: "Keras: activations", url: "https://keras.io/api/layers/activations/" }],
  f: (x) => x,
  gradient: () => 1,
  kinks: () => [],
  range: () => reals,
  monotonic: () => true,
  saturation: () => "none",
  zeroCentred: true,
  cost: "compare",
  dies: () => false,
};
