/** One box of the strip: its height is the layer's width, its colour the activation, its fill the dead units. */
import { activationById, defaultParameters } from "../src/engine/activations/catalogue.ts";
import type { LayerRisk, Normalisation, ParameterValues } from "../src/engine/model.ts";
import { shareWords, unitsWords } from "../src/engine/words.ts";
import type { ShownBox, ShownGap, ShownStrip } from "../src/protocol.ts";
import { button, element, miniature } from "./dom.ts";
import { formatNumber } from "./format.ts";
import type { Measure } from "./state.ts";

const colours = 3;

export function createBox(
  box: ShownBox | ShownGap,
  strip: ShownStrip,
  measure: Measure = "dead",
): HTMLButtonElement {
  const made = button("", { class: "box", "data-key": `${box.part}-${box.index}` }, () => undefined);
  made.setAttribute("aria-label", boxLabel(box, strip.count));
  if (box.part === "gap") {
    made.classList.add("unknown");
    made.append(element("span", { class: "stage" }, element("span", { class: "bar" }, "?")));
    return made;
  }
  const { units, activation, normalisation, residual, risk } = box;
  const bar = element("span", { class: "bar" }, units === null && "?");
  if (units === null) made.classList.add("unknown");
  else bar.style.setProperty("--height", String(heightOf(units, strip)));
  const colour = activation ? coloursOf(strip).indexOf(activation.id) : -1;
  if (colour >= 0 && colour < colours) made.classList.add(`colour-${colour + 1}`);
  if (risk && measure !== "dead") {
    bar.style.setProperty("--level", String(levelOf(risk, measure, strip)));
    bar.append(element("i", { class: isBad(risk, measure) ? "level bad" : "level" }));
  } else if (risk) {
    bar.style.setProperty("--after", String(risk.deadAfterTraining));
    bar.style.setProperty("--init", String(risk.deadAtInit));
    bar.append(element("i", { class: "after" }), element("i", { class: "init" }));
  }
  const stage = element(
    "span",
    { class: "stage" },
    residual && element("i", { class: "sum" }),
    bar,
    normalisation && element("i", { class: "norm" }),
  );
  made.append(
    stage,
    activation ? curveOf(activation) : element("span", { class: "miniature" }),
    element(
      "span",
      { class: "units" },
      risk && measure !== "dead" ? writeValue(risk, measure) : shortNumber(units),
    ),
  );
  return made;
}

const written: Readonly<Record<Exclude<Measure, "dead">, (risk: LayerRisk) => number>> = {
  step: ({ stepSize }) => stepSize,
  gradient: ({ gradientScale }) => gradientScale,
  signal: ({ correlation }) => correlation,
};

/** Short enough for a box, the same in its label. */
const compact = (value: number): string =>
  value > 0 && value < 0.01
    ? value.toExponential(0).replace("-", "−")
    : formatNumber(value >= 100 ? Math.round(value) : value, 2);

/** A correlation of 1e-200 is none. */
const writeValue = (risk: LayerRisk, measure: Exclude<Measure, "dead">): string =>
  measure === "signal"
    ? formatNumber(Math.round(100 * risk.correlation) / 100)
    : compact(written[measure](risk));

/** Steps of a whole spread and inputs that look alike: where the rules begin to speak. */
const isBad = (risk: LayerRisk, measure: Exclude<Measure, "dead">): boolean =>
  (measure === "step" && risk.stepSize >= 1) || (measure === "signal" && risk.correlation > 0.95);

/** Decades below the top of the box that a fill can show. */
const decades: Readonly<Record<"step" | "gradient", number>> = { step: 5, gradient: 6 };

/** 0..1: steps on a log scale up to 10 spreads, gradients on one up to the largest of the network. */
export function levelOf(risk: LayerRisk, measure: Exclude<Measure, "dead">, { boxes }: ShownStrip): number {
  const value = written[measure](risk);
  if (measure === "signal") return Math.max(0, Math.min(1, value));
  const all = boxes.flatMap((box) => (box.part === "layer" && box.risk ? [written[measure](box.risk)] : []));
  const top = measure === "step" ? 10 : Math.max(...all, 1e-30);
  const below = value > 0 ? Math.log10(top / value) : decades[measure];
  return Math.max(0.02, Math.min(1, 1 - below / decades[measure]));
}

