import type { ElementwiseActivation } from "../model.ts";
import { normalCumulative, normalDensity } from "./erf.ts";
import { closedOpen } from "./intervals.ts";

/** Gaussian error linear unit, exact form. JAX and Flax compute the tanh form unless told `approximate=False`. */
export const gelu: ElementwiseActivation = {
  shape: "elementwise",
  id: "gelu",
  name: "GELU",
  parameters: [],
  tex: "x \\, \\Phi(x) = \\frac{x}{2} \\left(1 + \\operatorname{erf} \\frac{x}{\\sqrt{2}}\\right)",
  meaning: "Weights its input by the chance that a standard normal number is smaller; usual in transformers.",
  names: {
    pytorch: {
      layers: ["torch.nn.GELU(approximate='none')"],
      functions: ["torch.nn.functional.gelu(input, approximate='none')"],
      strings: ["gelu"],
    },
    keras: {
      functions: ["keras.activations.gelu(x, approximate=False)", "keras.ops.gelu(x, approximate: False)"],
      strings: ["gelu"],
    },
    tensorflow: {
      functions: [
        "tensorflow.nn.gelu(features, approximate=False, name=None)",
        "tensorflow_addons.activations.gelu(x, approximate=False)",
      ],
    },
    jax: { functions: ["jax.nn.gelu(x, approximate: False)"], layers: ["jax.example_libraries.stax.Gelu()"] },
    flax: { functions: ["flax.linen.gelu(x, approximate: False)", "flax.nnx.gelu(x, approximate: False)"] },
    tfjs: { strings: ["gelu"] },
    onnx: { strings: ["Gelu(approximate='none')"] },
    paddle: {
      layers: ["paddle.nn.GELU(approximate=False, name=None)"],
      functions: [
        "paddle.nn.functional.gelu(x, approximate=False, name=None)",
        "paddle.fluid.layers.gelu(x)",
      ],
      strings: ["gelu"],
    },
    mxnet: {
      layers: ["mxnet.gluon.nn.GELU()"],
      functions: [
        "mxnet.nd.LeakyReLU(data, gamma=None, act_type: 'gelu')",
        "mxnet.npx.leaky_relu(data, gamma=None, act_type: 'gelu')",
      ],
    },
    mmcv: { strings: ["GELU"] },
  },
  sources: [
    {
      title: "Hendrycks and Gimpel 2016, Gaussian Error Linear Units",
      url: "https://arxiv.org/abs/1606.08415",
    },
  ],
  f: (x) => x * normalCumulative(x),
  gradient: (x) => normalCumulative(x) + x * normalDensity(x),
  kinks: () => [],
  // The minimum lies at x = -0.75179.
  range: () => closedOpen(-0.16997120747990366, Infinity),
  monotonic: () => false,
  saturation: () => "left",
  zeroCentred: false,
  cost: "several",
  dies: () => false,
};
