/** Caffe's layers with weights; defaults are those of caffe.proto. */
import type { Site, Span } from "../../model.ts";
import { type DataMap, mapIn, type Scalar } from "../../syntax/data.ts";
import { aLayer } from "./assumed.ts";
import { isFalse, numberOr, numbersIn } from "./caffeFields.ts";
import { biasFiller, weightFiller } from "./caffeFillers.ts";
import type { Flow, NewLayer, Value } from "./flow.ts";
import { type Shape, sizeOrNull, slide, volume } from "./shapes.ts";

export interface CaffeLayer {
  readonly map: DataMap;
  readonly span: Span;
  readonly word: Scalar;
  /** Without case and underscores: one for all forms of the format. */
  readonly type: string;
  readonly name: string;
  readonly bottoms: readonly string[];
  readonly tops: readonly string[];
}

export interface CaffeStep {
  readonly layer: CaffeLayer;
  readonly inputs: readonly Value[];
  /** The first of them. */
  readonly from: Value;
  readonly flow: Flow;
  readonly siteAt: (from: number) => Site | undefined;
}

export type CaffeRead = (step: CaffeStep) => Value | readonly (Value | undefined)[];

/** A size for each axis: written once for all, once for each, or as `_h` and `_w`. */
export function perAxis(param: DataMap | undefined, name: string, axes: number, usual: number | null): Shape {
  const written = numbersIn(param, name);
  const stem = name.replace(/_size$/, "");
  const sided = ["h", "w"].map((side) => numberOr(param, `${stem}_${side}`, null));
  return Array.from({ length: axes }, (_, axis) =>
    written.length > 0
      ? ((written.length === 1 ? written[0] : written[axis]) ?? null)
      : (sided[axis - (axes - 2)] ?? usual),
  );
}

export const convolution: CaffeRead = (step) => {
  const { layer, from, flow } = step;
  const param = mapIn(layer.map, "convolution_param");
  const [channels = null, ...places] = from.shape ?? [null, null, null];
  const kernel = perAxis(param, "kernel_size", places.length, null).map(sizeOrNull);
  const stride = perAxis(param, "stride", places.length, 1).map(sizeOrNull);
  const padding = perAxis(param, "pad", places.length, 0);
  const dilation = perAxis(param, "dilation", places.length, 1).map(sizeOrNull);
  const units = sizeOrNull(numberOr(param, "num_output", null));
  const isDepthwise = layer.type.includes("depthwise");
  const groups = isDepthwise ? channels : sizeOrNull(numberOr(param, "group", 1));
  const kernelArea = volume(kernel);
  const fanIn =
    channels === null || groups === null || kernelArea === null ? null : (channels / groups) * kernelArea;
  const spatial = places.map((length, axis) =>
    layer.type === "deconvolution"
      ? null
      : slide(length, {
          size: kernel[axis] ?? null,
          stride: stride[axis] ?? null,
          padding: twice(padding[axis]),
          dilation: dilation[axis] ?? null,
        }),
  );
  if (layer.type === "deconvolution") flow.gap(layer.span, `${aLayer(layer.word.value)} is not estimated`);
  return weighted(step, param, { kind: "conv", fanIn: sizeOrNull(fanIn), units, kernelArea, groups }, [
    units,
    ...spatial,
  ]);
};

export const twice = (size: number | null | undefined): number | null => (size == null ? null : 2 * size);

export const innerProduct: CaffeRead = (step) => {
  const param = mapIn(step.layer.map, "inner_product_param");
  const units = sizeOrNull(numberOr(param, "num_output", null));
  const axis = numberOr(param, "axis", 1) ?? 1;
  const { shape } = step.from;
  const inputs = shape && axis >= 1 ? shape.slice(axis - 1) : null;
  const before = shape && axis >= 1 ? shape.slice(0, axis - 1) : [];
  return weighted(step, param, { kind: "dense", fanIn: volume(inputs), units, kernelArea: 1 }, [
    ...before,
    units,
  ]);
};

function weighted(
  { layer, from, flow }: CaffeStep,
  param: DataMap | undefined,
  size: Pick<NewLayer, "kind" | "fanIn" | "units" | "kernelArea" | "groups">,
  shape: Shape,
): Value {
  const { name, span } = layer;
  if (size.units === null) flow.gap(span, `width of ${name} is not known`);
  if (size.kernelArea === null) flow.gap(span, `kernel of ${name} is not known`);
  else if (size.fanIn === null)
    flow.gap(
      span,
      from.input === null
        ? `width of the input of ${name} is not known`
        : `the ${size.kind === "conv" ? "number of channels" : "size"} of the data is not in this file`,
    );
  const weights = weightFiller(param, size, name);
  const hasBias = !isFalse(param, "bias_term");
  const bias = hasBias ? biasFiller(param, size) : null;
  if (!weights || (hasBias && !bias)) flow.gap(span, `a filler of ${name} is not known`);
  return flow.layer(
    from,
    { ...size, name, span, weights: weights ?? { value: { scheme: "lecun_uniform" } }, bias },
    shape,
  );
}
