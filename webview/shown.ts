/** The state's curves resolved against the catalogue: what every part of the page draws from. */
import { activationById } from "../src/engine/activations/catalogue.ts";
import type { ElementwiseActivation, ParameterValues } from "../src/engine/model.ts";
import { formatNumber } from "./format.ts";
import type { PreviewState } from "./state.ts";
import { dashOf, type Theme } from "./theme.ts";

export interface ShownCurve {
  /** Place in the state's list: names the curve to `select` and `remove`. */
  readonly index: number;
  readonly activation: ElementwiseActivation;
  readonly parameters: ParameterValues;
  /** "Leaky ReLU 0.2", "ReLU max_value 6": of several parameters those that are not as usual. */
  readonly label: string;
  readonly colour: string;
  readonly dash: readonly number[];
  readonly selected: boolean;
}

export function shownCurves(state: PreviewState, theme: Theme): readonly ShownCurve[] {
  return state.curves.flatMap(({ activation: id, parameters }, index) => {
    const activation = activationById(id);
    if (activation?.shape !== "elementwise") return [];
    return {
      index,
      activation,
      parameters,
      label: curveLabel(activation, parameters),
      colour: theme.colours[index % theme.colours.length]!,
      dash: dashOf(theme, index),
      selected: index === state.selected,
    };
  });
}

export function curveLabel(activation: ElementwiseActivation, parameters: ParameterValues): string {
  const alone = activation.parameters.length === 1;
  const values = activation.parameters.flatMap(({ name, default: usual }) => {
    const value = parameters[name] ?? usual;
    if (alone) return formatNumber(value, 3);
    return value === usual ? [] : `${name} ${formatNumber(value, 3)}`;
  });
  return [activation.name, values.join(", ")].filter(Boolean).join(" ");
}
