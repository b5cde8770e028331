/** Keras' layers with a kernel: their sizes, initialisers, and the activation that they carry. */
import { type Data, type DataMap, entryOf, type Scalar, wordIn } from "../../syntax/data.ts";
import { aLayer } from "./assumed.ts";
import type { NewLayer, Value } from "./flow.ts";
import { isSet, numberOf, perAxis, valueIn } from "./kerasFields.ts";
import { type KerasFans, kerasInitialiser } from "./kerasInitialisers.ts";
import type { KerasStep } from "./kerasSteps.ts";
import { known, type Shape, sizeOrNull, slide, volume, type Window } from "./shapes.ts";

const channelAxis = ({ shape }: Value, config: DataMap): number =>
  wordIn(config, "data_format", "dim_ordering")?.value.match(/^(?:channels_first|th)$/)
    ? 0
    : (shape?.length ?? 1) - 1;

/** Which axes are neither the batch's nor the channels'. */
export function spatialOf(from: Value, config: DataMap): readonly number[] {
  const channels = channelAxis(from, config);
  return (from.shape ?? []).map((_, at) => at).filter((at) => at !== channels);
}

/** Keras' words for padding. */
export function padded(length: number | null, window: Window, padding: string | undefined): number | null {
  return slide(
    length,
    padding === "same" || padding === "causal" ? { ...window, size: 1, dilation: 1 } : window,
  );
}

type Size = Pick<NewLayer, "kind" | "fanIn" | "units" | "kernelArea" | "groups">;

export function kerasDense(step: KerasStep): Value {
  const { config, from } = step;
  const units = sizeOrNull(numberOf(config, "units"));
  const fanIn = from.shape?.at(-1) ?? null;
  // However many axes there are, a dense layer makes the last one as long as it is wide.
  const shape = [...(from.shape?.slice(0, -1) ?? []), units];
  const made = weighted(step, { kind: "dense", fanIn, units, kernelArea: 1 }, plainFans(fanIn, units), shape);
  return activated(step, made, false);
}

const plainFans = (fanIn: number | null, fanOut: number | null): KerasFans => ({ fanIn, fanOut, own: fanIn });

const times = (...sizes: readonly (number | null)[]): number | null => volume(sizes);

interface Convolution {
  readonly inputs: number | null;
  readonly area: number | null;
  /** Shape of the output, its channels not yet known. */
  readonly around: (channels: number | null) => Shape | null;
}

function convolution({ name, config, from }: KerasStep): Convolution {
  const rank = Number(/(\d)D/.exec(name)?.[1] ?? 2);
  const kernel = known(perAxis(valueIn(config, "kernel_size"), rank, null));
  const stride = known(perAxis(valueIn(config, "strides"), rank, 1));
  const dilation = known(perAxis(valueIn(config, "dilation_rate"), rank, 1));
  const padding = wordIn(config, "padding")?.value ?? "valid";
  const places = spatialOf(from, config);
  const channels = channelAxis(from, config);
  const isTransposed = name.endsWith("Transpose");
  const lengths = (shape: Shape): Shape =>
    shape.map((length, at) => {
      const axis = places.indexOf(at);
      const [size, step] = [kernel[axis] ?? null, stride[axis] ?? null];
      if (!isTransposed)
        return padded(length, { size, stride: step, dilation: dilation[axis] ?? null }, padding);
      if (length === null || size === null || step === null) return null;
      return padding === "same" ? length * step : length * step + Math.max(size - step, 0);
    });
  return {
    inputs: from.shape?.[channels] ?? null,
    area: volume(kernel),
    around: (units) =>
      from.shape && known(lengths(from.shape).map((size, at) => (at === channels ? units : size))),
  };
}

