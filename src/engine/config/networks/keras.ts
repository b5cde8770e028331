/**
 * Keras models as data -> their networks: Sequential and functional, of Keras 2 and 3, alone (`model.to_json()`) or
 * inside something else (`modelTopology` of TensorFlow.js, the metadata of a saved model).
 */
import type { Site } from "../../model.ts";
import { type Data, type DataMap, entryOf, mapIn, wordIn } from "../../syntax/data.ts";
import { asInput, fileName, type ReadNetwork } from "./assumed.ts";
import { Flow } from "./flow.ts";
import { isModel, readKerasModel } from "./kerasGraph.ts";
import { type KerasNotes, kerasScale } from "./kerasSteps.ts";
import { kerasTraining } from "./kerasTraining.ts";

/** Whether a text may have a model in it: asked before it is parsed once more. */
export const mayBeKerasModel = (text: string): boolean =>
  /class_name["']?\s{0,9}:\s{0,9}["']?(?:Sequential|Functional|Model)\b/.test(text);

export function readKerasNetworks(
  root: Data,
  path: string,
  siteAt: (from: number) => Site | undefined,
): ReadNetwork[] {
  return modelsIn(root).flatMap(({ model, around }) => {
    const span = { from: model.from, to: model.to };
    const flow = new Flow(span);
    const notes: KerasNotes = {};
    if (isOld([model, ...around])) flow.gap(span, "the form of Keras 1 is not read");
    else for (const output of readKerasModel(model, undefined, { flow, siteAt, notes })) flow.output(output);
    const { training, gap } = kerasTraining([model, ...around]);
    if (gap) flow.gap(gap.span, gap.what);
    const { layers, gaps } = flow.read();
    if (layers.length === 0 && gaps.length === 0) return [];
    const config = mapIn(model, "config");
    return [
      {
        name: (config && wordIn(config, "name")?.value) || fileName(path),
        framework: "keras",
        span,
        layers,
        input: asInput(
          layers[0]?.kind === "conv" || notes.isImage ? "image" : "table",
          kerasScale(notes, flow.inputNormalisation),
        ),
        ...training,
        pretrained: around.some(hasWeights),
        gaps,
      },
    ];
  });
}

/** TensorFlow.js keeps a model beside the list of the files that its weights are in: they were trained. */
const hasWeights = (place: DataMap): boolean => entryOf(place, "weightsManifest") !== undefined;

/** Other names for nearly every setting. */
const isOld = (places: readonly DataMap[]): boolean =>
  places.some((place) => /^[01]\./.test(wordIn(place, "keras_version")?.value ?? ""));

interface Found {
  readonly model: DataMap;
  /** The maps that it is a value in, the nearest first: they may say how it was trained. */
  readonly around: readonly DataMap[];
}

/** Models that are no layer of another. Nesting is bounded by the parser. */
function modelsIn(data: Data, around: readonly DataMap[] = []): Found[] {
  if (data.type === "list") return data.items.flatMap((item) => modelsIn(item, around));
  if (data.type === "parts") return data.parts.flatMap((part) => modelsIn(part, around));
  if (data.type !== "map") return [];
  if (isModel(data)) return [{ model: data, around }];
  return data.entries.flatMap(({ value }) =>
    value && value.type !== "scalar" ? modelsIn(value, [data, ...around]) : [],
  );
}
