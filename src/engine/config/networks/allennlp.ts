/** AllenNLP's `FeedForward`: dense layers by their widths and activations, a part of a model that is not read. */
import type { Layer, Site } from "../../model.ts";
import { type Data, type DataList, type DataMap, entryOf, numberIn, walkData } from "../../syntax/data.ts";
import { asInput, assumedLoss, assumedScale, type ReadNetwork, untold } from "./assumed.ts";

export const mayBeFeedForward = (text: string): boolean =>
  text.includes("hidden_dims") && text.includes("activations");

/** https://docs.allennlp.org/main/api/modules/feedforward/ */
export function readFeedForwards(root: Data, siteAt: (from: number) => Site | undefined): ReadNetwork[] {
  const found: ReadNetwork[] = [];
  walkData(root, (data, _, keys) => {
    const network = data.type === "map" ? feedForward(data, keys.at(-1) ?? "feedforward", siteAt) : undefined;
    if (network) found.push(network);
  });
  return found;
}

function feedForward(
  map: DataMap,
  name: string,
  siteAt: (from: number) => Site | undefined,
): ReadNetwork | undefined {
  const count = numberIn(entryOf(map, "num_layers")?.value);
  const dims = entryOf(map, "hidden_dims")?.value;
  const activations = entryOf(map, "activations")?.value;
  if (count === undefined || count < 1 || count > MOST_LAYERS || !dims || !activations) return undefined;
  const layers: Layer[] = [];
  let before = numberIn(entryOf(map, "input_dim")?.value) ?? null;
  for (let index = 0; index < count; index += 1) {
    const width = itemOf(dims, index);
    const word = itemOf(activations, index);
    const units = numberIn(width) ?? null;
    if (!width) return undefined;
    layers.push({
      kind: "dense",
      name: `_linear_layers.${index}`,
      span: { from: width.from, to: width.to },
      fanIn: before,
      units,
      kernelArea: 1,
      weights: { value: { scheme: "torch_default" } },
      bias: { value: { scheme: "torch_default" } },
      normalisation: null,
      site: (word && siteAt(word.from)) ?? null,
      residual: false,
      dropout: numberIn(itemOf(entryOf(map, "dropout")?.value, index)) ?? 0,
    });
    before = units;
  }
  const span = { from: map.from, to: map.to };
  return {
    name,
    framework: "allennlp",
    span,
    layers,
    input: asInput("table", assumedScale),
    loss: assumedLoss,
    optimiser: { value: "adam", assumption: "which optimiser trains it is not read: Adam assumed" },
    learningRate: { value: 0.001, assumption: "learning rate is not read: Adam's default 0.001 assumed" },
    momentum: { value: 0 },
    ...untold,
    gaps: [{ span, what: "the model that this is a part of is not read" }],
  };
}

const MOST_LAYERS = 100;

/** One value stands for every layer. */
function itemOf(data: Data | undefined, index: number): Data | undefined {
  return data?.type === "list" ? (data as DataList).items[index] : data;
}
