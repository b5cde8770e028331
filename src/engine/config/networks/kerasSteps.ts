/** What each of Keras' layers does to the values that reach it: https://keras.io/api/layers */
import type { InputScale, Reading, Site, Span } from "../../model.ts";
import { type DataMap, mapIn, wordIn } from "../../syntax/data.ts";
import { aLayer, assumedScale } from "./assumed.ts";
import type { Flow, Value } from "./flow.ts";
import { classOf, isSet, numberOf } from "./kerasFields.ts";
import { keep, kerasShapeSteps } from "./kerasShapes.ts";
import { activated, kerasConv, kerasDense, kerasSeparable } from "./kerasWeights.ts";
import { joined, type Shape, sizeOrNull } from "./shapes.ts";

/** What is noted on the way and belongs to the network as a whole. */
export interface KerasNotes {
  scale?: Reading<InputScale>;
  isImage?: boolean;
}

export interface KerasStep {
  readonly layer: DataMap;
  readonly name: string;
  readonly config: DataMap;
  readonly inputs: readonly Value[];
  /** The first of them. */
  readonly from: Value;
  readonly flow: Flow;
  readonly siteAt: (from: number) => Site | undefined;
  readonly notes: KerasNotes;
}

export type KerasRead = (step: KerasStep) => Value;

export function applyKerasLayer(
  layer: DataMap,
  inputs: readonly Value[],
  reader: Pick<KerasStep, "flow" | "siteAt" | "notes">,
): Value {
  const name = classOf(layer).replace(/^.*>/, "");
  const [from] = inputs;
  const config = mapIn(layer, "config") ?? layer;
  if (!from) return reader.flow.unread([], layer, `${aLayer(name)} takes what is not known`);
  if (from.input !== null && (from.shape?.length ?? 0) > 2) reader.notes.isImage = true;
  const step = { layer, name, config, inputs, from, ...reader };
  const read = STEPS[name] ?? STEPS[name.replace(/[123]D(?=Transpose$|$)/, "")];
  if (read) return read(step);
  const site = reader.siteAt(wordIn(layer, "class_name")?.from ?? -1);
  if (site) return reader.flow.activate(from, site, layer);
  if (NOT_ESTIMATED.test(name)) return notEstimated(step);
  return reader.flow.unread(inputs, layer, `what ${aLayer(name)} does is not known`);
}

const NOT_ESTIMATED =
  /LSTM|GRU|RNN|Bidirectional|TimeDistributed|Embedding|Attention|LocallyConnected|EinsumDense|Normalization|Maxout|^(?:Average|Maximum|Minimum|Subtract|Dot)$/;

/** Of layers that are not estimated, the shape of the outputs is still read where it is plain. */
const notEstimated: KerasRead = ({ layer, name, config, inputs, from, flow }) => {
  const before = from.shape ?? [];
  const width = sizeOrNull(numberOf(config, "units", "output_dim"));
  const isSequence = isSet(config, "return_sequences", false);
  const shape = /Attention|Normalization|^[AMSD]/.test(name)
    ? from.shape
    : width === null
      ? null
      : name === "Embedding"
        ? [...before, width]
        : isSequence
          ? [...before.slice(0, -1), width]
          : [width];
  return flow.unread(inputs, layer, `${aLayer(name)} is not estimated`, shape);
};

const add: KerasRead = (step) => {
  const { layer, inputs, from, flow, name } = step;
  if (inputs.length > 1) return flow.add(inputs, widest(inputs));
  return flow.unread([from], layer, `what ${aLayer(name)} adds is not known`, from.shape);
};

/** Of shapes that are broadcast, axis by axis the larger. */
function widest(values: readonly Value[]): Shape | null {
  const [first, ...others] = values.map(({ shape }) => shape);
  if (!first) return null;
  return first.map((size, at) =>
    others.reduce<number | null>((best, shape) => {
      const own = shape?.[at] ?? null;
      return best !== null && own !== null ? Math.max(best, own) : (best ?? own);
    }, size),
  );
}

const multiply: KerasRead = ({ layer, inputs, flow }) =>
  flow.unread(inputs, layer, "values are multiplied here, which is not estimated", widest(inputs));

const concatenate: KerasRead = ({ config, inputs, from, flow }) => {
  const written = numberOf(config, "axis") ?? -1;
  const axis = written < 0 ? (from.shape?.length ?? 0) + written : written - 1;
  return flow.concatenate(
    inputs,
    joined(
      inputs.map(({ shape }) => shape),
      axis,
    ),
  );
};

const groupNorm: KerasRead = ({ layer, config, from, flow }) => {
  const groups = numberOf(config, "groups") ?? 32;
  const channels = from.shape?.at(-1);
  const kind = groups === 1 ? "layer" : groups === -1 || groups === channels ? "instance" : "group";
  return flow.normalise(from, kind, layer);
};

/** `x * scale + offset`: from bytes to 0..1 or, with an offset, to -1..1. */
const rescaling: KerasRead = ({ layer, config, from, flow, notes }) => {
  const scale = numberOf(config, "scale");
  const span = { from: layer.from, to: layer.to };
  const isSmall = scale !== null && scale < 0.05;
  if (from.input !== null && isSmall)
    notes.scale ??= { value: (numberOf(config, "offset") ?? 0) < 0 ? "standardised" : "unit", span };
  // A list of scales stands behind a normalisation; anywhere else a factor is a part of the network.
  else if (from.input === null) flow.gap(layer, `${aLayer("Rescaling")} is not estimated behind others`);
  return flow.reshape(from, from.shape);
};

export const kerasScale = (notes: KerasNotes, normalisation: Span | null): Reading<InputScale> =>
  normalisation ? { value: "standardised", span: normalisation } : (notes.scale ?? assumedScale);

const STEPS: Readonly<Record<string, KerasRead | undefined>> = {
  Dense: kerasDense,
  Conv: kerasConv,
  Convolution: kerasConv,
  ConvTranspose: kerasConv,
  DepthwiseConv: kerasConv,
  SeparableConv: kerasSeparable,
  Activation: (step) => activated(step, step.from, true),
  BatchNormalization: ({ layer, from, flow }) => flow.normalise(from, "batch", layer),
  LayerNormalization: ({ layer, from, flow }) => flow.normalise(from, "layer", layer),
  GroupNormalization: groupNorm,
  Normalization: ({ layer, from, flow }) => flow.normalise(from, "batch", layer),
  Rescaling: rescaling,
  ...kerasShapeSteps,
  Dropout: ({ config, from, flow }) => flow.drop(from, numberOf(config, "rate", "p")),
  SpatialDropout: ({ config, from, flow }) => flow.drop(from, numberOf(config, "rate", "p")),
  AlphaDropout: keep,
  GaussianDropout: keep,
  GaussianNoise: keep,
  ActivityRegularization: keep,
  Masking: keep,
  RandomFlip: keep,
  RandomRotation: keep,
  RandomTranslation: keep,
  RandomZoom: keep,
  RandomContrast: keep,
  RandomBrightness: keep,
  Identity: keep,
  Add: add,
  Concatenate: concatenate,
  Multiply: multiply,
};
