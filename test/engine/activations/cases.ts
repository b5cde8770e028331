import { defaultParameters } from "../../../src/engine/activations/catalogue.ts";
import { activations } from "../../../src/engine/activations/index.ts";
import type { ElementwiseActivation, ParameterValues } from "../../../src/engine/model.ts";

/** Parameters besides the defaults under which every fact has to hold too. */
const variants: Readonly<Record<string, readonly ParameterValues[]>> = {
  relu: [
    { max_value: 4 },
    { max_value: 6 },
    { threshold: 1 },
    { negative_slope: 0.2 },
    { negative_slope: 0.25, max_value: 4, threshold: 1 },
    { threshold: -1 },
    { threshold: -1, max_value: 4 },
    { threshold: -1, max_value: 4, negative_slope: 0.2 },
    { negative_slope: -0.2 },
  ],
  leaky_relu: [
    { negative_slope: 0.2 },
    { negative_slope: 0 },
    { negative_slope: 1 },
    { negative_slope: -0.3 },
  ],
  prelu: [{ negative_slope: 0.7 }, { negative_slope: -0.2 }],
  rrelu: [
    { lower: 0.3, upper: 0.9 },
    { lower: 0, upper: 0 },
  ],
  elu: [{ alpha: 2 }, { alpha: 0 }, { alpha: -0.5 }],
  celu: [{ alpha: 0.3 }, { alpha: 3 }],
  quick_gelu: [{ alpha: 1 }],
  silu: [{ beta: 2.5 }, { beta: 0.2 }, { beta: 0 }, { beta: -1 }],
  softplus: [{ beta: 3 }, { threshold: 20 }, { beta: 0.5, threshold: 10 }],
  hardsigmoid: [{ slope: 0.2 }, { slope: 0.4, offset: 0.3 }],
  hardtanh: [
    { min_val: -2, max_val: 0.5 },
    { min_val: 0, max_val: 6 },
  ],
  threshold: [
    { threshold: 1, value: 5 },
    { threshold: 1, value: -2 },
    { threshold: -0.5, value: 0 },
  ],
  thresholded_relu: [{ theta: 0.3 }, { theta: -1 }],
  hardshrink: [{ lambd: 1.5 }, { lambd: 0 }],
  softshrink: [{ lambd: 1.5 }, { lambd: 0 }],
  squareplus: [{ b: 0.5 }],
  step: [{ alpha: 0.5 }, { alpha: -0.5 }],
  scaled_tanh: [{ alpha: 1, beta: 2 }],
};

export interface Case {
  readonly title: string;
  readonly activation: ElementwiseActivation;
  readonly parameters: ParameterValues;
  /** Whether these are the defaults: facts that take no parameters are about them. */
  readonly usual: boolean;
  f(x: number): number;
  gradient(x: number): number;
}

export const elementwise = activations.filter((entry) => entry.shape === "elementwise");

export const cases: readonly Case[] = elementwise.flatMap((activation) =>
  [{}, ...(variants[activation.id] ?? [])].map((overrides) => {
    const parameters = defaultParameters(activation, overrides);
    const given = Object.entries(overrides).map(([name, value]) => `${name}=${value}`);
    return {
      title: `${activation.id}(${given.join(", ")})`,
      activation,
      parameters,
      usual: given.length === 0,
      f: (x: number) => activation.f(x, parameters),
      gradient: (x: number) => activation.gradient(x, parameters),
    };
  }),
);

/** From -60 to 60, finer near 0, and symmetric. */
export const grid: readonly number[] = Array.from({ length: 1201 }, (_, index) => {
  const at = (index - 600) / 600;
  return 12 * at + 48 * at ** 3;
});
