import { activationById, defaultParameters } from "../../engine/activations/catalogue.ts";
import type { LabActivation } from "../spec.ts";
import { type Module, parameter, reusable } from "../tensor.ts";

/** Applies an activation of the catalogue. PReLU learns one slope for the layer, as PyTorch's does. */
export function activate({ id, parameters }: LabActivation): Module {
  const activation = activationById(id);
  if (activation?.shape !== "elementwise") throw new Error(`no function of single numbers: ${id}`);
  const values = defaultParameters(activation, parameters);
  const slope = values.negative_slope ?? 0;
  if (id === "prelu") return learned(slope);
  const isPlainRelu = id === "relu" && slope === 0 && Object.keys(parameters).length === 0;
  if (isPlainRelu || id === "leaky_relu") return rectifier(isPlainRelu ? 0 : slope);
  return elementwise(
    (x) => activation.f(x, values),
    (x) => activation.gradient(x, values),
  );
}

function elementwise(f: (x: number) => number, gradient: (x: number) => number): Module {
  const [output, back] = [reusable(), reusable()];
  let input: Float32Array = new Float32Array(0);
  return {
    parameters: [],
    forward(x) {
      input = x.data;
      const data = output(input.length);
      for (let i = 0; i < data.length; i++) data[i] = f(input[i]!);
      return { ...x, data };
    },
    backward(dy) {
      const dx = back(dy.length);
      for (let i = 0; i < dx.length; i++) dx[i] = dy[i]! * gradient(input[i]!);
      return dx;
    },
  };
}

/** ReLU and Leaky ReLU, most of what is trained here, without a call for each entry. */
function rectifier(slope: number): Module {
  const [output, back] = [reusable(), reusable()];
  let input: Float32Array = new Float32Array(0);
  return {
    parameters: [],
    forward(x) {
      input = x.data;
      const data = output(input.length);
      for (let i = 0; i < data.length; i++) {
        const value = input[i]!;
        // A NaN goes on, as it does in the frameworks: comparing it gives false. 0 times infinity would make one.
        data[i] = value <= 0 ? (slope === 0 ? 0 : slope * value) : value;
      }
      return { ...x, data };
    },
    backward(dy) {
      const dx = back(dy.length);
      for (let i = 0; i < dx.length; i++) dx[i] = input[i]! > 0 ? dy[i]! : slope === 0 ? 0 : slope * dy[i]!;
      return dx;
    },
  };
}

function learned(initial: number): Module {
  const slope = parameter(1, initial);
  const [output, back] = [reusable(), reusable()];
  let input: Float32Array = new Float32Array(0);
  return {
    parameters: [slope],
    forward(x) {
      input = x.data;
      const data = output(input.length);
      for (let i = 0; i < data.length; i++)
        data[i] = input[i]! <= 0 ? slope.value[0]! * input[i]! : input[i]!;
      return { ...x, data };
    },
    backward(dy) {
      const dx = back(dy.length);
      let bySlope = 0;
      for (let i = 0; i < dx.length; i++) {
        if (input[i]! > 0) dx[i] = dy[i]!;
        else {
          dx[i] = slope.value[0]! * dy[i]!;
          bySlope += dy[i]! * input[i]!;
        }
      }
      slope.gradient[0] = bySlope;
      return dx;
    },
  };
}
