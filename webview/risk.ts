/** The risk of this layer and its network: the three mechanisms apart, in words and ranges. */
import type { LayerRisk, Risk } from "../src/engine/model.ts";
import { rangeWords, shareWords } from "../src/engine/words.ts";
import type { ShownFinding, ShownNetwork, ShownSite } from "../src/protocol.ts";
import type { Section } from "./controls.ts";
import { button, element, refill } from "./dom.ts";
import { estimatesOf, layerRisk, settingsFor } from "./estimate.ts";
import { type Folded, folded } from "./folded.ts";
import { formatNumber, plural } from "./format.ts";
import type { Action, PreviewState } from "./state.ts";

export function createRisk(dispatch: (action: Action) => void): Section {
  const title = element("h2", { id: "risk-title" });
  const told = element("div");
  const estimate = element("div", { class: "estimate" });
  const node = element("section", { "aria-labelledby": "risk-title" }, title, told, estimate);
  const assumed = folded("assumptions", dispatch);
  let now: PreviewState;
  const tryOut = (factor: string) => {
    const settings = settingsFor(now, factor);
    if (settings) dispatch({ type: "what-if", settings });
  };
  const [hasNewFindings, hasNewEstimate] = [changes(), changes()];
  return {
    node,
    update(state) {
      now = state;
      assumed.update(state);
      const { site } = state;
      const { shown, isTried } = estimatesOf(state);
      node.hidden = !site || (!site.network && (site.findings ?? []).length === 0);
      if (!site || node.hidden) return;
      // Every message brings new objects, and seldom other words: what is being pressed must not be replaced.
      if (hasNewFindings(site.findings)) told.replaceChildren(...(site.findings ?? []).map(finding));
      const { network: around, layers } = site;
      if (!hasNewEstimate([around, layers, shown, isTried, state.strip?.model != null])) return;
      title.replaceChildren(
        "Risk in this network",
        ...(isTried ? [element("span", { class: "badge quiet" }, "what if")] : []),
      );
      refill(estimate, ...(around ? network(state, site, { ...around, risk: shown }, assumed, tryOut) : []));
    },
  };
}

/** Whether plain data is other than it was at the last call. */
function changes(): (data: unknown) => boolean {
  let before: string | undefined;
  return (data) => {
    const now = JSON.stringify(data);
    const isNew = now !== before;
    before = now;
    return isNew;
  };
}

function finding({ severity, message, evidence }: ShownFinding): HTMLElement {
  const list = evidence.length > 0 && element("ul", {}, ...evidence.map((text) => element("li", {}, text)));
  return element("div", { class: `finding ${severity}` }, element("p", {}, message), list);
}

function network(
  state: PreviewState,
  site: ShownSite,
  shown: ShownNetwork,
  assumed: Folded,
  tryOut: (factor: string) => void,
): (HTMLElement | false)[] {
  const { risk } = shown;
  if (!risk) return [element("p", { class: "hint" }, unknown(shown))];
  const own = site.layers.filter((layer) => layer.risk !== null);
  const tried = own.flatMap(({ position, risk: told }) =>
    state.strip?.model ? (layerRisk(state, position - 1) ?? []) : (told ?? []),
  );
  return [
    own.length > 0 && element("p", {}, position(site, shown)),
    tried.length > 0 && mechanisms(tried),
    element("p", { class: "hint" }, overall(shown, risk)),
    bars(risk, new Set(own.map((layer) => layer.position))),
    risk.counterfactuals.length > 0 && singleChanges(risk, state, tryOut),
    risk.assumptions.length > 0 && assumptions(risk, assumed),
  ];
}

export function unknown({ name, gaps, pretrained }: ShownNetwork): string {
  if (pretrained)
    return `No estimate for ${name}: its weights are pretrained, so its initialiser says nothing.`;
  if (gaps.length === 0) return `No estimate for ${name}: it has no hidden units that can die.`;
  return `No estimate for ${name}: a part of it could not be read from this file. Not read: ${gaps.join("; ")}.`;
}

/** Sites and layers are counted apart: one site in a loop may be ten layers. */
function position({ layers }: ShownSite, { name }: ShownNetwork): string {
  const { count } = layers[0]!;
  if (layers.length > 1)
    return `This line serves ${layers.length} of the ${plural(count, "layer")} of ${name}.`;
  const { position: at, units, kind } = layers[0]!;
  const what = units === null ? "" : `: ${plural(units, kind === "conv" ? "channel" : "unit")}`;
  return `Layer ${at} of ${count} in ${name}${what}.`;
}

