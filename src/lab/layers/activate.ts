import { activationById, defaultParameters } from "../../engine/activations/catalogue.ts";
import type { LabActivation } from "../spec.ts";
import { type Module, type Parameter, parameter, reusable } from "../tensor.ts";

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

/** What all have in common. The loops are their own: a call for each entry costs more than what most of them do. */
function pointwise(
  fill: (data: Float32Array, input: Float32Array) => void,
  fillBack: (dx: Float32Array, dy: Float32Array, input: Float32Array) => void,
  parameters: readonly Parameter[] = [],
): Module {
  const [output, back] = [reusable(), reusable()];
  let input: Float32Array = new Float32Array(0);
  return {
    parameters,
    forward(x) {
      input = x.data;
      const data = output(input.length);
      fill(data, input);
      return { ...x, data };
    },
    backward(dy) {
      const dx = back(dy.length);
      fillBack(dx, dy, input);
      return dx;
    },
  };
}

const elementwise = (f: (x: number) => number, gradient: (x: number) => number): Module =>
  pointwise(
    (data, input) => {
      for (let i = 0; i < data.length; i++) data[i] = f(input[i]!);
    },
    (dx, dy, input) => {
      for (let i = 0; i < dx.length; i++) dx[i] = dy[i]! * gradient(input[i]!);
    },
  );

/** ReLU and Leaky ReLU, most of what is trained here, without a call for each entry. */
const rectifier = (slope: number): Module =>
  pointwise(
    (data, input) => {
      for (let i = 0; i < data.length; i++) {
        const value = input[i]!;
        // A NaN goes on, as it does in the frameworks: comparing it gives false. 0 times infinity would make one.
        data[i] = value <= 0 ? (slope === 0 ? 0 : slope * value) : value;
      }
    },
    (dx, dy, input) => {
      for (let i = 0; i < dx.length; i++) dx[i] = input[i]! > 0 ? dy[i]! : slope === 0 ? 0 : slope * dy[i]!;
    },
  );

function learned(initial: number): Module {
  const slope = parameter(1, initial);
  return pointwise(
    (data, input) => {
      for (let i = 0; i < data.length; i++)
        data[i] = input[i]! <= 0 ? slope.value[0]! * input[i]! : input[i]!;
    },
    (dx, dy, input) => {
      let bySlope = 0;
      for (let i = 0; i < dx.length; i++) {
        if (input[i]! > 0) dx[i] = dy[i]!;
        else {
          dx[i] = slope.value[0]! * dy[i]!;
          bySlope += dy[i]! * input[i]!;
        }
      }
      slope.gradient[0] = bySlope;
    },
    [slope],
  );
}
