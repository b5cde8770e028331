/** A network that was read from code -> what the lab can train, or why it cannot. */
import { activationById } from "../engine/activations/catalogue.ts";
import type { InputScale, Layer, Network } from "../engine/model.ts";
import { type DataId, type DataInfo, dataInfo, dataInfos, trainedRows } from "./data/infos.ts";
import { constantsOf, KEEPS_LESS, TRUNCATES } from "./frameworks.ts";
import { type Geometry, geometryOf, geometryRead } from "./geometry.ts";
import { type Shape, shapeAfter } from "./network.ts";
import { inputsOf, refuse, Unfit } from "./refusals.ts";
import type { DenseSpec, LabActivation, LayerSpec, NetworkSpec } from "./spec.ts";

export interface LabNetwork {
  readonly name: string;
  readonly spec: NetworkSpec;
  readonly data: DataId;
  readonly scale: InputScale;
  readonly standardiseTargets: boolean;
  readonly truncates: boolean;
  /** What is not as in the code, or was assumed: sentences without a stop. */
  readonly notes: readonly string[];
}

export type FromNetwork = LabNetwork | { readonly reason: string };

export interface Wanted {
  /** Otherwise what fits the network's inputs best. */
  readonly data?: DataId;
  /** Of the code, where it was read. */
  readonly batch?: number;
}

const DEFAULT_BATCH = 64;

/** Multiplications of one forward pass of a batch: a run of 300 steps takes about half a minute at most. */
const LARGEST = 1.5e8;
/** Above it convolutions are tried on the small digits, in a tenth of the time. */
const COMFORTABLE = 3e7;

export function fromNetwork(network: Network, wanted: Wanted = {}): FromNetwork {
  try {
    const isChosen = wanted.data !== undefined || network.layers[0]?.kind !== "conv";
    return isChosen ? convert(network, wanted) : smaller(network, wanted);
  } catch (error) {
    if (error instanceof Unfit) return { reason: error.message };
    throw error;
  }
}

/** Convolutions on MNIST's digits, or on the small ones where that would take too long and these are large enough. */
function smaller(network: Network, wanted: Wanted): FromNetwork {
  const onSmall = fromNetwork(network, { ...wanted, data: "digits" });
  if ("reason" in onSmall) return convert(network, { ...wanted, data: "mnist" });
  const large = fromNetwork(network, { ...wanted, data: "mnist" });
  const isLarge =
    "reason" in large || productsOf(large.spec, dataInfo("mnist")) * large.spec.batch > COMFORTABLE;
  return isLarge ? onSmall : large;
}

function convert(network: Network, wanted: Wanted): LabNetwork {
  const { layers, framework } = network;
  refuse(network);
  const data = wanted.data ?? dataFor(network);
  const info = dataInfo(data);
  const notes: string[] = [];
  const isRegression = info.classes === 0;
  const loss = isRegression ? "squared-error" : "cross-entropy";
  if (loss !== network.loss.value)
    notes.push(`trained with ${loss.replace("-", " ")}, as ${info.title} needs it`);
  noteInput(layers[0]!, info, notes);

  const geometry = geometryFor(layers);
  if (geometry?.note) notes.push(geometry.note);
  const specs = layers.map((layer, index): LayerSpec => {
    const isLast = index === layers.length - 1;
    return isLast ? outputOf(layer, layers, info, geometry, notes) : hiddenOf(layer, index, layers, geometry);
  });
  if (layers.some(({ site }) => site?.activation === "rrelu"))
    notes.push("RReLU with its mean slope in place of a drawn one");
  const { optimiser, learningRate, momentum, clip, targets } = network;
  for (const { assumption } of [network.input, optimiser, learningRate])
    if (assumption) notes.push(assumption);
  const most = trainedRows(info.rows);
  const batch = Math.min(wanted.batch ?? DEFAULT_BATCH, most);
  if (wanted.batch === undefined) notes.push(`batches of ${DEFAULT_BATCH}, since their size was not read`);
  else if (batch < wanted.batch)
    notes.push(`batches of all ${most} rows that ${info.title} is trained on, in place of ${wanted.batch}`);
  const spec: NetworkSpec = {
    layers: specs,
    loss,
    optimiser: {
      kind: optimiser.value,
      learningRate: learningRate.value,
      momentum: momentum.value,
      ...constantsOf(framework),
      clip: clip.value,
    },
    batch,
    batchNormDecay: KEEPS_LESS.has(framework) ? 0.9 : 0.99,
  };
  refuseSize(spec, info);
  return {
    name: network.name,
    spec,
    data,
    scale: network.input.value.scale,
    standardiseTargets: targets.value !== "raw",
    truncates: TRUNCATES.has(framework),
    notes: [...new Set(notes)],
  };
}

