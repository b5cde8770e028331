/** What if: other settings of the network, the estimate with them, and the way back into the code. */
import type { Network } from "../src/engine/model.ts";
import type { WhatIf } from "../src/engine/risk/whatIf.ts";
import type { Section } from "./controls.ts";
import { button, element, icon, refill } from "./dom.ts";
import { estimatesOf } from "./estimate.ts";
import { formatNumber, plural } from "./format.ts";
import type { Action, PreviewState } from "./state.ts";
import { comparison, summary } from "./whatIfResult.ts";
import { type Choice, choices, currentChoice, hiddenLayers, type Listed, slopeOf } from "./whatIfSettings.ts";

export interface WhatIfActions {
  readonly dispatch: (action: Action) => void;
  readonly write: (setting: keyof WhatIf) => void;
}

interface Row {
  readonly setting: keyof WhatIf;
  readonly node: HTMLElement;
  /** Set where another row stands for the setting as a whole. */
  readonly isPart?: true;
  update(state: PreviewState, model: Network): void;
}

export function createWhatIf({ dispatch, write }: WhatIfActions): Section {
  const set = (settings: WhatIf) => dispatch({ type: "what-if", settings });
  /** What is no change is the code's: nothing is tried out then. */
  const pick = (setting: keyof WhatIf, settings: WhatIf) =>
    setting in settings ? set(settings) : dispatch({ type: "as-in-code", setting });
  const rows: readonly Row[] = [
    learningRate(set),
    ...(["weights", "bias", "normalisation", "activation"] as const).map((setting) => list(setting, pick)),
    slope(set),
    ...(["inputScale", "clipNorm"] as const).map((setting) => list(setting, pick)),
    width(pick),
    depth(pick),
  ];
  const framed = rows.map((row) => ({ ...row, ...frame(row, dispatch, write) }));
  const result = element("div");
  const words = element("p", { class: "summary", role: "status" });
  const reset = button("All as in the code", { class: "secondary", "data-key": "what-if-reset" }, () =>
    dispatch({ type: "as-in-code" }),
  );
  reset.prepend(icon("reset"));
  const node = element(
    "section",
    { class: "what-if", "aria-labelledby": "what-if-title" },
    element("h2", { id: "what-if-title" }, "What if"),
    words,
    result,
    element("div", { class: "settings" }, ...framed.map((row) => row.outer)),
    reset,
  );
  return {
    node,
    update(state) {
      const model = state.strip?.model;
      node.hidden = !model;
      if (!model) return;
      const estimates = estimatesOf(state);
      words.textContent = summary(estimates);
      refill(result, comparison(estimates));
      reset.hidden = !estimates.isTried;
      for (const row of framed) row.update(state, model);
      for (const row of framed) row.tell(state);
    },
  };
}

/** The row with what stands behind it: back to the code's value, or into the code. A part of a setting has neither. */
function frame(
  { setting, node, isPart }: Row,
  dispatch: WhatIfActions["dispatch"],
  write: WhatIfActions["write"],
) {
  const back = button(
    "As in the code",
    { class: "icon-button", "data-key": `back-${setting}`, title: "As in the code" },
    () => dispatch({ type: "as-in-code", setting }),
  );
  back.replaceChildren(icon("reset"));
  back.setAttribute("aria-label", `${names[setting]}: as in the code`);
  const into = button("Write to the code", { class: "primary", "data-key": `write-${setting}` }, () =>
    write(setting),
  );
  const outer = element("div", { class: "setting" }, node, !isPart && back, !isPart && into);
  const tell = ({ whatIf, writable }: PreviewState) => {
    const fix = writable.find((one) => one.setting === setting);
    const isSet = setting in whatIf;
    outer.hidden = node.hidden;
    outer.classList.toggle("tried", setting in whatIf);
    // Kept in its place, so that nothing moves under the pointer.
    back.classList.toggle("absent", !isSet);
    back.disabled = !isSet;
    into.hidden = !fix || !isSet;
    into.title = fix?.title ?? "";
    into.setAttribute("aria-label", `Write to the code: ${fix?.title ?? ""}`);
  };
  return { outer, tell };
}

const names: Readonly<Record<keyof WhatIf, string>> = {
  learningRate: "Learning rate",
  weights: "Initialiser",
  bias: "Biases",
  normalisation: "Normalisation",
  activation: "Activation",
  inputScale: "Input",
  clipNorm: "Clipping",
  width: "Width",
  depth: "Depth",
};

