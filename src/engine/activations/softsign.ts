import type { ElementwiseActivation } from "../model.ts";
import { open } from "./intervals.ts";

/** x / (1 + |x|): its gradient has no jump at 0, only its curvature. */
export const softsign: ElementwiseActivation = {
  shape: "elementwise",
  id: "softsign",
  name: "Softsign",
  parameters: [],
  tex: "\\frac{x}{1 + |x|}",
  meaning:
    "Like tanh, but it approaches its limits slowly, so that gradients fade by a power, not exponentially.",
  names: {
    pytorch: { layers: ["torch.nn.Softsign()"], functions: ["torch.nn.functional.softsign(input)"] },
    keras: {
      functions: ["keras.activations.softsign(x)", "keras.ops.softsign(x)", "keras.backend.softsign(x)"],
      strings: ["softsign"],
    },
    tensorflow: {
      functions: [
        "tensorflow.nn.softsign(features, name=None)",
        "tensorflow.math.softsign(features, name=None)",
      ],
    },
    jax: { functions: ["jax.nn.soft_sign(x)"] },
    flax: { functions: ["flax.linen.soft_sign(x)", "flax.nnx.soft_sign(x)"] },
    tfjs: { strings: ["softsign"] },
    onnx: { strings: ["Softsign"] },
    paddle: {
      layers: ["paddle.nn.Softsign(name=None)"],
      functions: ["paddle.nn.functional.softsign(x, name=None)", "paddle.fluid.layers.softsign(x)"],
      strings: ["softsign"],
    },
    mxnet: { functions: ["mxnet.nd.softsign(data)"], strings: ["softsign"] },
  },
  sources: [
    { title: "Bergstra et al. 2009, Quadratic Polynomials Learn Better Image Features" },
    {
      title: "PyTorch: Softsign",
      url: "https://docs.pytorch.org/docs/stable/generated/torch.nn.Softsign.html",
    },
  ],
  f: (x) => x / (1 + Math.abs(x)),
  gradient(x) {
    const whole = 1 + Math.abs(x);
    // Not by whole * whole, which overflows before the quotient is 0.
    return 1 / whole / whole;
  },
  kinks: () => [],
  range: () => open(-1, 1),
  monotonic: () => true,
  saturation: () => "both",
  zeroCentred: true,
  cost: "multiply",
  dies: () => false,
};
