import { activationById, defaultParameters } from "../../src/engine/activations/catalogue.ts";
import type { ElementwiseActivation, ParameterValues } from "../../src/engine/model.ts";

/** A file of one of the scripts beside it. Numbers that JSON lacks are strings: "nan", "inf", "-inf". */
export interface Reference {
  readonly versions: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
}

interface Case {
  readonly activation: string;
  readonly parameters: Readonly<Record<string, number | undefined>>;
  readonly x: readonly number[];
  readonly f: readonly (number | string)[];
  readonly gradient: readonly (number | string)[];
}

export function numberIn(value: number | string | undefined): number {
  if (typeof value === "number") return value;
  return value === "inf" ? Infinity : value === "-inf" ? -Infinity : Number.NaN;
}

export function elementwise(id: string): ElementwiseActivation {
  const activation = activationById(id);
  if (activation?.shape !== "elementwise") throw new Error(`no elementwise activation ${id}`);
  return activation;
}

export interface Point {
  readonly activation: ElementwiseActivation;
  readonly parameters: ParameterValues;
  readonly x: number;
  readonly quantity: "f" | "gradient";
  readonly theirs: number;
  readonly ours: number;
}

/** Every number of a case beside the catalogue's. */
export function pointsOf(found: Case): readonly Point[] {
  const activation = elementwise(found.activation);
  const given = Object.entries(found.parameters).filter(
    (pair): pair is [string, number] => pair[1] !== undefined,
  );
  const parameters = defaultParameters(activation, Object.fromEntries(given));
  return (["f", "gradient"] as const).flatMap((quantity) =>
    found.x.map((x, index) => ({
      activation,
      parameters,
      x,
      quantity,
      theirs: numberIn(found[quantity][index]),
      ours: activation[quantity](x, parameters),
    })),
  );
}