type Set = (settings: WhatIf) => void;
type Pick = (setting: keyof WhatIf, settings: WhatIf) => void;

function list(setting: Listed, pick: Pick): Row {
  const select = element("select", { id: `what-if-${setting}`, "data-key": `what-if-${setting}` });
  let options: readonly Choice[] = [];
  select.addEventListener("change", () => {
    const chosen = options[select.selectedIndex];
    if (chosen) pick(setting, chosen.settings);
  });
  let built: Network | undefined;
  return {
    setting,
    node: element("label", { class: "control" }, element("span", {}, names[setting]), select),
    update({ whatIf }, model) {
      if (built !== model) {
        built = model;
        const before = titlesOf(options);
        options = choices(setting, model);
        // Each key brings a new model, and seldom other choices.
        if (titlesOf(options) !== before) {
          select.replaceChildren(...options.map(({ title }) => element("option", {}, title)));
        }
      }
      select.selectedIndex = currentChoice(setting, options, whatIf);
    },
  };
}

const titlesOf = (options: readonly Choice[]): string => options.map(({ title }) => title).join("\n");

interface Slider {
  readonly setting: keyof WhatIf;
  readonly label: string;
  readonly key: string;
}

function slider({ setting, label, key }: Slider, onInput: (value: number) => void) {
  const input = element("input", { type: "range", "data-key": `what-if-${key}` });
  const output = element("output", {});
  input.addEventListener("input", () => onInput(input.valueAsNumber));
  const node = element(
    "label",
    { class: "control" },
    element("span", {}, label),
    element("span", { class: "slider" }, input, output),
  );
  const show = (range: { min: number; max: number; step: number }, value: number, text: string) => {
    for (const [name, bound] of Object.entries(range)) input.setAttribute(name, String(bound));
    input.valueAsNumber = value;
    input.setAttribute("aria-valuetext", text);
    output.textContent = text;
  };
  return { setting, node, show };
}

/** To two digits: 0.0032. */
const rounded = (value: number): number => Number(value.toPrecision(2));

function learningRate(set: Set): Row {
  const { show, ...row } = slider(
    { setting: "learningRate", label: names.learningRate, key: "learningRate" },
    (power) => set({ learningRate: rounded(10 ** power) }),
  );
  return {
    ...row,
    update({ whatIf }, model) {
      const own = Math.log10(model.learningRate.value);
      const rate = whatIf.learningRate ?? model.learningRate.value;
      const range = { min: Math.min(-6, Math.floor(own)), max: Math.max(1, Math.ceil(own)), step: 0.1 };
      show(range, Math.log10(rate), formatNumber(rate));
    },
  };
}

function slope(set: Set): Row {
  const { show, ...row } = slider({ setting: "activation", label: "Slope", key: "slope" }, (value) =>
    set({ activation: { id: "leaky_relu", parameters: { negative_slope: value } } }),
  );
  return {
    ...row,
    isPart: true,
    update({ whatIf }) {
      const value = slopeOf(whatIf);
      row.node.hidden = value === undefined;
      if (value !== undefined) show({ min: 0, max: 1, step: 0.01 }, value, formatNumber(value));
    },
  };
}

function width(pick: Pick): Row {
  const { show, ...row } = slider({ setting: "width", label: names.width, key: "width" }, (power) =>
    pick("width", power === 0 ? {} : { width: 2 ** power }),
  );
  return {
    ...row,
    update({ whatIf }, model) {
      const factor = whatIf.width ?? 1;
      const [first, ...others] = hiddenLayers(model).map(({ units }) => units);
      const units = first && Math.max(1, Math.round(first * factor));
      const isEven = others.every((each) => each === first);
      const text = units ? `: ${isEven ? plural(units, "unit") : `first ${units}`}` : "";
      show({ min: -4, max: 4, step: 0.5 }, Math.log2(factor), `× ${formatNumber(factor, 2)}${text}`);
    },
  };
}

function depth(pick: Pick): Row {
  let count = 1;
  const { show, ...row } = slider({ setting: "depth", label: names.depth, key: "depth" }, (layers) =>
    pick("depth", layers === count ? {} : { depth: layers / count }),
  );
  return {
    ...row,
    update({ whatIf }, model) {
      count = Math.max(1, hiddenLayers(model).length);
      const layers = Math.max(1, Math.round(count * (whatIf.depth ?? 1)));
      const text = `${layers} hidden layer${layers === 1 ? "" : "s"}`;
      show({ min: 1, max: Math.max(12, 2 * count), step: 1 }, layers, text);
    },
  };
}
