/** Switches in TensorFlow.js: layers take an object, functions and methods a number by position. */
import type { FoundSite } from "../../detect.ts";
import { type Spelling, spellingsOf } from "../../frameworks/index.ts";
import type { Span } from "../../model.ts";
import type { Call } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import { insert, replace } from "../edits.ts";
import { referTfjs } from "../names/referTfjs.ts";
import { type Around, OPEN_CALL, type Written } from "./proposal.ts";
import { nameOf, type Target } from "./target.ts";
import { layerFor, splitTfjs } from "./tfjsLayers.ts";

const UNKNOWN_OPTIONS = { reason: "its options come from an object that is not known here" };
const ANY_NAME = { reason: "it is chosen by a name, and which names are understood there is not known" };
const NO_NAME = { reason: "there is no way to name it here" };
const NO_FORM = { reason: "TensorFlow.js has no function of it" };
const PASSED_ON = { reason: "the function that makes the layer is handed on, to be called elsewhere" };

const SHORT = { reason: "a property has its name from it" };

export function switchTfjs(found: FoundSite, target: Target, around: Around): Written {
  const { unit } = around;
  const { site, call, spelling } = found;
  if (site.kind === "reference")
    return isShort(found, around) ? SHORT : rewriteReference(found, target, unit);
  if (spelling.form === "string" && !call)
    return site.certainty === "certain"
      ? { reason: "its name is kept apart from the layers that take it" }
      : ANY_NAME;
  if (!call?.closed) return OPEN_CALL;
  if (spelling.form === "string") return rewriteString(found, call, target, around);
  if (site.kind === "method_call") return rewriteMethod(call, target, unit);
  return spelling.form === "layer"
    ? rewriteLayer(found, call, target, around)
    : rewriteFunction(found, call, target, unit);
}

const only = (target: Target, form: "layer" | "function" | "string"): Spelling | undefined =>
  spellingsOf(target.id, "tfjs", form)[0];

/** The number that a function or method takes behind the input. */
const numberOf = (target: Target): string => (target.id === "leaky_relu" ? `${target.slope}` : "");

/** `tf.layers.reLU({ name: "a" })` -> `tf.layers.leakyReLU({ alpha: 0.01, name: "a" })`. */
function rewriteLayer(found: FoundSite, call: Call, target: Target, around: Around): Written {
  const { unit } = around;
  const [first] = call.arguments;
  if (call.arguments.some(({ name }) => name === undefined)) return UNKNOWN_OPTIONS;
  if (call.arguments.some(({ name }) => name === "maxValue"))
    return { reason: `its maxValue has no counterpart in ${nameOf(target)}` };
  if (call.arguments.some(({ name }) => name === "alpha")) return { reason: "it has an alpha of its own" };
  const layer = layerFor(target, undefined, found.scope, around);
  if ("reason" in layer) return layer;
  const name = referTfjs(layer.symbol, call.callee, found.scope, unit);
  if (!name) return NO_NAME;
  const { option, to } = layer;
  if (option === "") return { edits: name.edits, target: to };
  if (first) return { edits: [...name.edits, insert(first.from, `${option}, `)], target: to };
  const inside = { from: call.argumentsSpan.from + 1, to: call.argumentsSpan.to - 1 };
  const empty = /^(\s*\{)\s*\}/.exec(unit.text.slice(inside.from, inside.to));
  const edit = empty
    ? insert(inside.from + (empty[1]?.length ?? 0), option)
    : insert(inside.from, `{ ${option} }`);
  return { edits: [...name.edits, edit], target: to };
}

/** `tf.relu(x)` -> `tf.leakyRelu(x, 0.01)`. */
function rewriteFunction(found: FoundSite, call: Call, target: Target, unit: Unit): Written {
  const [input, ...others] = call.arguments;
  const to = target.id === "prelu" ? undefined : only(target, "function");
  if (!to) return NO_FORM;
  if (!input || input.spread || input.name !== undefined || others.length > 0)
    return { reason: "its arguments are not those of its documentation" };
  const name = referTfjs(to.symbol, call.callee, found.scope, unit);
  if (!name) return NO_NAME;
  const number = numberOf(target);
  return { edits: [...name.edits, ...(number ? [insert(input.to, `, ${number}`)] : [])], target: to };
}

/** Tensors get methods one by one where a file imports `.../chained_ops/relu`. */
const SINGLE_METHODS = /\/chained_ops\/(?!register_all)/;

