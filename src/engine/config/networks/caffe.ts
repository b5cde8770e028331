/** Caffe's `.prototxt` -> its network in training: layers in the order of the file, joined by the names of blobs. */
import type { Loss, Reading, Site } from "../../model.ts";
import { type DataMap, wordIn } from "../../syntax/data.ts";
import { readPrototxt } from "../../syntax/dataPrototxt.ts";
import type { ConfigUnit } from "../../units.ts";
import {
  aLayer,
  asInput,
  assumedLoss,
  fileName,
  type ReadNetwork,
  type Training,
  untold,
} from "./assumed.ts";
import { listIn, mapsIn, numbersIn, wordsIn } from "./caffeFields.ts";
import { inputsOf, isInput, scaleOf } from "./caffeInput.ts";
import type { CaffeLayer } from "./caffeKernels.ts";
import { caffeSteps } from "./caffeSteps.ts";
import { Flow, type Value } from "./flow.ts";
import { known } from "./shapes.ts";

const LOSSES: Readonly<Record<string, Loss | undefined>> = {
  softmaxwithloss: "cross-entropy",
  softmaxloss: "cross-entropy",
  sigmoidcrossentropyloss: "cross-entropy",
  multinomiallogisticloss: "cross-entropy",
  euclideanloss: "squared-error",
};

/** What looks at values only. */
const MEASURE = /^(?:accuracy|silence|argmax|hdf5output)$/;

export function readCaffeNetwork(
  { text, path }: ConfigUnit,
  siteAt: (from: number) => Site | undefined,
): ReadNetwork[] {
  const root = readPrototxt(text);
  const layers = layersOf(root);
  const [first, last] = [layers[0], layers.at(-1)];
  if (!first || !last) return [];
  const name = wordIn(root, "name");
  const span = { from: Math.min(first.span.from, nameFrom(root)), to: last.span.to };
  const flow = new Flow(span);
  const losses: Reading<Loss>[] = [];
  const blobs = blobsOf(root, flow);
  for (const layer of layers) {
    if (!flow.mayGoOn()) break;
    const { type, bottoms, tops, span: at } = layer;
    if (isInput(type)) {
      for (const [index, value] of inputsOf(layer).entries()) {
        const top = tops[index];
        if (top !== undefined) blobs.set(top, flow.input(value));
      }
      continue;
    }
    const inputs = bottoms.map((bottom) => {
      const value = blobs.get(bottom);
      return value ?? flow.unread([], at, `no layer before ${layer.name} gives ${bottom}`);
    });
    if (/loss$/.test(type)) {
      const value = LOSSES[type];
      if (value) losses.push({ value, span: at });
      else flow.gap(at, `the loss of ${aLayer(layer.word.value)} is not estimated`);
      for (const input of inputs) flow.output(input);
    } else if (MEASURE.test(type)) {
      for (const input of inputs) flow.use(input);
    } else {
      const step = caffeSteps[type];
      const from = inputs[0] ?? flow.unread([], at, `${layer.name} takes nothing`);
      const given = step
        ? step({ layer, inputs, from, flow, siteAt })
        : flow.unread(inputs, at, `what ${aLayer(layer.word.value)} does is not known`);
      tops.forEach((top, index) => {
        const value = Array.isArray(given) ? given[index] : given;
        if (value) blobs.set(top, value);
      });
    }
  }
  const read = flow.read();
  if (read.layers.length === 0 && read.gaps.length === 0) return [];
  const isImage = read.layers[0]?.kind === "conv" || [...blobs.values()].some(isImageInput);
  return [
    {
      name: name?.value || fileName(path),
      framework: "caffe",
      span,
      layers: read.layers,
      input: asInput(isImage ? "image" : "table", scaleOf(layers, flow.inputNormalisation)),
      ...TRAINING,
      loss: losses[0] ?? assumedLoss,
      // What starts at 0 never learns: such weights are those of a trained network.
      pretrained: read.layers.some(({ weights }) => weights.assumption !== undefined),
      gaps: read.gaps,
    },
  ];
}

/** A solver is a file of its own; Caffe's is SGD, and its examples have this rate and momentum. */
const TRAINING: Omit<Training, "loss"> = {
  ...untold,
  optimiser: { value: "momentum", assumption: "optimiser not in this file: SGD with momentum 0.9 assumed" },
  learningRate: { value: 0.01, assumption: "learning rate not in this file: 0.01 assumed" },
  momentum: { value: 0.9, assumption: "momentum not in this file: 0.9 assumed" },
};

const isImageInput = ({ shape, draft, input }: Value): boolean =>
  draft === null && input !== null && shape?.length === 3;

const nameFrom = (root: DataMap): number =>
  root.entries.find(({ key }) => key.value === "name")?.key.from ?? Number.POSITIVE_INFINITY;

/** Inputs that a file for use names at its top: `input`, with `input_dim` or `input_shape`. */
function blobsOf(root: DataMap, flow: Flow): Map<string, Value> {
  const dims = numbersIn(root, "input_dim");
  const shapes = mapsIn(root, "input_shape").map((shape) => numbersIn(shape, "dim"));
  return new Map(
    wordsIn(root, "input").map((input, index) => {
      const shape = shapes[index] ?? dims.slice(4 * index, 4 * index + 4);
      return [input, flow.input(shape.length > 1 ? known(shape.slice(1)) : null)] as const;
    }),
  );
}

function layersOf(root: DataMap): CaffeLayer[] {
  return root.entries.flatMap(({ key, value }): CaffeLayer[] => {
    const word = value?.type === "map" ? wordIn(value, "type") : undefined;
    if (!/^layers?$/.test(key.value) || value?.type !== "map" || !word || !isTrained(value)) return [];
    return [
      {
        map: value,
        span: { from: key.from, to: value.to },
        word,
        type: word.value.toLowerCase().replaceAll("_", ""),
        name: wordIn(value, "name")?.value ?? word.value,
        bottoms: wordsIn(value, "bottom"),
        tops: wordsIn(value, "top"),
      },
    ];
  });
}

/** Whether it is there in training, with no stage or level set: net.cpp, StateMeetsRule. */
function isTrained(layer: DataMap): boolean {
  const meets = (rule: DataMap): boolean =>
    (wordIn(rule, "phase")?.value ?? "TRAIN") === "TRAIN" &&
    listIn(rule, "stage").length === 0 &&
    numbersIn(rule, "min_level").every((level) => level === null || level <= 0) &&
    numbersIn(rule, "max_level").every((level) => level === null || level >= 0);
  const include = mapsIn(layer, "include");
  return include.length > 0 ? include.some(meets) : !mapsIn(layer, "exclude").some(meets);
}
