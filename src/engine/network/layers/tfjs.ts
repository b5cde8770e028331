/** TensorFlow.js: its functions of tensors, and data on their way into a network. https://js.tensorflow.org/api/latest */
import type { Call } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import { type DataFacts, fresh, type Tensor, tensor } from "../interpreter/tensors.ts";
import {
  type Arguments,
  isNone,
  NO_ARGUMENTS,
  numberIn,
  UNKNOWN,
  type Value,
} from "../interpreter/values.ts";
import { arithmeticOn } from "./data.ts";

/** Make tensors of what the program has; nothing is known of it but that it has no scale yet. */
const MADE = /^tf\.(?:tensor(?:[1-6]d)?|data\.\w+|buffer)$/;
const PICTURES = /^tf\.(?:browser\.fromPixels(?:Async)?|node\.decode\w+)$/;
const DRAWN = /^tf\.(?:randomNormal|truncatedNormal|randomStandardNormal)$/;

const OPERATORS: Readonly<Record<string, string>> = { div: "/", sub: "-", mul: "*", add: "+" };

/** An object that is handed over whole, `tf.layers.dense(options)`, stands for its properties. */
export function byName(symbol: string, given: Arguments): Arguments {
  const [only, ...others] = given.positional;
  if (!symbol.startsWith("tf.") || only?.type !== "dict" || others.length > 0) return given;
  const named = new Map([
    ...given.named,
    ...[...only.entries].map(([key, value]) => [String(key), value] as const),
  ]);
  return { ...given, positional: [], named, complete: given.complete && only.complete };
}

export function tfjsCall(symbol: string, given: Arguments, node: Call, run: Interpreter): Value | undefined {
  if (!symbol.startsWith("tf.")) return undefined;
  const [first, second] = given.positional;
  if (symbol === "tf.tidy") {
    const work = given.positional.find(({ type }) => type === "function");
    return work ? run.call(work, NO_ARGUMENTS, node) : UNKNOWN;
  }
  if (symbol === "tf.scalar") return first;
  if (MADE.test(symbol)) {
    // Of an array that comes from elsewhere, as the argument of a function, nobody knows what was done to it.
    const isKnown = symbol.startsWith("tf.data.") || first?.type === "list";
    return data({ kind: "table", scale: isKnown ? "raw" : undefined }, second);
  }
  if (PICTURES.test(symbol)) return data({ kind: "image", scale: "raw" });
  if (DRAWN.test(symbol)) return data({ kind: undefined, scale: "standardised", span: node }, first);
  const sign = /^tf\.(div|sub|mul|add)$/.exec(symbol)?.[1];
  const operator = sign === undefined ? undefined : OPERATORS[sign];
  return operator !== undefined && first?.type === "tensor" && second
    ? arithmeticOn(operator, first, second, node)
    : undefined;
}

function data(facts: DataFacts, sizes?: Value): Tensor {
  const shape = sizes?.type === "list" ? sizes.items.map(numberIn) : undefined;
  return tensor(shape, fresh([], facts));
}

/** `xs.div(255)`, `xs.sub(min).div(max.sub(min))`. */
export function tfjsDataMethod(
  target: Tensor,
  name: string,
  { positional: [first] }: Arguments,
  node: Call,
): Value | undefined {
  if (!target.state.data) return undefined;
  // What a function of the program makes of the entries of a data set is not followed.
  if (name === "map" || name === "mapAsync")
    return tensor(undefined, fresh([], { ...target.state.data, scale: undefined }));
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  return operator !== undefined && first && !isNone(first)
    ? arithmeticOn(operator, target, first, node)
    : undefined;
}