/** The worst of the layers that this line serves. */
function mechanisms(risks: readonly LayerRisk[]): HTMLElement {
  const most = (pick: (risk: LayerRisk) => number) => Math.max(...risks.map(pick));
  const atInit = most((risk) => risk.deadAtInit);
  const after = most((risk) => risk.deadAfterTraining);
  const rows: [string, string][] = [
    ["Dead units", `${shareWords(atInit)} at the start, ${shareWords(after)} after training`],
    ["Step size", stepWords(most((risk) => risk.stepSize))],
    ["Signal", signalWords(most((risk) => risk.correlation))],
  ];
  return element(
    "dl",
    {},
    ...rows.flatMap(([term, text]) => [element("dt", {}, term), element("dd", {}, text)]),
  );
}

export function stepWords(rho: number): string {
  const factor = formatNumber(rho, 1);
  if (rho >= 1) return `Too large: one step moves a unit’s input by ${factor} times its spread`;
  if (rho >= 0.3) return `Near the edge: one step moves a unit’s input by ${factor} of its spread`;
  return "Small enough to keep units alive";
}

export function signalWords(correlation: number): string {
  if (correlation > 0.95) return "Faint: different inputs look nearly the same here";
  if (correlation > 0.8) return "Weakened: different inputs look much alike here";
  return "Different inputs stay apart";
}

function overall({ name }: ShownNetwork, risk: Risk): string {
  return (
    `Over all hidden layers of ${name}, ${shareWords(risk.deadAfterTraining)} of the units end up dead ` +
    `(in comparable measured runs: ${rangeWords(risk.range)}). A dead unit fires on none of the inputs.`
  );
}

function bars(risk: Risk, own: ReadonlySet<number>): HTMLElement {
  const rows = risk.layers.map((layer, index) => {
    if (!layer) return false;
    const text = `${shareWords(layer.deadAtInit)} / ${shareWords(layer.deadAfterTraining)}`;
    const bar = element(
      "div",
      { class: "bar" },
      element("i", { class: "after" }),
      element("i", { class: "init" }),
    );
    bar.style.setProperty("--init", String(layer.deadAtInit));
    bar.style.setProperty("--after", String(layer.deadAfterTraining));
    const here = own.has(index + 1);
    return element(
      "tr",
      { class: here ? "own" : undefined },
      element(
        "th",
        { scope: "row" },
        String(index + 1),
        here && element("span", { class: "visually-hidden" }, " (this line)"),
      ),
      element("td", {}, bar, element("span", { class: "visually-hidden" }, text)),
    );
  });
  const head = element(
    "thead",
    {},
    element("tr", {}, element("th", { scope: "col" }, "Layer"), element("th", { scope: "col" }, legend())),
  );
  const table = element("table", { class: "bars" }, head, element("tbody", {}, ...rows));
  return element(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": "Dead units by layer" },
    table,
  );
}

function legend(): HTMLElement {
  return element(
    "span",
    { class: "legend" },
    "Dead units: ",
    element("i", { class: "init" }),
    "at the start ",
    element("i", { class: "after" }),
    "after training",
  );
}

/** In the order of what they do to the chance that training fails; each can be tried out. */
function singleChanges(
  { counterfactuals }: Risk,
  state: PreviewState,
  tryOut: (factor: string) => void,
): HTMLElement {
  const rows = counterfactuals.slice(0, 4).flatMap(({ factor, effect, failure }) => {
    const name = settingsFor(state, factor)
      ? button(factor, { class: "link", title: `Try out: ${factor}`, "data-key": `try-${factor}` }, () =>
          tryOut(factor),
        )
      : factor;
    return [element("dt", {}, name), element("dd", {}, effectWords(effect, failure))];
  });
  return element(
    "div",
    {},
    element("h3", {}, "What a single change would do"),
    element("dl", { class: "changes" }, ...rows),
  );
}

/** @param failure what it does to the chance that training fails */
export function effectWords(effect: number, failure = 0): string {
  const points = (share: number) => Math.round(Math.abs(share) * 20) * 5;
  const words = [
    points(effect) > 0 && `${points(effect)} points ${effect < 0 ? "fewer" : "more"} dead units`,
    points(failure) > 0 && `${points(failure)} points ${failure < 0 ? "less" : "more"} often failing`,
  ].filter(Boolean);
  return words.length > 0 ? words.join(", ") : "next to nothing";
}

function assumptions({ assumptions: all }: Risk, { fill }: Folded): HTMLElement {
  const list = element("ul", {}, ...all.map((text) => element("li", {}, text)));
  return fill(`${plural(all.length, "assumption")} behind this estimate`, list);
}
