/** Darknet's sections with weights, and the activation that a section carries; defaults are those of parser.c. */
import type { Initialiser, Reading, Site } from "../../model.ts";
import type { DarknetSection } from "./darknetSection.ts";
import type { Flow, NewLayer, Value } from "./flow.ts";
import { type Shape, sizeOrNull, slide, volume } from "./shapes.ts";

export interface DarknetStep {
  readonly section: DarknetSection;
  readonly previous: Value;
  /** What each section so far gave. */
  readonly values: readonly Value[];
  readonly flow: Flow;
  readonly siteAt: (from: number) => Site | undefined;
}

export type DarknetRead = (step: DarknetStep) => Value;

/** Channels, height, width. */
export const imageOf = ({ shape }: Value): readonly [number | null, number | null, number | null] => [
  shape?.[0] ?? null,
  shape?.[1] ?? null,
  shape?.[2] ?? null,
];

/** scale * rand_normal() with scale sqrt(2 / fan-in): convolutional_layer.c */
const HE: Reading<Initialiser> = { value: { scheme: "he_normal" } };
/** scale * rand_uniform(-1, 1) with the same scale: connected_layer.c, local_layer.c */
const UNIFORM: Reading<Initialiser> = { value: { scheme: "lecun_uniform", gain: Math.sqrt(2 / 3) } };
const ZERO: Reading<Initialiser> = { value: { scheme: "constant", mean: 0 } };

const kernels =
  (weights: Reading<Initialiser>, isTransposed = false): DarknetRead =>
  (step) => {
    const { section, previous, flow } = step;
    const { number } = section;
    const [channels, height, width] = imageOf(previous);
    const units = sizeOrNull(number("filters", 1));
    const size = sizeOrNull(number("size", 1));
    const groups = sizeOrNull(number("groups", 1));
    const inputs = channels === null || groups === null ? null : Math.floor(channels / groups);
    const kernelArea = size === null ? null : size * size;
    const fanIn = sizeOrNull(inputs === null || kernelArea === null ? null : inputs * kernelArea);
    const made = weighted(step, { kind: "conv", fanIn, units, kernelArea, weights, groups }, [
      units,
      ...(isTransposed ? [null, null] : [slideOn(section, height, "y"), slideOn(section, width, "x")]),
    ]);
    if (isTransposed) flow.gap(section.span, `a [${section.type}] section is not estimated`);
    if (number("binary", 0) !== 0 || number("xnor", 0) !== 0)
      flow.gap(section.span, "binary weights are not estimated");
    return made;
  };

/** `pad=1` means half of the kernel, `padding=` its own number; a [local] section has `pad` as its number. */
function slideOn(section: DarknetSection, length: number | null, axis: "x" | "y"): number | null {
  const { type, number } = section;
  const size = sizeOrNull(number("size", 1));
  const stride = sizeOrNull(number(`stride_${axis}`) ?? number("stride", 1));
  const isPadded = (number("pad", 0) ?? 0) !== 0;
  const padding = isPadded && size !== null ? Math.floor(size / 2) : number("padding", 0);
  // local_layer.c: with `pad` a unit stands at every place, without only where the kernel fits.
  const both =
    type === "local" ? (isPadded && size !== null ? size - 1 : 0) : padding === null ? null : 2 * padding;
  return slide(length, { size, stride, padding: both, dilation: sizeOrNull(number("dilation", 1)) });
}

export const connected: DarknetRead = (step) => {
  const fanIn = volume(step.previous.shape);
  const units = sizeOrNull(step.section.number("output", 1));
  return weighted(step, { kind: "dense", fanIn, units, kernelArea: 1, weights: UNIFORM }, [units, 1, 1]);
};

function weighted(step: DarknetStep, layer: Omit<NewLayer, "span" | "bias" | "name">, shape: Shape): Value {
  const { section, previous, flow } = step;
  const { span } = section;
  const number = flow.count + 1;
  if (layer.units === null) flow.gap(span, `width of layer ${number} is not known`);
  if (layer.kernelArea === null) flow.gap(span, `kernel of layer ${number} is not known`);
  else if (layer.fanIn === null) flow.gap(span, `width of the input of layer ${number} is not known`);
  const made = flow.layer(previous, { ...layer, span, bias: ZERO }, shape);
  const isNormalised = (section.number("batch_normalize", 0) ?? 0) !== 0;
  return activated(step, isNormalised ? flow.normalise(made, "batch", span) : made, "logistic");
}

export function activated(
  { section, flow, siteAt }: DarknetStep,
  value: Value,
  usual: "logistic" | "linear",
): Value {
  const word = section.word("activation");
  const name = word?.value ?? usual;
  if (name === "linear") return value;
  const site = word ? siteAt(word.from) : unwritten(section);
  if (site) return flow.activate(value, site, section.span);
  flow.gap(word ?? section.span, `what ${name} is as an activation is not known`);
  return value;
}

/** Darknet's default of most sections. */
const unwritten = ({ span }: DarknetSection): Site => ({
  activation: "sigmoid",
  parameters: {},
  defaulted: [],
  framework: "darknet",
  kind: "config_value",
  span,
  certainty: "certain",
  symbol: "logistic",
  isDefault: true,
  fixes: [],
  noFix: "it is not written here, but Darknet's default",
});

export const convolutional = kernels(HE);
export const deconvolutional = kernels(HE, true);
export const local = kernels(UNIFORM);
