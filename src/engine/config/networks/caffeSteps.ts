/** What each type of Caffe's layers does to the blobs that reach it; defaults are those of caffe.proto. */
import { mapIn, wordIn } from "../../syntax/data.ts";
import { aLayer } from "./assumed.ts";
import { isTrue, mapsIn, numberOr, numbersIn } from "./caffeFields.ts";
import { convolution, innerProduct, perAxis, type CaffeRead as Read, twice } from "./caffeKernels.ts";
import { joined, known, slide, volume } from "./shapes.ts";

const pooling: Read = ({ layer, from, flow }) => {
  const param = mapIn(layer.map, "pooling_param");
  const [channels = null, ...places] = from.shape ?? [null, null, null];
  if (isTrue(param, "global_pooling")) return flow.reshape(from, [channels, ...places.map(() => 1)]);
  const kernel = perAxis(param, "kernel_size", places.length, null);
  const stride = perAxis(param, "stride", places.length, 1);
  const pad = perAxis(param, "pad", places.length, 0);
  const ceil = !/^(?:FLOOR|1)$/.test((param && wordIn(param, "round_mode")?.value) ?? "CEIL");
  const spatial = places.map((length, axis) => {
    const [size, step, padding] = [kernel[axis] ?? null, stride[axis] ?? null, pad[axis] ?? null];
    const fits = slide(length, { size, stride: step, padding: twice(padding), ceil });
    // With padding a last window that begins behind the image is left out.
    const isBehind = fits !== null && padding && length !== null && step !== null;
    return isBehind && (fits - 1) * step >= length + padding ? fits - 1 : fits;
  });
  return flow.reshape(from, [channels, ...spatial]);
};

const activation: Read = ({ layer, from, flow, siteAt }) => {
  const { word, span } = layer;
  const site = siteAt(word.from + (word.quoted ? 1 : 0));
  return site
    ? flow.activate(from, site, span)
    : flow.unread([from], span, `what ${word.value} is is not known`, from.shape);
};

const concat: Read = ({ layer, inputs, flow }) => {
  const param = mapIn(layer.map, "concat_param");
  const axis = numberOr(param, "axis", numberOr(param, "concat_dim", 1)) ?? 1;
  return flow.concatenate(
    inputs,
    joined(
      inputs.map(({ shape }) => shape),
      axis - 1,
    ),
  );
};

const eltwise: Read = ({ layer, inputs, from, flow }) => {
  const param = mapIn(layer.map, "eltwise_param");
  const operation = (param && wordIn(param, "operation")?.value) ?? "SUM";
  if (/^(?:SUM|1)$/.test(operation)) return flow.add(inputs, from.shape);
  return flow.unread(inputs, layer.span, `an Eltwise layer with ${operation} is not estimated`, from.shape);
};

/** Parts of equal size, or cut at the points that are written; each goes on by itself. */
const slice: Read = ({ layer, from, flow }) => {
  const param = mapIn(layer.map, "slice_param");
  const axis = (numberOr(param, "axis", numberOr(param, "slice_dim", 1)) ?? 1) - 1;
  const whole = from.shape?.[axis] ?? null;
  const points = numbersIn(param, "slice_point");
  const ends = [...points, whole];
  return layer.tops.map((_, index) => {
    const start = index === 0 ? 0 : (points[index - 1] ?? null);
    const end = ends[index] ?? null;
    const cut = start === null || end === null ? null : end - start;
    const size = points.length > 0 ? cut : whole === null ? null : whole / layer.tops.length;
    return flow.reshape(
      from,
      from.shape ? known(from.shape.map((own, at) => (at === axis ? size : own))) : null,
    );
  });
};

const flatten: Read = ({ from, flow }) => flow.reshape(from, [volume(from.shape)]);

/** 0 copies a size, -1 takes what is left. */
const reshape: Read = ({ layer, from, flow }) => {
  const dims = numbersIn(mapsIn(mapIn(layer.map, "reshape_param"), "shape")[0], "dim").slice(1);
  const all = volume(from.shape);
  const sizes = dims.map((size, at) => (size === 0 ? (from.shape?.[at] ?? null) : size));
  const others = volume(sizes.filter((size) => size !== -1));
  return flow.reshape(
    from,
    known(sizes.map((size) => (size === -1 && all !== null && others !== null ? all / others : size))),
  );
};

const normalisation: Read = ({ layer, from, flow }) => flow.normalise(from, "batch", layer.span);

const meanVariance: Read = ({ layer, from, flow }) => {
  const isWhole = isTrue(mapIn(layer.map, "mvn_param"), "across_channels");
  return flow.normalise(from, isWhole ? "layer" : "instance", layer.span);
};

const dropout: Read = ({ layer, from, flow }) =>
  flow.drop(from, numberOr(mapIn(layer.map, "dropout_param"), "dropout_ratio", 0.5));

/** With a factor of its own for each channel it belongs to the normalisation before it; two blobs are multiplied. */
const scale: Read = ({ layer, inputs, from, flow }) =>
  inputs.length > 1
    ? flow.unread(inputs, layer.span, "values are multiplied here, which is not estimated", from.shape)
    : flow.reshape(from, from.shape);

const keep: Read = ({ from, flow }) => flow.reshape(from, from.shape);

const split: Read = ({ layer, from, flow }) => layer.tops.map(() => flow.reshape(from, from.shape));

const notEstimated: Read = ({ layer, inputs, flow }) =>
  flow.unread(inputs, layer.span, `${aLayer(layer.word.value)} is not estimated`);

const ACTIVATIONS =
  "relu prelu elu sigmoid tanh softmax bnll swish relu6 selu mish hswish hardswish hardsigmoid";

export const caffeSteps: Readonly<Record<string, Read | undefined>> = {
  ...Object.fromEntries(ACTIVATIONS.split(" ").map((type) => [type, activation])),
  convolution,
  convolutiondepthwise: convolution,
  depthwiseconvolution: convolution,
  deconvolution: convolution,
  innerproduct: innerProduct,
  pooling,
  concat,
  eltwise,
  slice,
  split,
  flatten,
  reshape,
  batchnorm: normalisation,
  bn: normalisation,
  mvn: meanVariance,
  dropout,
  scale,
  bias: keep,
  // Divides neighbouring channels by nearly the same positive number: no unit changes its sign.
  lrn: keep,
  lstm: notEstimated,
  rnn: notEstimated,
  embed: notEstimated,
};
