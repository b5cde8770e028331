/** Biases that start at a constant, at 0. */
import type { Layer, Span } from "../../model.ts";
import type { Argument, Call } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import type { CodeIndex } from "../codeIndex.ts";
import { replace } from "../edits.ts";
import { hasZeroBias } from "../outcome.ts";
import { all, calleeName, type Edits, quoted, replacing, revalued, symbolOf, textOf } from "./call.ts";
import { isNumeral } from "./numbers.ts";
import { referBeside } from "./referBeside.ts";
import { rewritten, targetOf } from "./torchRedrawn.ts";

/** Where it is written how they start; what a framework draws by itself stays. */
export function zeroBias(layers: readonly Layer[], unit: Unit, index: CodeIndex): Edits {
  const spans = layers.flatMap((layer) => (layer.bias?.span && !hasZeroBias(layer) ? [layer.bias.span] : []));
  const distinct = new Map(spans.map((span) => [`${span.from} ${span.to}`, span]));
  return all([...distinct.values()].map((span) => zeroAt(span, unit, index)));
}

function zeroAt(span: Span, unit: Unit, index: CodeIndex): Edits {
  const given = index.argumentAt(span);
  if (given?.argument.name !== undefined) return zeroArgument(given.argument, unit, index);
  const found = index.at(span);
  if (found?.node.type !== "call" || !found.node.closed) return undefined;
  const call = found.node;
  if (symbolOf(call, found.scope, unit).startsWith("tensorflow.")) return undefined;
  // `nn.init.constant_(bias, 0.1)`, `bias.data.fill_(0.1)`, `Constant(0.1)` in arguments that are kept elsewhere:
  // another number is all it takes.
  const number = call.arguments.find(({ value }) => isNumber(textOf(value, unit)));
  if (number && CONSTANTS[call.arguments.length]?.test(calleeName(call)))
    return [replace(number.value, zeroIn(unit))];
  const target = targetOf(call, unit);
  return target === undefined ? undefined : rewritten(found, "zeros_", target, unit);
}

/** By the number of their arguments. */
const CONSTANTS: Readonly<Record<number, RegExp>> = {
  1: /^(?:fill_|[cC]onstant|constant_initializer)$/,
  2: /^constant_?$/,
};

const zeroIn = ({ language }: Unit): string => (language === "javascript" ? "0" : "0.0");

const isNumber = (text: string): boolean => isNumeral(text.replace(/^[+-]/, ""));

/** `bias_initializer=Constant(-1.0)`: the number where it stands there, else another word. */
function zeroArgument(argument: Argument, unit: Unit, index: CodeIndex): Edits {
  const { value, name = "" } = argument;
  if (!/bias|^b_/i.test(name)) return undefined;
  if (
    value.type === "call" &&
    /^constant(?:_initializer)?$/i.test(calleeName(value)) &&
    value.arguments.length === 1
  ) {
    const [only] = value.arguments;
    if (only && isNumber(textOf(only.value, unit))) return [replace(only.value, zeroIn(unit))];
  }
  const owner = index.calls.find(({ node }) => node.arguments.some((one) => one.value === value));
  const symbol = owner ? symbolOf(owner.node, owner.scope, unit) : "";
  if (symbol.startsWith("keras.") || unit.language === "javascript")
    return revalued(argument, quoted("zeros", owner?.node as Call, unit), unit);
  const module = /^flax\.(?:nnx|linen)/.exec(symbol)?.[0];
  const zeros = owner && module && referBeside(`${module}.initializers.zeros_init`, owner.scope, unit);
  return zeros ? [...zeros.imports, ...replacing(value, `${zeros.text}()`, unit)] : undefined;
}
