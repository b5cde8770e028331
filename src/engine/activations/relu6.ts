import type { ElementwiseActivation } from "../model.ts";
import { closed } from "./intervals.ts";

/** ReLU cut off at 6, for low-precision arithmetic. At 6 itself TensorFlow.js alone passes the gradient on. */
export const relu6: ElementwiseActivation = {
  shape: "elementwise",
  id: "relu6",
  name: "ReLU6",
  parameters: [],
  tex: "\\min(\\max(0, x), 6)",
  meaning: "ReLU with outputs limited to 6, so that they fit the few bits of a mobile device.",
  names: {
    pytorch: {
      layers: ["torch.nn.ReLU6(inplace=False)", "torch.ao.nn.quantized.ReLU6(inplace=False)"],
      functions: ["torch.nn.functional.relu6(input, inplace=False)"],
    },
    keras: { functions: ["keras.activations.relu6(x)", "keras.ops.relu6(x)"], strings: ["relu6"] },
    tensorflow: { functions: ["tensorflow.nn.relu6(features, name=None)"] },
    jax: { functions: ["jax.nn.relu6(x)"] },
    flax: { functions: ["flax.linen.relu6(x)", "flax.nnx.relu6(x)"] },
    tfjs: { functions: ["tf.relu6(x)"], methods: ["relu6()"], strings: ["relu6"] },
    paddle: {
      layers: ["paddle.nn.ReLU6(name=None)"],
      functions: ["paddle.nn.functional.relu6(x, name=None)", "paddle.fluid.layers.relu6(x)"],
      strings: ["relu6"],
    },
    mmcv: { strings: ["ReLU6(inplace=False)"] },
  },
  sources: [
    { title: "Krizhevsky 2010, Convolutional Deep Belief Networks on CIFAR-10" },
    {
      title: "Sandler et al. 2018, MobileNetV2",
      url: "https://arxiv.org/abs/1801.04381",
    },
  ],
  f: (x) => Math.min(Math.max(x, 0), 6),
  gradient: (x) => (x > 0 && x < 6 ? 1 : 0),
  kinks: () => [
    { x: 0, left: 0, right: 1, used: 0 },
    { x: 6, left: 1, right: 0, used: 0, differs: { tfjs: 1 } },
  ],
  range: () => closed(0, 6),
  monotonic: () => true,
  saturation: () => "both",
  zeroCentred: false,
  cost: "compare",
  dies: () => true,
};
