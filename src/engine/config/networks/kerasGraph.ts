/** The layers of a Keras model in the order of execution: a list, or nodes that name what they take. */
import type { Site } from "../../model.ts";
import { type Data, type DataMap, entryOf, mapIn, numberIn, wordIn } from "../../syntax/data.ts";
import type { Flow, Value } from "./flow.ts";
import { builtShape, classOf, itemsOf, shapeOf, valueIn } from "./kerasFields.ts";
import { applyKerasLayer, type KerasNotes } from "./kerasSteps.ts";
import type { Shape } from "./shapes.ts";

export interface KerasReader {
  readonly flow: Flow;
  readonly siteAt: (from: number) => Site | undefined;
  readonly notes: KerasNotes;
}

export const isModel = (map: DataMap): boolean =>
  /^(?:Sequential|Functional|Model)$/.test(classOf(map)) && layersOf(map) !== undefined;

/** Old versions write a Sequential as a bare list. */
function layersOf(model: DataMap): readonly DataMap[] | undefined {
  const config = entryOf(model, "config")?.value;
  const layers = config?.type === "map" ? entryOf(config, "layers")?.value : config;
  if (layers?.type !== "list") return undefined;
  return layers.items.flatMap((item) => (item.type === "map" ? item : []));
}

/** @param given what a model takes that is a layer of another; its own inputs else */
export function readKerasModel(
  model: DataMap,
  given: readonly Value[] | undefined,
  reader: KerasReader,
): readonly Value[] {
  // A model may be a layer of itself many times over: its text is not walked again for nothing.
  if (!reader.flow.mayGoOn()) return [];
  const layers = layersOf(model) ?? [];
  return classOf(model) === "Sequential"
    ? readList(model, layers, given?.[0], reader)
    : readNodes(model, layers, given, reader);
}

function readList(
  model: DataMap,
  layers: readonly DataMap[],
  given: Value | undefined,
  reader: KerasReader,
): readonly Value[] {
  const config = mapIn(model, "config");
  const [first] = layers;
  const written = config && shapeOf(valueIn(config, "build_input_shape", "batch_input_shape"));
  let value =
    given ?? reader.flow.input(written ?? (first && inputShape(first)) ?? builtShape(model) ?? null);
  for (const layer of layers) {
    if (!reader.flow.mayGoOn()) break;
    if (classOf(layer) !== "InputLayer") value = applied(layer, [value], reader)[0] ?? value;
  }
  return [value];
}

function inputShape(layer: DataMap): Shape | undefined {
  const config = mapIn(layer, "config");
  return config && shapeOf(valueIn(config, "batch_shape", "batch_input_shape"));
}

/** One application of a layer. */
interface Node {
  readonly layer: DataMap;
  readonly key: string;
  readonly takes: readonly Reference[];
  /** How many of them are known to be there. */
  there: number;
}

interface Reference {
  readonly name: string;
  readonly node: number;
  readonly tensor: number;
  /** Keras 3 notes it with each tensor. */
  readonly shape: Shape | undefined;
}

const keyOf = (name: string, node: number): string => `${name} ${node}`;

