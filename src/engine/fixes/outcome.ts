/**
 * Whether a text says what a change asked for: its networks before and after are compared. What was asked for is there,
 * and nothing else of any network has changed.
 */
import type { Change, Initialiser, Layer, Network } from "../model.ts";

/** A network as it is read, without its risk. */
export type Read = Omit<Network, "risk">;

/** Changes of settings: those whose outcome can be read back. */
export type SettingKind =
  | "learning-rate"
  | "clip-gradients"
  | "initialiser"
  | "zero-bias"
  | "batch-norm"
  | "widen"
  | "scale-input";

export type SettingChange = Extract<Change, { readonly kind: SettingKind }>;

/** Whether a network has already what is asked for. */
export function has(network: Read, change: SettingChange): boolean {
  switch (change.kind) {
    case "learning-rate":
      return isNear(network.learningRate.value, change.rate);
    case "clip-gradients":
      return network.clip.value?.by === "norm" && network.clip.value.limit <= change.norm;
    case "initialiser":
      return change.layers.every(isSuited);
    case "zero-bias":
      return change.layers.every(hasZeroBias);
    case "batch-norm":
      return change.layers.every(({ normalisation }) => normalisation !== null);
    case "widen":
      return change.layer.units === change.units;
    case "scale-input":
      return network.input.value.scale === "standardised" && network.input.assumption === undefined;
  }
}

/** The parts of a network that a change is about, as places in its list of layers. */
function placesOf(network: Read, change: SettingChange): readonly number[] {
  const layers = "layers" in change ? change.layers : "layer" in change ? [change.layer] : [];
  return layers.map((layer) => network.layers.indexOf(layer));
}

/** @param at place of the network that the change is about, in both lists */
export function isMade(
  change: SettingChange,
  at: number,
  before: readonly Read[],
  after: readonly Read[],
): boolean {
  const [was, is] = [before[at], after[at]];
  if (!was || !is || before.length !== after.length || was.layers.length !== is.layers.length) return false;
  const asked = placesOf(was, change);
  if (asked.includes(-1) || !isAsked(change, was, is, asked)) return false;
  const spans = new Set(asked.map((place) => was.layers[place]?.span.from));
  const biases = new Set(asked.map((place) => was.layers[place]?.bias?.span?.from));
  return before.every((one, index) => {
    const other = after[index];
    if (!other || other.gaps.length > one.gaps.length || one.layers.length !== other.layers.length)
      return false;
    return one.layers.every((layer, place) => {
      const now = other.layers[place] as Layer;
      const isOwn = index === at ? asked.includes(place) : spans.has(layer.span.from);
      return sameBut(isOwn ? partOf(change, layer) : besides(change, one, was, layer, biases), layer, now);
    });
  });
}

/** What of a layer a change may alter. */
type Part = "weights" | "bias" | "normalisation" | "units" | "fanIn";

function partOf({ kind }: SettingChange, { bias }: Layer): readonly Part[] {
  switch (kind) {
    case "initialiser":
      // Where PyTorch's own biases were, they start at 0 beside He's weights.
      return bias?.value.scheme === "torch_default" ? ["weights", "bias"] : ["weights"];
    case "zero-bias":
      return ["bias"];
    case "batch-norm":
      return ["normalisation", "bias"];
    case "widen":
      return ["units", "fanIn"];
    default:
      return [];
  }
}

/** Of the other layers: the readers of a wider one take more. */
function besides(
  change: SettingChange,
  network: Read,
  asked: Read,
  layer: Layer,
  biases: ReadonlySet<number | undefined>,
): readonly Part[] {
  // Who draws all modules of a network in one place draws its output with them.
  if (change.kind === "initialiser" && layer.isOutput) return partOf(change, layer);
  if (change.kind === "zero-bias" && layer.bias?.span && biases.has(layer.bias.span.from)) return ["bias"];
  if (change.kind !== "widen" || network.name !== asked.name) return [];
  // One number may be the width of several layers: then it was theirs all.
  return layer.units === change.layer.units ? ["fanIn", "units"] : ["fanIn"];
}

function isAsked(change: SettingChange, was: Read, is: Read, asked: readonly number[]): boolean {
  const layers = asked.flatMap((place) => is.layers[place] ?? []);
  const rest: readonly (keyof Read)[] = ["learningRate", "clip", "input", "optimiser", "momentum", "loss"];
  const own: keyof Read | undefined =
    change.kind === "learning-rate"
      ? "learningRate"
      : change.kind === "clip-gradients"
        ? "clip"
        : change.kind === "scale-input"
          ? "input"
          : undefined;
  if (!rest.every((name) => name === own || sameValue(was[name], is[name]))) return false;
  switch (change.kind) {
    case "learning-rate":
      return isNear(is.learningRate.value, change.rate) && is.learningRate.assumption === undefined;
    case "clip-gradients":
      return is.clip.value?.by === "norm" && isNear(is.clip.value.limit, change.norm);
    case "initialiser":
      return layers.every(isSuited);
    case "zero-bias":
      return layers.every(hasZeroBias);
    case "batch-norm":
      return layers.every(
        ({ normalisation }) => normalisation?.kind === "batch" && normalisation.place === "before",
      );
    case "widen":
      return is.layers[asked[0] ?? -1]?.units === change.units && readersFit(change, was, is);
    case "scale-input":
      return is.input.value.scale !== "raw" && is.input.value.scale !== was.input.value.scale;
  }
}

