/**
 * Perceptrons of Haiku and Equinox in one call: dense layers with an activation between them.
 * https://dm-haiku.readthedocs.io/en/latest/api.html#haiku.nets.MLP, https://docs.kidger.site/equinox/api/nn/mlp/
 */
import { meantBy } from "../../detect/meaning.ts";
import { layerOf } from "../../frameworks/index.ts";
import type { Call } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import {
  type Arguments,
  given as argumentOf,
  type Module,
  NO_ARGUMENTS,
  numberIn,
  stringIn,
  type Value,
} from "../interpreter/values.ts";
import { makeModule } from "./make.ts";

interface Stack {
  readonly dense: string;
  /** Arguments of each layer; undefined: not known. */
  readonly layers: readonly Arguments[] | undefined;
  readonly activation: Value | undefined;
  readonly last: Value | undefined;
}

export function stack(symbol: string, given: Arguments, node: Call, run: Interpreter): Module | undefined {
  const made =
    symbol === "haiku.nets.MLP"
      ? ofHaiku(given, run)
      : symbol === "equinox.nn.MLP"
        ? ofEquinox(given)
        : undefined;
  return made && build(made, given, node, run);
}

function ofHaiku(given: Arguments, run: Interpreter): Stack {
  const sizes = argumentOf(given, "output_sizes", 0);
  const items = sizes?.type === "list" && sizes.complete ? run.library.items(sizes, run) : undefined;
  const shared = ["w_init", "b_init", "with_bias"].flatMap((name, index) => {
    const value = argumentOf(given, name, index + 1);
    return value ? [[name, value] as const] : [];
  });
  const activation = argumentOf(given, "activation", 4);
  const isLast = given.named.get("activate_final");
  return {
    dense: "haiku.Linear",
    layers: items?.map((size) => ({ ...NO_ARGUMENTS, named: new Map([["output_size", size], ...shared]) })),
    activation,
    last: isLast?.type === "constant" && isLast.value === true ? (activation ?? RELU) : undefined,
  };
}

const RELU: Value = { type: "symbol", symbol: "jax.nn.relu" };

/** `depth` counts the hidden layers. */
function ofEquinox(given: Arguments): Stack {
  const [inputs, outputs, width] = ["in_size", "out_size", "width_size"].map((name, index) =>
    argumentOf(given, name, index),
  );
  const depth = numberIn(argumentOf(given, "depth", 3));
  const size = (value: Value | undefined): Value | undefined =>
    // One number that is no vector: `in_size="scalar"`.
    stringIn(value) === "scalar" ? { type: "constant", value: 1 } : value;
  const bias = given.named.get("use_bias");
  const layers =
    depth === undefined || depth < 0 || depth > MOST_LAYERS
      ? undefined
      : Array.from({ length: depth + 1 }, (_, index): Arguments => {
          const from = size(index === 0 ? inputs : width) ?? { type: "unknown" };
          const to = size(index === depth ? outputs : width) ?? { type: "unknown" };
          return { ...NO_ARGUMENTS, positional: bias ? [from, to, bias] : [from, to] };
        });
  return {
    dense: "equinox.nn.Linear",
    layers,
    activation: argumentOf(given, "activation", 4),
    last: argumentOf(given, "final_activation", 5),
  };
}

const MOST_LAYERS = 1000;

function build(
  { dense, layers, activation, last }: Stack,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Module {
  const container = layerOf(dense === "haiku.Linear" ? "haiku.Sequential" : "equinox.nn.Sequential");
  const made = makeModule({ layer: container, given, node });
  if (!layers || !given.complete) run.memory.assign(made, "complete", false);
  const add = (child: Value): void => run.memory.set(made.children, String(made.children.size), child);
  layers?.forEach((own, index) => {
    add(makeModule({ layer: layerOf(dense), given: own, node }));
    const between = index < layers.length - 1 ? (activation ?? unwritten(node)) : last;
    if (between) add(between);
  });
  run.work += 1;
  run.memory.push(run.made, made);
  return made;
}

/** The activation that both have unless they are told otherwise: its site is the call. */
const unwritten = (node: Call): Module =>
  makeModule({ activation: meantBy("jax.nn.relu", []), given: NO_ARGUMENTS, node, site: node });
