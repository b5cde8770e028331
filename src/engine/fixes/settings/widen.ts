/** More units in a layer, and as many more inputs in the layers behind. */
import { layerOf } from "../../frameworks/index.ts";
import type { Layer, Network, Span } from "../../model.ts";
import { readersOf } from "../../network/graph.ts";
import { argumentOf, type Call, type Expression } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import type { CodeIndex } from "../codeIndex.ts";
import { replace } from "../edits.ts";
import { type Edits, symbolOf, textOf } from "./call.ts";
import { namesOf } from "./feeds.ts";
import { isNumeral, valueOfNumeral } from "./numbers.ts";

const UNITS = /^(?:units|out_features|features|output_size)$/;
const INPUTS = /^in_features$/;

/** What is added to something else must have its width. */
const hasSums = ({ layers }: Network): boolean =>
  layers.some(({ residual, inputs }) => residual || (inputs?.length ?? 0) > 1);

/** Where both are numbers in their calls. */
export function widen(network: Network, layer: Layer, units: number, unit: Unit, index: CodeIndex): Edits {
  const was = layer.units;
  const readers = readersOf(network, layer);
  // A normalisation between them is told the number of units too, where it isn't found out.
  if (was === null || layer.kind !== "dense" || layer.normalisation || hasSums(network)) return undefined;
  const own = numberAt(layer, UNITS, was, unit, index);
  if (own === undefined || own === "inferred") return undefined;
  if (readers.some((reader) => reader.span.from === layer.span.from || reader.kind !== "dense"))
    return undefined;
  const behind = readers.map((reader) => numberAt(reader, INPUTS, was, unit, index));
  if (behind.includes(undefined)) return undefined;
  return [own, ...behind].flatMap((span) =>
    span && span !== "inferred" ? [replace(span, String(units))] : [],
  );
}

/**
 * Where the width has a name, `hidden`, `args.width`: the only number that the file gives that name. It may be the
 * width of other layers too.
 */
export function widenByName(
  network: Network,
  layer: Layer,
  units: number,
  unit: Unit,
  index: CodeIndex,
): Edits {
  const found = index.at(layer.span);
  if (layer.units === null || layer.kind !== "dense" || found?.node.type !== "call") return undefined;
  if (hasSums(network)) return undefined;
  if (network.framework === "sklearn") return widenPerceptron(network, layer, units, found.node, unit);
  const spelling = layerOf(symbolOf(found.node, found.scope, unit));
  const parameter = spelling?.parameters.find(({ name }) => UNITS.test(name));
  const given = parameter && argumentOf(found.node, parameter.name, parameter.position)?.value;
  if (given?.type !== "name" && given?.type !== "attribute") return undefined;
  const literals = literalsNamed(given.name, layer.units, unit, index);
  const [only, ...others] = literals;
  return only && others.length === 0 ? [replace(only, String(units))] : undefined;
}

/** Numbers of that value which are bound to a name: variables, members, parameters, keys, options. */
function literalsNamed(name: string, value: number, unit: Unit, index: CodeIndex): readonly Span[] {
  const isValue = ({ node }: { readonly node: Expression }): boolean =>
    node.type === "number" && node.value === value && isNumeral(textOf(node, unit));
  return index.places
    .filter(isValue)
    .filter(({ node }) => namesOf(node, index).includes(name))
    .map(({ node }) => node);
}

/** `hidden_layer_sizes=(2, 2)` */
function widenPerceptron(network: Network, layer: Layer, units: number, call: Call, unit: Unit): Edits {
  const sizes = argumentOf(call, "hidden_layer_sizes", 0)?.value;
  const item = sizes?.type === "sequence" ? sizes.items[network.layers.indexOf(layer)]?.value : undefined;
  return item && isNumeral(textOf(item, unit)) ? [replace(item, String(units))] : undefined;
}

/** The number of that argument; `inferred` where the layer takes none. */
function numberAt(
  layer: Layer,
  names: RegExp,
  value: number,
  unit: Unit,
  index: CodeIndex,
): Span | "inferred" | undefined {
  const found = index.at(layer.span);
  if (found?.node.type !== "call") return undefined;
  const spelling = layerOf(symbolOf(found.node, found.scope, unit));
  const parameter = spelling?.parameters.find(({ name }) => names.test(name));
  if (spelling && !parameter && names === INPUTS) return "inferred";
  const given = parameter && argumentOf(found.node, parameter.name, parameter.position)?.value;
  if (!given) return undefined;
  const written = textOf(given, unit);
  return isNumeral(written) && valueOfNumeral(written) === value
    ? { from: given.from, to: given.to }
    : undefined;
}
