/** What each kind of Darknet's sections does to the values that reach it; defaults are those of parser.c. */
import {
  activated,
  connected,
  convolutional,
  deconvolutional,
  imageOf,
  local,
  type DarknetRead as Read,
} from "./darknetKernels.ts";
import { joined, known, sizeOrNull, slide } from "./shapes.ts";

const pooled: Read = ({ section, previous, flow }) => {
  const [channels, height, width] = imageOf(previous);
  const stride = sizeOrNull(section.number("stride", 1));
  const size = sizeOrNull(section.number("size", stride));
  const padding = section.number("padding", size === null ? null : size - 1);
  const place = { size, stride, padding };
  return flow.reshape(previous, [channels, slide(height, place), slide(width, place)]);
};

const route: Read = ({ section, values, previous, flow }) => {
  const from = section.numbers("layers").map((at) => values[at < 0 ? values.length + at : at]);
  const branches = from.flatMap((value) => value ?? []);
  const [first] = branches;
  if (!first || branches.length < from.length)
    return flow.unread([previous], section.span, "a [route] leads to no section before it");
  const groups = sizeOrNull(section.number("groups", 1));
  const [channels, ...place] =
    joined(
      branches.map(({ shape }) => shape),
      0,
    ) ?? [];
  const part = channels == null || groups === null ? null : channels / groups;
  const shape = known([part, place[0], place[1]]);
  return branches.length === 1 ? flow.reshape(first, shape) : flow.concatenate(branches, shape);
};

const shortcut: Read = (step) => {
  const { section, values, previous, flow } = step;
  const from = section.numbers("from").map((at) => values[at < 0 ? values.length + at : at]);
  const branches = from.flatMap((value) => value ?? []);
  if (branches.length === 0 || branches.length < from.length)
    return flow.unread(
      [previous],
      section.span,
      "a [shortcut] leads to no section before it",
      previous.shape,
    );
  return activated(step, flow.add([previous, ...branches], previous.shape), "linear");
};

const crop: Read = ({ section, previous, flow }) =>
  flow.reshape(
    previous,
    known([previous.shape?.[0], section.number("crop_height", 1), section.number("crop_width", 1)]),
  );

/** Moves places to channels: stride x stride of them make one. */
const reorg: Read = ({ section, previous, flow }) => {
  const stride = section.number("stride", 1) ?? Number.NaN;
  const factor = (section.number("reverse", 0) ?? 0) !== 0 ? 1 / stride : stride;
  const [channels, height, width] = imageOf(previous);
  const scaled = (size: number | null, by: number): number | null =>
    size === null ? null : Math.floor(size * by);
  return flow.reshape(
    previous,
    known([scaled(channels, factor * factor), scaled(height, 1 / factor), scaled(width, 1 / factor)]),
  );
};

const upsample: Read = ({ section, previous, flow }) => {
  const stride = section.number("stride", 2) ?? Number.NaN;
  const [channels, ...place] = imageOf(previous);
  const scaled = place.map((size) =>
    size === null ? null : stride < 0 ? Math.floor(size / -stride) : size * stride,
  );
  return flow.reshape(previous, known([channels, ...scaled]));
};

const keep: Read = ({ previous, flow }) => flow.reshape(previous, previous.shape);

/** The section is the activation: its site is its header. */
const itself: Read = ({ section, previous, flow, siteAt }) => {
  const site = siteAt(section.span.from);
  return site ? flow.activate(previous, site, section.span) : flow.reshape(previous, previous.shape);
};

const notEstimated: Read = ({ section, previous, flow }) => {
  const output = sizeOrNull(section.number("output", null));
  const shape = output === null ? null : [output, 1, 1];
  return flow.unread([previous], section.span, `a [${section.type}] section is not estimated`, shape);
};

/** Multiplies what another section gave by what comes in. */
const scales: Read = ({ section, previous, values, flow }) => {
  const [at = Number.NaN] = section.numbers("from");
  const other = values[at < 0 ? values.length + at : at];
  const what = "values are multiplied here, which is not estimated";
  return flow.unread(other ? [previous, other] : [previous], section.span, what, other?.shape ?? null);
};

const detects: Read = ({ section, previous, flow }) => {
  flow.gap(section.span, `the loss of a [${section.type}] section is not estimated`);
  flow.output(previous);
  return { ...previous };
};

const cost: Read = ({ section, previous, flow }) => {
  const type = section.word("type")?.value ?? "sse";
  if (!/^(?:sse|masked)$/.test(type)) flow.gap(section.span, `the loss ${type} is not estimated`);
  flow.output(previous);
  return { ...previous };
};

export const darknetSteps: Readonly<Record<string, Read | undefined>> = {
  conv: convolutional,
  convolutional,
  deconv: deconvolutional,
  deconvolutional,
  local,
  conn: connected,
  connected,
  max: pooled,
  maxpool: pooled,
  local_avgpool: pooled,
  avg: ({ previous, flow }) => flow.reshape(previous, [previous.shape?.[0] ?? null, 1, 1]),
  avgpool: ({ previous, flow }) => flow.reshape(previous, [previous.shape?.[0] ?? null, 1, 1]),
  batchnorm: ({ section, previous, flow }) => flow.normalise(previous, "batch", section.span),
  dropout: ({ section, previous, flow }) => flow.drop(previous, section.number("probability", 0.5)),
  activation: (step) => activated(step, step.previous, "linear"),
  // Scales neighbouring channels by nearly the same positive number: no unit changes its sign.
  lrn: keep,
  normalization: keep,
  route,
  shortcut,
  crop,
  reorg,
  reorg3d: reorg,
  reorg_old: reorg,
  upsample,
  soft: itself,
  softmax: itself,
  logistic: itself,
  cost,
  yolo: detects,
  gaussian_yolo: detects,
  Gaussian_yolo: detects,
  region: detects,
  detection: detects,
  iseg: detects,
  rnn: notEstimated,
  crnn: notEstimated,
  gru: notEstimated,
  lstm: notEstimated,
  conv_lstm: notEstimated,
  scale_channels: scales,
  sam: scales,
  l2norm: notEstimated,
};
