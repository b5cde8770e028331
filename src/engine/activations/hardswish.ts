import type { ElementwiseActivation } from "../model.ts";
import { closedOpen } from "./intervals.ts";

/** SiLU with the hard sigmoid as its gate. Its gradient jumps at both corners: from 0 to -1/2, from 3/2 to 1. */
export const hardswish: ElementwiseActivation = {
  shape: "elementwise",
  id: "hardswish",
  name: "Hardswish",
  parameters: [],
  tex: "\\begin{cases} 0 & x \\le -3 \\\\ \\tfrac{x (x + 3)}{6} & -3 < x < 3 \\\\ x & x \\ge 3 \\end{cases}",
  meaning: "SiLU of cheap pieces for mobile devices: like ReLU it is exactly 0, but only from -3 down.",
  names: {
    pytorch: {
      layers: ["torch.nn.Hardswish(inplace=False)", "torch.ao.nn.quantized.Hardswish(scale, zero_point)"],
      functions: [
        "torch.nn.functional.hardswish(input, inplace=False)",
        "torch.ao.nn.quantized.functional.hardswish(input, scale, zero_point)",
      ],
    },
    keras: {
      functions: [
        "keras.activations.hard_silu(x)",
        "keras.activations.hard_swish(x)",
        "keras.ops.hard_silu(x)",
        "keras.ops.hard_swish(x)",
      ],
      strings: ["hard_silu", "hard_swish"],
    },
    jax: { functions: ["jax.nn.hard_silu(x)", "jax.nn.hard_swish(x)"] },
    flax: {
      functions: [
        "flax.linen.hard_silu(x)",
        "flax.linen.hard_swish(x)",
        "flax.nnx.hard_silu(x)",
        "flax.nnx.hard_swish(x)",
      ],
    },
    onnx: { strings: ["HardSwish"] },
    paddle: {
      layers: ["paddle.nn.Hardswish(name=None)"],
      functions: ["paddle.nn.functional.hardswish(x, name=None)", "paddle.fluid.layers.hard_swish(x)"],
      strings: ["hard_swish"],
    },
    mmcv: { strings: ["HSwish(inplace=False)"], layers: ["mmcv.cnn.HSwish(inplace=False)"] },
  },
  sources: [
    { title: "Howard et al. 2019, Searching for MobileNetV3", url: "https://arxiv.org/abs/1905.02244" },
  ],
  f(x) {
    if (x <= -3) return 0;
    return x >= 3 ? x : (x * (x + 3)) / 6;
  },
  gradient(x) {
    if (x <= -3) return 0;
    return x >= 3 ? 1 : (2 * x + 3) / 6;
  },
  kinks: () => [
    { x: -3, left: 0, right: -0.5, used: 0 },
    { x: 3, left: 1.5, right: 1, used: 1 },
  ],
  // The minimum lies at x = -3/2.
  range: () => closedOpen(-0.375, Infinity),
  monotonic: () => false,
  saturation: () => "left",
  zeroCentred: false,
  cost: "multiply",
  dies: () => true,
};