/** All that the box shows, in words. */
export function boxLabel(box: ShownBox | ShownGap, count: number): string {
  if (box.part === "gap") return `Not read: ${box.what}`;
  const { index, words, risk, gap } = box;
  const dead = risk && `${unitsWords(shareWords(risk.deadAfterTraining))} may be dead after training`;
  const scales =
    risk &&
    `step ρ ${writeValue(risk, "step")}, gradient ${writeValue(risk, "gradient")}, correlation of inputs ${writeValue(risk, "signal")}`;
  return [`Layer ${index + 1} of ${count}: ${words}`, dead, scales, gap && `not read: ${gap}`]
    .filter(Boolean)
    .join("; ");
}

/** At least this many times is the widest layer wider than what would be drawn lowest: 120 of 128 is no cliff. */
const span = 32;
const lowest = 0.2;

/** 0..1 on a log scale, from the narrowest layer of the network to the widest. */
export function heightOf(units: number, { boxes }: ShownStrip): number {
  const all = boxes.flatMap((box) => (box.part === "layer" && box.units ? [box.units] : []));
  const widest = Math.max(1, ...all);
  const narrowest = Math.min(widest / span, ...all);
  const share = Math.log(Math.max(units, narrowest) / narrowest) / Math.log(widest / narrowest);
  return lowest + (1 - lowest) * share;
}

/** Activations in the order of their first layers: the first three have a colour of their own. */
function coloursOf({ boxes }: ShownStrip): readonly string[] {
  return [
    ...new Set(boxes.flatMap((box) => (box.part === "layer" && box.activation ? [box.activation.id] : []))),
  ];
}

const shortNumber = (units: number | null): string =>
  units === null ? "?" : units < 10_000 ? String(units) : `${Math.round(units / 1000)}k`;

const reach = 3;

/** The activation's curve, small: a mark that needs no colour. Functions of a whole vector have a dot. */
function curveOf({ id, parameters }: { readonly id: string; readonly parameters: ParameterValues }): Node {
  const activation = activationById(id);
  if (activation?.shape !== "elementwise") return miniature([]);
  const values = defaultParameters(activation, parameters);
  const points = Array.from({ length: 25 }, (_, index) => {
    const x = -reach + (2 * reach * index) / 24;
    return { x: x / reach, y: Math.max(-1, Math.min(1, activation.f(x, values) / reach)) };
  });
  const highest = Math.max(0.2, ...points.map(({ y }) => Math.abs(y)));
  return miniature(points.map(({ x, y }) => ({ x, y: y / highest })));
}

const norms: Readonly<Record<Normalisation, string>> = {
  batch: "BatchNorm",
  layer: "LayerNorm",
  group: "GroupNorm",
  instance: "InstanceNorm",
};

const meanings: Readonly<Record<Exclude<Measure, "dead">, string>> = {
  step: "how far one step moves a unit, in units of its spread; log scale, red from 1 on",
  gradient: "size of the loss’s gradient at a unit, at the start; log scale",
  signal: "correlation of two inputs: near 1 they can’t be told apart, red from 0.95 on",
};

/** Only the marks that this strip has. */
export function legendOf(strip: ShownStrip, measure: Measure = "dead"): Node[] {
  const layers = strip.boxes.flatMap((box) => (box.part === "layer" ? [box] : []));
  const kinds = new Set(
    layers.flatMap(({ normalisation }) => (normalisation ? [norms[normalisation.kind]] : [])),
  );
  const item = (mark: string, text: string) => element("span", {}, element("i", { class: mark }), text);
  const activations = coloursOf(strip).map((id, index) => {
    const colour = index < colours ? ` colour-${index + 1}` : "";
    return item(`dot${colour}`, activationById(id)?.name ?? id);
  });
  return [
    ...activations,
    ...(kinds.size > 0 ? [item("norm", [...kinds].join(", "))] : []),
    ...(layers.some(({ residual }) => residual) ? [item("sum", "end of a residual block")] : []),
    ...(layers.some(({ risk }) => risk)
      ? measure === "dead"
        ? [item("init", "dead at the start"), item("after", "after training")]
        : [item("level", meanings[measure])]
      : []),
    ...(layers.length < strip.boxes.length || layers.some(({ units }) => units === null)
      ? [item("hole", "not read")]
      : []),
    element("span", {}, "Height: number of units, on a log scale"),
  ];
}