/** `x.relu()` -> `x.leakyRelu(0.01)`. */
function rewriteMethod(call: Call, target: Target, unit: Unit): Written {
  const { callee, argumentsSpan } = call;
  const to = target.id === "prelu" ? undefined : spellingsOf(target.id, "tfjs", "method")[0];
  if (!to) return NO_FORM;
  if (callee.type !== "attribute" || call.arguments.length > 0) return OPEN_CALL;
  const file = to.symbol.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (SINGLE_METHODS.test(unit.text) && !unit.text.includes(`/chained_ops/${file}`))
    return {
      reason: `this file gives tensors only some of their methods, and ${to.symbol} is not one of them`,
    };
  const number = numberOf(target);
  return {
    edits: [replace(callee.nameSpan, to.symbol), ...(number ? [insert(argumentsSpan.from + 1, number)] : [])],
    target: to,
  };
}

/** Names that the fused operations understand beside `leakyrelu`: https://js.tensorflow.org/api/latest/#fused.matMul */
const FUSED: ReadonlySet<string> = new Set(["elu", "sigmoid"]);

function rewriteString(found: FoundSite, call: Call, target: Target, around: Around): Written {
  const { unit } = around;
  const { node, scope } = found;
  const owner = unit.names.resolve(call.callee, scope)?.symbol ?? "";
  const argument = call.arguments.find(({ value }) => value === node);
  const quote = unit.text.charAt(node.from);
  const isLayer = target.id === "leaky_relu" || target.id === "prelu";
  const word = isLayer ? undefined : only(target, "string");
  if (word && (owner.startsWith("tf.layers.") || FUSED.has(word.symbol)) && owner.startsWith("tf."))
    return { edits: [replace(node, `${quote}${word.symbol}${quote}`)], target: word };
  if (owner === "tf.layers.activation" && isLayer) {
    const layer = layerFor(target, undefined, found.scope, around);
    if ("reason" in layer) return layer;
    const name = referTfjs(layer.symbol, call.callee, scope, unit);
    if (!argument) return { reason: "the activation is chosen by an expression" };
    if (!name) return NO_NAME;
    return { edits: [...name.edits, replace(argument, layer.option)], target: layer.to };
  }
  const leaky = target.id === "leaky_relu" ? only(target, "string") : undefined;
  if (owner.startsWith("tf.fused.") && leaky) {
    if (!argument || call.arguments.some(({ name }) => name === "leakyreluAlpha"))
      return { reason: "the activation is chosen by an expression" };
    const written = `${quote}${leaky.symbol}${quote}, leakyreluAlpha: ${target.slope}`;
    return { edits: [replace(node, written)], target: leaky };
  }
  if (owner.startsWith("tf.layers.")) return splitTfjs(found, call, owner, target, around);
  if (owner.startsWith("tf.")) return { reason: `TensorFlow.js has no name for ${nameOf(target)} here` };
  return ANY_NAME;
}

/** `{ relu }`, which is short for `{ relu: relu }`. */
function isShort({ node, call }: FoundSite, { index }: Around): boolean {
  const isOwn = (name: Span | undefined, value: Span): boolean => value === node && name?.from === node.from;
  return (
    call?.arguments.some(({ nameSpan, value }) => isOwn(nameSpan, value)) === true ||
    index().places.some(
      ({ node: one }) => one.type === "dictionary" && one.entries.some(({ key, value }) => isOwn(key, value)),
    )
  );
}

/** `act = tf.relu` -> `act = (x) => tf.leakyRelu(x, 0.01)`. */
function rewriteReference({ node, spelling, scope }: FoundSite, target: Target, unit: Unit): Written {
  if (spelling.form !== "function") return PASSED_ON;
  const to = target.id === "prelu" ? undefined : only(target, "function");
  const name = to && referTfjs(to.symbol, node, scope, unit);
  if (!to || !name) return to ? NO_NAME : NO_FORM;
  const number = numberOf(target);
  if (number === "") return { edits: name.edits, target: to, isPassedOn: true };
  const input = /\bx\b/.test(name.text) ? "input" : "x";
  const [first, ...others] = name.edits;
  // The first edit is that of the name itself.
  if (!first) return NO_NAME;
  return {
    edits: [replace(node, `(${input}) => ${name.text}(${input}, ${number})`), ...others],
    target: to,
    isPassedOn: true,
  };
}