/** Each layer takes as much more as those that it reads from have become wider. */
function readersFit(
  { layer, units }: SettingChange & { readonly kind: "widen" },
  was: Read,
  is: Read,
): boolean {
  const isWider = (place: number): boolean => is.layers[place]?.units !== was.layers[place]?.units;
  return was.layers.every((reader, place) => {
    const now = is.layers[place];
    if (now?.units !== reader.units && now?.units !== units) return false;
    const inputs = reader.inputs ?? (place > 0 ? [place - 1] : []);
    if (!inputs.some(isWider)) return now?.fanIn === reader.fanIn;
    if (reader.fanIn === null || layer.units === null) return false;
    return inputs.length > 1 || now?.fanIn === (reader.fanIn / layer.units) * units;
  });
}

const sameValue = (a: unknown, b: unknown): boolean =>
  JSON.stringify(readingOf(a)) === JSON.stringify(readingOf(b));
const readingOf = (reading: unknown): unknown =>
  reading !== null && typeof reading === "object" && "value" in reading ? reading.value : reading;

const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.abs(b);

function sameBut(parts: readonly Part[], a: Layer, b: Layer): boolean {
  const facts = (layer: Layer): string =>
    JSON.stringify([
      layer.kind,
      parts.includes("fanIn") ? 0 : layer.fanIn,
      parts.includes("units") ? 0 : layer.units,
      layer.kernelArea,
      layer.groups,
      parts.includes("weights") ? 0 : layer.weights.value,
      parts.includes("bias") ? 0 : (layer.bias?.value ?? null),
      parts.includes("normalisation") ? 0 : layer.normalisation,
      layer.site?.activation,
      layer.site?.parameters,
      layer.residual,
      layer.dropout,
      layer.inputs,
      layer.isOpen,
      layer.isOutput,
    ]);
  return facts(a) === facts(b);
}

/** What the weights of a layer should be drawn by, for the activation behind it. */
export type Family = "he" | "glorot" | "lecun";

/** He for everything that is a rectifier or looks like one for large inputs; LeCun's for SELU (Klambauer et al. 2017). */
export function familyFor({ site }: Layer): Family {
  const activation = site?.activation ?? "linear";
  if (activation === "selu") return "lecun";
  return /relu|^c?elu|gelu|silu|swish|mish|softplus/.test(activation) ? "he" : "glorot";
}

/** Gain of a schema that divides by the inputs; He's own is sqrt 2, sqrt(2 / (1 + a^2)) for a slope. */
function gainFor(layer: Layer): number {
  const slope = layer.site?.activation === "leaky_relu" ? (layer.site.parameters.negative_slope ?? 0) : 0;
  return Math.sqrt(2 / (1 + slope ** 2));
}

/** PyTorch's initialisers are told the slope. Keras' `he_normal` knows none, and TensorFlow.js' cut normal is a little narrow. */
const toleranceOf = ({ site }: Layer): number => (site?.framework === "pytorch" ? 0.001 : 0.13);

/** The standard deviation that suits what follows a layer, where its sizes are known. */
export function suitedSpread(layer: Layer): number | undefined {
  const { fanIn, units, kernelArea } = layer;
  if (fanIn === null || units === null || kernelArea === null || fanIn <= 0) return undefined;
  const family = familyFor(layer);
  if (family === "glorot") return Math.sqrt(2 / (fanIn + units * kernelArea));
  return (family === "he" ? gainFor(layer) : 1) / Math.sqrt(fanIn);
}

/** A normal that is written as a number. */
function hasSuitedSpread(layer: Layer): boolean {
  const { scheme, mean, std } = layer.weights.value;
  const suited = suitedSpread(layer);
  if (scheme !== "normal" || mean !== 0 || std === undefined || suited === undefined) return false;
  return Math.abs(std / suited - 1) < toleranceOf(layer);
}

export function isSuited(layer: Layer): boolean {
  const { scheme, gain, fan } = layer.weights.value;
  if (hasSuitedSpread(layer)) return true;
  switch (familyFor(layer)) {
    case "he": {
      const own = gainOf(layer.weights.value);
      return (
        own !== undefined && fan === undefined && Math.abs(own / gainFor(layer) - 1) < toleranceOf(layer)
      );
    }
    case "glorot":
      return /^glorot/.test(scheme) && Math.abs((gain ?? 1) - 1) < toleranceOf(layer);
    case "lecun":
      return /^lecun/.test(scheme) && Math.abs((gain ?? 1) - 1) < toleranceOf(layer);
  }
}

/** Gain over the square root of the inputs, where that is what the scheme divides by. */
function gainOf({ scheme, gain }: Initialiser): number | undefined {
  if (/^he_/.test(scheme)) return gain ?? Math.SQRT2;
  return /^(?:lecun_|orthogonal)/.test(scheme) ? (gain ?? 1) : undefined;
}

export const hasZeroBias = ({ bias }: Layer): boolean =>
  bias === null || (bias.value.scheme === "constant" && (bias.value.mean ?? 0) === 0);