function readNodes(
  model: DataMap,
  layers: readonly DataMap[],
  given: readonly Value[] | undefined,
  reader: KerasReader,
): readonly Value[] {
  const { flow } = reader;
  const config = mapIn(model, "config");
  const inputs = referencesIn(config && valueIn(config, "input_layers"));
  const done = new Map<string, readonly Value[]>();
  const waiting = new Map<string, Node[]>();
  let left = 0;

  const only = new Set<string>();
  const resolve = ({ name, node }: Reference): string =>
    only.has(name) ? keyOf(name, 0) : keyOf(name, node);

  const run = (start: Node): void => {
    // A list, not a call for each: chains may be long.
    const ready = [start];
    for (let node = ready.pop(); node; node = ready.pop()) {
      let missing: string | undefined;
      for (; missing === undefined && node.there < node.takes.length; ) {
        const key = resolve(node.takes[node.there]!);
        if (done.has(key)) node.there += 1;
        else missing = key;
      }
      if (missing !== undefined) {
        const others = waiting.get(missing);
        if (others) others.push(node);
        else waiting.set(missing, [node]);
        left += 1;
        continue;
      }
      if (!flow.mayGoOn()) return;
      done.set(node.key, valuesOf(node));
      const woken = waiting.get(node.key) ?? [];
      waiting.delete(node.key);
      left -= woken.length;
      ready.push(...woken.toReversed());
    }
  };

  const valuesOf = ({ layer, takes }: Node): readonly Value[] => {
    const name = nameOf(layer);
    if (classOf(layer) === "InputLayer") {
      const at = inputs.findIndex((input) => input.name === name);
      return [given?.[at < 0 ? 0 : at] ?? flow.input(inputShape(layer) ?? null)];
    }
    const values = takes.flatMap((reference) => {
      const value = done.get(resolve(reference))?.[reference.tensor];
      // What no layer read here gives has at least the shape that is noted.
      return value ? { ...value, shape: value.shape ?? reference.shape ?? null } : [];
    });
    return applied(layer, values, reader);
  };

  const all = layers.map((layer) => ({ layer, nodes: nodesOf(layer) }));
  // Nested models may be counted from 1, their own first node being left out.
  for (const { layer, nodes } of all) if (nodes.length <= 1) only.add(nameOf(layer));
  for (const { layer, nodes } of all) {
    for (const [index, takes] of nodes.entries())
      run({ layer, key: keyOf(nameOf(layer), index), takes, there: 0 });
  }
  if (left > 0 && !flow.isOver) flow.gap(model, "some of its layers take what no layer gives");
  const outputs = referencesIn(config && valueIn(config, "output_layers"));
  return outputs.flatMap((reference) => done.get(resolve(reference))?.[reference.tensor] ?? []);
}

const nameOf = (layer: DataMap): string => {
  const config = mapIn(layer, "config");
  return wordIn(layer, "name")?.value ?? (config && wordIn(config, "name")?.value) ?? "";
};

/** What each application of a layer takes; an input has one that takes nothing. */
function nodesOf(layer: DataMap): readonly (readonly Reference[])[] {
  const nodes = itemsOf(valueIn(layer, "inbound_nodes")) ?? [];
  if (nodes.length === 0) return classOf(layer) === "InputLayer" ? [[]] : [];
  // A saved model's metadata has the tensors of a single node without a list around them.
  if (nodes.every(isReference)) return [nodes.flatMap(referencesIn)];
  return nodes.map(referencesIn);
}

/** `["conv1", 0, 0]`, with or without `{}` behind it. */
function isReference(data: Data): boolean {
  const items = itemsOf(data);
  return (
    items?.[0]?.type === "scalar" && numberIn(items[0]) === undefined && numberIn(items[1]) !== undefined
  );
}

function referencesIn(data: Data | undefined): Reference[] {
  if (!data || data.type === "scalar") return [];
  if (data.type === "map") {
    const config = mapIn(data, "config");
    const history = config && entryOf(config, "keras_history")?.value;
    if (!history) return data.entries.flatMap(({ value }) => referencesIn(value));
    return referencesIn(history).map((reference) => ({
      ...reference,
      shape: shapeOf(valueIn(config, "shape")),
    }));
  }
  const items = itemsOf(data) ?? [];
  const [name, node, tensor] = items;
  if (!isReference(data) || name?.type !== "scalar") return items.flatMap(referencesIn);
  const own = {
    name: name.value,
    node: numberIn(node) ?? 0,
    tensor: numberIn(tensor) ?? 0,
    shape: undefined,
  };
  // Further arguments stand behind, and may be tensors.
  return [own, ...items.slice(3).flatMap(referencesIn)];
}

function applied(layer: DataMap, inputs: readonly Value[], reader: KerasReader): readonly Value[] {
  if (isModel(layer)) return readKerasModel(layer, inputs, reader);
  const [first, ...rest] = inputs;
  const shaped =
    first && first.shape === null ? [{ ...first, shape: builtShape(layer) ?? null }, ...rest] : inputs;
  return [applyKerasLayer(layer, shaped, reader)];
}
