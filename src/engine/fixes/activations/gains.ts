/** Initialisers that are told which activation follows: they change together with it. */

import type { Edit, Layer, Network, Site } from "../../model.ts";
import { isWithin } from "../../spans.ts";
import { argumentOf, type Call } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import type { CodeIndex, Indexed } from "../codeIndex.ts";
import { distinct, insert, replace } from "../edits.ts";
import { DEEP_FROM, meantBy, namedGain } from "./namedGains.ts";

/**
 * Slope from which the gain is worth an edit: He's variance is off by a factor of 1 + slope², 1 % a layer at 0.1, and
 * 0.01 % at 0.01.
 */
const MATTERS_FROM = 0.1;

export interface Gains {
  readonly edits: readonly Edit[];
  readonly imports: readonly Edit[];
  readonly notes: readonly string[];
}

/** What counts of the whole network. */
export interface Whole {
  readonly isDeep: boolean;
  /** Every activation of the network changes. */
  readonly isWhole: boolean;
}

const NOTHING: Gains = { edits: [], imports: [], notes: [] };

const key = ({ from, to }: { readonly from: number; readonly to: number }): string => `${from} ${to}`;

/** @param sites those that become Leaky ReLU with that slope */
export function gainsFor(
  { layers }: Network,
  sites: readonly Site[],
  slope: number,
  unit: Unit,
  index: CodeIndex,
): Gains {
  if (slope < MATTERS_FROM) return NOTHING;
  const changed = new Set(sites.map(({ span }) => key(span)));
  const isChanged = ({ site }: Layer): boolean => site !== null && changed.has(key(site.span));
  const told = layers.filter((layer) => isChanged(layer) && layer.weights.span && isHe(layer));
  const isDeep = layers.filter(({ site }) => site !== null).length >= DEEP_FROM;
  const isWhole = layers.every((layer) => layer.site === null || isChanged(layer));
  const seen = new Set<string>();
  const all: Gains[] = [];
  for (const { weights } of told) {
    const { span } = weights;
    if (!span || seen.has(key(span))) continue;
    seen.add(key(span));
    // One call may draw the weights of several layers: it is told one activation for all of them.
    const others = layers.filter((one) => one.weights.span && key(one.weights.span) === key(span));
    if (others.some((one) => one.site && !isChanged(one))) {
      all.push({
        ...NOTHING,
        notes: ["Their initialiser also serves layers with another activation: it stays."],
      });
      continue;
    }
    all.push(gainAt(span, slope, { isDeep, isWhole }, unit, index));
  }
  return {
    // One that has a name is reached from each of its layers.
    edits: distinct(all.flatMap(({ edits }) => edits)),
    imports: all.flatMap(({ imports }) => imports),
    notes: [...new Set(all.flatMap(({ notes }) => notes))],
  };
}

/** Whether weights are drawn for a rectifier, by He's schemes or with a gain. */
const isHe = ({ weights: { value } }: Layer): boolean =>
  /^he_/.test(value.scheme) || value.gain !== undefined;

function gainAt(
  span: { from: number; to: number },
  slope: number,
  network: Whole,
  unit: Unit,
  index: CodeIndex,
): Gains {
  const given = index.argumentAt(span);
  if (given) return namedGain(given, slope, network, unit, index);
  const found = index.at(span);
  if (found?.node.type !== "call" || !found.node.closed) return NOTHING;
  const symbol = unit.names.resolve(found.node.callee, found.scope)?.symbol ?? "";
  if (/^torch\.nn\.init\.kaiming_(?:normal|uniform)_?$/.test(symbol)) return kaiming(found.node, slope, unit);
  const calls = [...gainsIn(found as Indexed & { node: Call }, network.isWhole, unit, index)];
  return { ...NOTHING, edits: calls.flatMap((call) => calculated(call, slope, unit)) };
}

/** `kaiming_normal_(w, nonlinearity="relu")` -> `kaiming_normal_(w, a=0.2, nonlinearity="leaky_relu")`. */
function kaiming(call: Call, slope: number, unit: Unit): Gains {
  if (call.arguments.some(({ spread }) => spread)) return NOTHING;
  const tensor = call.arguments[0];
  const kind = argumentOf(call, "nonlinearity", 3);
  const a = argumentOf(call, "a", 1);
  const word = kind?.value.type === "string" ? kind.value.value : kind ? undefined : "leaky_relu";
  if (!tensor || (word !== "relu" && word !== "leaky_relu")) return NOTHING;
  // Told a slope of its own, it was not meant for ReLU.
  const isOwn = a && !(a.value.type === "number" && a.value.value === 0);
  if (isOwn && word === "leaky_relu") return NOTHING;
  const quote = kind ? (unit.text[kind.value.to - 1] ?? '"') : '"';
  return {
    ...NOTHING,
    edits: [
      a ? replace(a.value, `${slope}`) : insert(tensor.to, `, a=${slope}`),
      ...(kind && word === "relu" ? [replace(kind.value, `${quote}leaky_relu${quote}`)] : []),
    ],
  };
}

/** Calls of `calculate_gain` that a call is given, directly or by a name that stands for one. */
function* gainsIn(
  { node, scope }: Indexed & { readonly node: Call },
  isWhole: boolean,
  unit: Unit,
  index: CodeIndex,
): Iterable<Call> {
  for (const { value } of node.arguments) {
    // What has a name may be used for the other layers too.
    const meant = isWhole ? meantBy(value, scope) : value;
    for (const { node: inner, scope: own } of index.calls) {
      if (
        isWithin(inner, meant) &&
        unit.names.resolve(inner.callee, own)?.symbol === "torch.nn.init.calculate_gain"
      )
        yield inner;
    }
  }
}

/** `calculate_gain("relu")` -> `calculate_gain("leaky_relu", 0.2)`. */
function calculated(call: Call, slope: number, unit: Unit): readonly Edit[] {
  const kind = argumentOf(call, "nonlinearity", 0);
  if (
    !call.closed ||
    kind?.value.type !== "string" ||
    kind.value.value !== "relu" ||
    call.arguments.length > 1
  )
    return [];
  const quote = unit.text[kind.value.to - 1] ?? '"';
  const parameter = kind.name === undefined ? `${slope}` : `param=${slope}`;
  return [replace(kind.value, `${quote}leaky_relu${quote}, ${parameter}`)];
}