/** The set with as many features as the network reads, else one of its kind. */
function dataFor({ layers, input, loss }: Network): DataId {
  const isRegression = loss.value === "squared-error";
  const [first] = layers;
  const fits = ({ columns, height, width, classes }: DataInfo) =>
    (classes === 0) === isRegression && height * width * columns === first!.fanIn;
  if (first!.kind === "conv") return "mnist";
  const exact = dataInfos.find(fits);
  if (exact) return exact.id;
  if (isRegression) return "diabetes";
  return input.value.data === "image" ? "mnist" : "cancer";
}

function noteInput(first: Layer, { title, height, width, columns }: DataInfo, notes: string[]): void {
  const expected = first.kind === "conv" ? first.fanIn! / first.kernelArea! : first.fanIn!;
  const given = first.kind === "conv" ? columns : height * width * columns;
  if (expected === given) return;
  const what = first.kind === "conv" ? "channel" : "feature";
  const count = (n: number) => `${n} ${what}${n === 1 ? "" : "s"}`;
  notes.push(`reads the ${count(given)} of ${title} in place of ${count(expected)}`);
}

function geometryFor(layers: readonly Layer[]): Geometry | undefined {
  const convs = layers.filter(({ kind }) => kind === "conv");
  if (convs.length === 0) return undefined;
  const last = layers.lastIndexOf(convs.at(-1)!);
  const dense = layers[last + 1]!;
  const positions = dense.fanIn! / convs.at(-1)!.units!;
  const kernels = convs.map(({ kernelArea }) => Math.sqrt(kernelArea!));
  const windows = convs.map(({ window }) => window);
  const found = Number.isInteger(positions)
    ? (geometryRead(kernels, windows, positions) ?? geometryOf(kernels, positions))
    : undefined;
  if (!found) throw new Unfit("strides and pooling of its convolutions cannot be told from their sizes");
  return found;
}

function hiddenOf(layer: Layer, index: number, layers: readonly Layer[], geometry?: Geometry): LayerSpec {
  const common = { ...commonOf(layer, index), activation: activationOf(layer) };
  if (layer.kind === "dense") return { ...common, kind: "dense", gather: geometry?.gather ?? "flatten" };
  const place = layers.slice(0, index).filter(({ kind }) => kind === "conv").length;
  return { ...common, kind: "conv", kernel: Math.sqrt(layer.kernelArea!), ...geometry!.windows[place]! };
}

/** The output's units and activation are those that the data and the loss ask for; a rectifier there is kept. */
function outputOf(
  layer: Layer,
  layers: readonly Layer[],
  { classes, title }: DataInfo,
  geometry: Geometry | undefined,
  notes: string[],
): DenseSpec {
  const units = Math.max(1, classes);
  if (units !== layer.units)
    notes.push(
      `${units} output${units === 1 ? "" : "s"}, as ${title} needs them, in place of ${layer.units}`,
    );
  const activation = layer.site && activationById(layer.site.activation);
  const isPartOfLoss = classes > 0 && (activation?.shape === "vector" || activation?.id === "sigmoid");
  const keeps = activation?.shape === "elementwise" && !isPartOfLoss;
  if (activation && !keeps && activation.id === "sigmoid")
    notes.push("softmax over two outputs in place of a sigmoid on one");
  return {
    ...commonOf(layer, layers.length - 1),
    kind: "dense",
    gather: geometry?.gather ?? "flatten",
    units,
    activation: keeps ? activationOf(layer) : null,
  };
}

function commonOf(layer: Layer, index: number): Omit<DenseSpec, "kind" | "gather" | "activation"> {
  return {
    units: layer.units!,
    weights: layer.weights.value,
    bias: layer.bias?.value ?? null,
    normalisation: layer.normalisation as LayerSpec["normalisation"],
    dropout: layer.dropout,
    inputs: inputsOf(layer, index),
  };
}

const activationOf = ({ site }: Layer): LabActivation | null =>
  site && { id: site.activation, parameters: site.parameters };

function refuseSize(spec: NetworkSpec, data: DataInfo): void {
  const inBatch = productsOf(spec, data) * spec.batch;
  if (Number.isNaN(inBatch)) {
    throw new Unfit(`images of ${data.title} are too small for its convolutions and pooling`);
  }
  if (inBatch > LARGEST) {
    throw new Unfit(
      `it is too large to try here: ${Math.round(inBatch / 1e6)} million multiplications a step`,
    );
  }
}

/** Multiplications of one forward pass of one input; NaN: nothing would be left of an image. */
function productsOf(spec: NetworkSpec, data: DataInfo): number {
  const shapes: Shape[] = [];
  let products = 0;
  for (const layer of spec.layers) {
    const from: Shape = layer.inputs[0] === undefined ? data : shapes[layer.inputs[0]]!;
    const to = shapeAfter(layer, from);
    if (to.height < 1 || to.width < 1) return Number.NaN;
    const flat = layer.kind === "dense" && layer.gather === "flatten" ? from.height * from.width : 1;
    products +=
      layer.kind === "conv"
        ? (from.height * from.width * layer.kernel ** 2 * from.columns * layer.units) / layer.stride ** 2
        : from.columns * flat * layer.units;
    shapes.push(to);
  }
  return products;
}
