import type { ActivationParameter, ElementwiseActivation } from "../model.ts";
import { open } from "./intervals.ts";
import { tanhSlope } from "./numerics.ts";
import { numberOf } from "./parameters.ts";

const alpha: ActivationParameter = {
  name: "alpha",
  aliases: [],
  symbol: "\\alpha",
  default: 1.7159,
  minimum: 0.1,
  maximum: 3,
  meaning: "Height. ONNX has no default; this is LeCun's.",
};

const beta: ActivationParameter = {
  name: "beta",
  aliases: [],
  symbol: "\\beta",
  default: 2 / 3,
  minimum: 0.1,
  maximum: 3,
  meaning: "Steepness. ONNX has no default; this is LeCun's.",
};

/** LeCun's tanh, with f(1) = 1; in ONNX an activation of recurrent layers. */
export const scaledTanh: ElementwiseActivation = {
  shape: "elementwise",
  id: "scaled_tanh",
  name: "Scaled tanh",
  parameters: [alpha, beta],
  tex: "\\alpha \\tanh(\\beta x)",
  meaning: "Tanh stretched so that inputs of unit variance stay clear of its flat ends.",
  names: { onnx: { strings: ["ScaledTanh(alpha, beta)"] } },
  sources: [
    { title: "LeCun et al. 1998, Efficient BackProp" },
    { title: "ONNX: LSTM", url: "https://onnx.ai/onnx/operators/onnx__LSTM.html" },
  ],
  f: (x, parameters) => numberOf(alpha, parameters) * Math.tanh(numberOf(beta, parameters) * x),
  gradient(x, parameters) {
    const steepness = numberOf(beta, parameters);
    return numberOf(alpha, parameters) * steepness * tanhSlope(steepness * x);
  },
  kinks: () => [],
  range(parameters) {
    const height = Math.abs(numberOf(alpha, parameters));
    return open(-height, height);
  },
  monotonic: () => true,
  saturation: () => "both",
  zeroCentred: true,
  cost: "exponential",
  dies: () => false,
};
