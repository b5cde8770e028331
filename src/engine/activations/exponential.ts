import type { ElementwiseActivation } from "../model.ts";
import { open } from "./intervals.ts";

/** e^x as an activation, which only Keras calls one: `torch.exp` and its like are arithmetic, not listed here. */
export const exponential: ElementwiseActivation = {
  shape: "elementwise",
  id: "exponential",
  name: "Exponential",
  parameters: [],
  tex: "e^x",
  meaning: "Makes any number positive: for outputs such as rates; it grows too fast for hidden layers.",
  names: {
    keras: { functions: ["keras.activations.exponential(x)"], strings: ["exponential"] },
    jax: { layers: ["jax.example_libraries.stax.Exp()"] },
  },
  sources: [{ title: "Keras: activations", url: "https://keras.io/api/layers/activations/" }],
  f: Math.exp,
  gradient: Math.exp,
  kinks: () => [],
  range: () => open(0, Infinity),
  monotonic: () => true,
  saturation: () => "left",
  zeroCentred: false,
  cost: "exponential",
  dies: () => false,
};