export function kerasConv(step: KerasStep): Value {
  const { name, config, flow, layer } = step;
  const { inputs, area, around } = convolution(step);
  const isDepthwise = name.startsWith("Depthwise");
  const multiplier = numberOf(config, "depth_multiplier") ?? 1;
  const units = sizeOrNull(isDepthwise ? times(inputs, multiplier) : numberOf(config, "filters"));
  const groups = isDepthwise ? inputs : (numberOf(config, "groups") ?? 1);
  const fanIn = inputs === null || !groups || area === null ? null : sizeOrNull((inputs / groups) * area);
  // Keras counts by the kernel's shape: (..., channels, multiplier), and transposed (..., filters, channels).
  const fans = isDepthwise
    ? { fanIn: times(area, inputs), fanOut: times(area, multiplier), own: fanIn }
    : name.endsWith("Transpose")
      ? { fanIn: times(area, units), fanOut: times(area, inputs), own: fanIn }
      : plainFans(fanIn, times(area, units));
  if (name.endsWith("Transpose")) flow.gap(layer, `${aLayer(name)} is not estimated`);
  const made = weighted(step, { kind: "conv", fanIn, units, kernelArea: area, groups }, fans, around(units));
  return activated(step, made, false);
}

/** A depthwise convolution without bias, and one of size 1 over its channels. */
export function kerasSeparable(step: KerasStep): Value {
  const { config } = step;
  const { inputs, area, around } = convolution(step);
  const multiplier = numberOf(config, "depth_multiplier") ?? 1;
  const between = sizeOrNull(times(inputs, multiplier));
  const units = sizeOrNull(numberOf(config, "filters"));
  const spread = { fanIn: times(area, inputs), fanOut: times(area, multiplier), own: area };
  const depthwise = weighted(
    step,
    { kind: "conv", fanIn: inputs === null ? null : area, units: between, kernelArea: area, groups: inputs },
    spread,
    around(between),
    "depthwise",
  );
  const made = weighted(
    { ...step, from: depthwise },
    { kind: "conv", fanIn: between, units, kernelArea: 1 },
    plainFans(between, units),
    around(units),
    "pointwise",
  );
  return activated(step, made, false);
}

/** @param part where a layer has two kernels, which of them */
function weighted(
  { layer, config, from, flow }: KerasStep,
  size: Size,
  fans: KerasFans,
  shape: Shape | null,
  part?: "depthwise" | "pointwise",
): Value {
  const name = wordIn(config, "name")?.value ?? wordIn(layer, "name")?.value;
  const said = name ?? `layer ${flow.count + 1}`;
  if (size.units === null) flow.gap(layer, `width of ${said} is not known`);
  if (size.kernelArea === null) flow.gap(layer, `kernel of ${said} is not known`);
  else if (size.fanIn === null) flow.gap(layer, `width of the input of ${said} is not known`);
  const kernels = part ? [`${part}_initializer`] : ["kernel_initializer", "depthwise_initializer"];
  const weights = kerasInitialiser(config, kernels, "glorotuniform", fans);
  const hasBias = part !== "depthwise" && isSet(config, "use_bias", true);
  const vector = { fanIn: size.units, fanOut: size.units, own: size.units };
  const bias = hasBias ? kerasInitialiser(config, ["bias_initializer"], "zeros", vector) : null;
  if (!weights || (hasBias && !bias)) flow.gap(layer, `initialiser of ${said} is not known`);
  return flow.layer(
    from,
    { ...size, name, span: layer, weights: weights ?? { value: { scheme: "glorot_uniform" } }, bias },
    shape,
  );
}

/** The activation that a layer is given, if any. */
export function activated({ config, flow, siteAt, layer }: KerasStep, value: Value, isLayer: boolean): Value {
  const written = valueIn(config, "activation");
  const word = written && wordOf(written);
  if (!word || word.value === "linear") return isLayer ? flow.reshape(value, value.shape) : value;
  const site = siteAt(word.from);
  if (site) return flow.activate(value, site, layer);
  const what = `what ${word.value} is as an activation is not known`;
  return isLayer ? flow.unread([value], word, what, value.shape) : withGap();
  function withGap(): Value {
    flow.gap(word ?? layer, what);
    return value;
  }
}

/** `"relu"`, a function by name, or an activation's own layer. */
function wordOf(value: Data): Scalar | undefined {
  if (value.type === "scalar") return value;
  if (value.type !== "map") return undefined;
  const config = entryOf(value, "config")?.value;
  return config?.type === "scalar" ? config : wordIn(value, "class_name");
}
