/** Sliders and number fields for the selected function's parameters. */
import { activationById } from "../src/engine/activations/catalogue.ts";
import type { Activation, ActivationParameter } from "../src/engine/model.ts";
import { frameworkNames } from "../src/engine/words.ts";
import { type FrameworkDefault, frameworkDefaults, isOffered } from "./defaults.ts";
import { button, element, icon, refill } from "./dom.ts";
import { type Folded, folded } from "./folded.ts";
import { formatNumber, plural } from "./format.ts";
import { formula } from "./formula.ts";
import { niceStep } from "./plot/scale.ts";
import { type Action, original, type PreviewState, sameParameters } from "./state.ts";

type Dispatch = (action: Action) => void;

export interface Section {
  readonly node: HTMLElement;
  update(state: PreviewState): void;
}

/** Rebuilt only when another function is selected: a slider must not be replaced while it is dragged. */
export function createControls(dispatch: Dispatch): Section {
  const fields = element("div", { class: "parameters" });
  const reset = button("Back to the code's values", { class: "secondary", "data-key": "reset" }, () =>
    dispatch({ type: "reset" }),
  );
  const node = element(
    "section",
    { "aria-labelledby": "parameters-title" },
    element("h2", { id: "parameters-title" }, "Parameters"),
    fields,
    reset,
  );
  const rare = folded("parameters", dispatch);
  let built = "";
  let updates: readonly ((state: PreviewState) => void)[] = [];
  return {
    node,
    update(state) {
      const shown = state.curves[state.selected];
      const activation = shown && activationById(shown.activation);
      node.hidden = activation?.shape !== "elementwise" || activation.parameters.length === 0;
      if (node.hidden || !activation || !shown) return;
      const before = original(state, state.selected);
      const wanted = JSON.stringify([state.selected, before, state.site?.defaulted, state.site?.framework]);
      if (wanted !== built) {
        built = wanted;
        const made = activation.parameters.map((parameter) => field(state, activation, parameter, dispatch));
        refill(
          fields,
          ...groups(
            activation,
            state,
            made.map((each) => each.node),
            rare,
          ),
        );
        updates = made.map((each) => each.update);
      }
      rare.update(state);
      for (const update of updates) update(state);
      const fromCode = state.selected === 0 && state.site !== null;
      reset.replaceChildren(icon("reset"), fromCode ? "Back to the code’s values" : "Back to the defaults");
      reset.hidden = sameParameters(shown.parameters, before.parameters);
    },
  };
}

/** Parameters that this code's framework does not have stand apart: they can be tried, but not written. */
function groups(
  activation: Activation,
  state: PreviewState,
  nodes: readonly HTMLElement[],
  rare: Folded,
): HTMLElement[] {
  const framework = state.selected === 0 ? state.site?.framework : undefined;
  if (!framework) return [...nodes];
  const offered = activation.parameters.map((parameter) => isOffered(activation, parameter, framework));
  const own = nodes.filter((_, index) => offered[index]);
  const others = nodes.filter((_, index) => !offered[index]);
  if (others.length === 0) return own;
  const title = `${plural(others.length, "parameter")} that ${frameworkNames[framework]} does not have`;
  return [...own, rare.fill(title, ...others)];
}

interface Mark {
  readonly value: number;
  readonly text: string;
  readonly own: boolean;
}

function field(
  state: PreviewState,
  activation: Activation,
  parameter: ActivationParameter,
  dispatch: Dispatch,
): Section {
  const { name, meaning } = parameter;
  const id = `parameter-${name}`;
  const set = (value: number) => {
    if (Number.isFinite(value)) dispatch({ type: "parameter", name, value });
  };
  const start = original(state, state.selected).parameters[name] ?? parameter.default;
  const minimum = Math.min(parameter.minimum, start);
  const maximum = Number.isFinite(start) ? Math.max(parameter.maximum, start) : parameter.maximum;
  const step = niceStep((maximum - minimum) / 200);
  const slider = element("input", {
    type: "range",
    id,
    min: minimum,
    max: maximum,
    step,
    "aria-describedby": `${id}-meaning`,
  });
  const number = element("input", {
    type: "number",
    step: "any",
    "aria-label": name,
    "data-key": `${id}-number`,
  });
  slider.addEventListener("input", () => set(slider.valueAsNumber));
  number.addEventListener("input", () => set(number.valueAsNumber));
  let written: number | undefined;
  const write = (value: number) => {
    written = value;
    number.value = Number.isFinite(value) ? String(Number(value.toPrecision(6))) : "";
    number.placeholder = formatNumber(value);
  };
  // What was no number when it was left is none.
  number.addEventListener("blur", () => {
    if (written !== undefined && number.valueAsNumber !== written) write(written);
  });
  const marks = marksOf(state, activation, parameter, start);
  const buttons = marks.map((mark) => ({ mark, node: markButton(mark, name, set) }));
  const track = element(
    "div",
    { class: "track" },
    slider,
    ...marks.map((mark) => tick(mark, minimum, maximum)),
  );
  const node = element(
    "div",
    { class: "field" },
    element("label", { for: id }, element("code", {}, name), " ", formula(parameter.symbol, false)),
    number,
    track,
    element("div", { class: "marks" }, ...buttons.map((each) => each.node)),
    element("p", { class: "hint", id: `${id}-meaning` }, meaning),
  );
  return {
    node,
    update(next) {
      const value = next.curves[next.selected]?.parameters[name] ?? parameter.default;
      // An infinite default stands at the end of the slider, and in the field as what it is.
      slider.valueAsNumber = Math.min(maximum, Math.max(minimum, value));
      slider.setAttribute("aria-valuetext", formatNumber(value));
      // Not while it is typed into, whoever asks for the redraw: "0." must not become "0", nor "-" what was before.
      if (document.activeElement === number && (number.valueAsNumber === value || written === value)) {
        written = value;
      } else write(value);
      for (const each of buttons) each.node.setAttribute("aria-pressed", String(each.mark.value === value));
    },
  };
}

/** The code's own number first, then what each framework fills in. */
function marksOf(
  state: PreviewState,
  activation: Activation,
  parameter: ActivationParameter,
  start: number,
): Mark[] {
  const defaults = frameworkDefaults(activation, parameter);
  const marks = defaults.map((each) => ({ value: each.value, text: users(each), own: false }));
  if (state.selected !== 0 || !state.site) return marks;
  const written = !state.site.defaulted.includes(parameter.name);
  const byDefault = `this code, by ${frameworkNames[state.site.framework]}’s default`;
  const also = defaults.find(({ value }) => value === start);
  const text = written ? ["this code", ...(also?.usedBy ?? [])].join(", ") : byDefault;
  return [{ value: start, text, own: true }, ...marks.filter(({ value }) => value !== start)].filter(
    ({ value }) => Number.isFinite(value),
  );
}

const users = ({ usedBy }: FrameworkDefault): string => usedBy.join(", ");

function markButton(mark: Mark, name: string, set: (value: number) => void): HTMLButtonElement {
  return button(
    `${name} ${formatNumber(mark.value)}: ${mark.text}`,
    { class: mark.own ? "mark own" : "mark", "data-key": `mark-${name}-${mark.value}` },
    () => set(mark.value),
    element("b", {}, formatNumber(mark.value)),
    ` ${mark.text}`,
  );
}

function tick({ value, own }: Mark, minimum: number, maximum: number): HTMLElement {
  const node = element("span", { class: own ? "tick own" : "tick", "aria-hidden": "true" });
  node.style.setProperty("--at", String((value - minimum) / (maximum - minimum)));
  return node;
}
