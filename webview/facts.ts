/** What there is to know about the selected function. */
import { activationById } from "../src/engine/activations/catalogue.ts";
import type {
  Activation,
  Cost,
  ElementwiseActivation,
  FrameworkId,
  Kink,
  ParameterValues,
  Saturation,
} from "../src/engine/model.ts";
import { frameworkNames } from "../src/engine/words.ts";
import type { Section } from "./controls.ts";
import { isJump } from "./curves.ts";
import { spellings } from "./defaults.ts";
import { button, element, icon, refill } from "./dom.ts";
import { type Folded, folded } from "./folded.ts";
import { formatInterval, formatNumber } from "./format.ts";
import { formula } from "./formula.ts";
import type { Action } from "./state.ts";

const saturations: Readonly<Record<Saturation, string>> = {
  none: "Nowhere",
  left: "For large negative x",
  right: "For large positive x",
  both: "On both sides",
};

const costs: Readonly<Record<Cost, string>> = {
  compare: "One comparison",
  multiply: "A few multiplications",
  exponential: "One exponential",
  several: "Several transcendental functions",
};

export function createFacts(dispatch: (action: Action) => void, copy: (text: string) => void): Section {
  const node = element("section", { "aria-labelledby": "facts-title" });
  const spelled = folded("names", dispatch);
  const read = folded("sources", dispatch);
  let built: Activation | undefined;
  let numbers = "";
  let list: HTMLElement | undefined;
  return {
    node,
    update(state) {
      const shown = state.curves[state.selected];
      const activation = shown && activationById(shown.activation);
      node.hidden = !activation;
      if (!activation || !shown) return;
      spelled.update(state);
      read.update(state);
      const wanted = JSON.stringify(shown.parameters);
      if (activation === built && wanted === numbers) return;
      numbers = wanted;
      const before = list;
      list = activation.shape === "elementwise" ? properties(activation, shown.parameters) : undefined;
      // Of the same function only these depend on its numbers.
      if (activation === built) return before?.replaceWith(list ?? "");
      built = activation;
      refill(
        node,
        element("h2", { id: "facts-title" }, `About ${activation.name}`),
        formula(`f(x) = ${activation.tex}`.replace(/^f\(x\) = (?=f\s*\()/, ""), true),
        element("p", {}, activation.meaning),
        list,
        behind(spelled, "In each framework", names(activation, copy)),
        behind(read, "Sources", sources(activation)),
      );
    },
  };
}

function properties(activation: ElementwiseActivation, parameters: ParameterValues): HTMLElement {
  const rows: [string, string][] = [
    ["Range", formatInterval(activation.range(parameters))],
    ["Monotonic", activation.monotonic(parameters) ? "Yes" : "No"],
    ["Saturates", saturations[activation.saturation(parameters)]],
    ["Zero-centred", activation.zeroCentred ? "Yes" : "No"],
    ["Units can die", activation.dies(parameters) ? "Yes: no output and no gradient for negative x" : "No"],
    ["Cost", costs[activation.cost]],
    ...kinkRows(activation, parameters),
  ];
  return element(
    "dl",
    {},
    ...rows.flatMap(([term, text]) => [element("dt", {}, term), element("dd", {}, text)]),
  );
}

export function kinkRows(activation: ElementwiseActivation, parameters: ParameterValues): [string, string][] {
  return activation
    .kinks(parameters)
    .filter(isJump)
    .map(({ x, left, right, used, differs = {} }) => [
      `Gradient at ${formatNumber(x)}`,
      `Undefined: ${formatNumber(left)} from the left, ${formatNumber(right)} from the right; frameworks use ${formatNumber(used)}${exceptions(differs)}`,
    ]);
}

/** "; JAX and Flax use 1" */
function exceptions(differs: NonNullable<Kink["differs"]>): string {
  const byValue = new Map<number, string[]>();
  for (const [framework, value] of Object.entries(differs)) {
    const name = frameworkNames[framework as FrameworkId];
    byValue.set(value, [...(byValue.get(value) ?? []), name]);
  }
  const parts = [...byValue].map(([value, users]) => {
    const verb = users.length > 1 ? "use" : "uses";
    return `; ${users.join(" and ")} ${verb} ${formatNumber(value)}`;
  });
  return parts.join("");
}

/** With nothing behind it there is no summary. */
const behind = ({ fill }: Folded, label: string, content: HTMLElement | undefined) =>
  content && fill(label, content);

function names(activation: Activation, copy: (text: string) => void): HTMLElement | undefined {
  const rows = spellings(activation);
  if (rows.length === 0) return undefined;
  return element(
    "dl",
    { class: "names" },
    ...rows.flatMap(({ framework, code }) => [
      element("dt", {}, framework),
      element(
        "dd",
        {},
        element("code", {}, code),
        button(
          `Copy ${code}`,
          { class: "icon-button", title: "Copy", "data-key": `copy-${framework}` },
          () => copy(code),
          icon("copy"),
        ),
      ),
    ]),
  );
}

function sources(activation: Activation): HTMLElement | undefined {
  if (activation.sources.length === 0) return undefined;
  const items = activation.sources.map(({ title, url }) =>
    element("li", {}, url ? element("a", { href: url }, title) : title),
  );
  return element("ul", {}, ...items);
}
