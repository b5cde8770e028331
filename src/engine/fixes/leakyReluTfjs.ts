/** ReLU -> Leaky ReLU in TensorFlow.js: layers take an object, functions and methods a number by position. */
import type { FoundSite } from "../detect.ts";
import type { Edit, Span } from "../model.ts";
import type { Call } from "../syntax/tree.ts";
import type { Unit } from "../units.ts";
import { type Proposal, SLOPE } from "./leakyRelu.ts";
import { isTakenOutOf, referTfjs } from "./referTfjs.ts";

const OPTION = `alpha: ${SLOPE}`;

type Written = { readonly edits: readonly Edit[]; readonly note?: string } | { readonly reason: string };

export function leakyReluTfjs(found: FoundSite, unit: Unit): Proposal {
  const { via, call, scope } = found;
  if (via === "variable" && !(call && isTakenOutOf(call.callee, scope)))
    return { reason: "Leaky ReLU is switched to where this variable gets its value" };
  const written = write(found, unit);
  if ("reason" in written) return { reason: `Leaky ReLU can't be written here: ${written.reason}` };
  const { edits, note } = written;
  return {
    fix: {
      title: `Switch to Leaky ReLU (${OPTION})`,
      kind: "leaky-relu",
      edits,
      applicability: note === undefined ? "safe" : "changes-training",
      ...(note === undefined ? {} : { note }),
    },
  };
}

const OPEN_CALL = { reason: "the call is not closed yet" };
const UNKNOWN_OPTIONS = { reason: "its options come from an object that is not known here" };
const ANY_NAME = { reason: "it is chosen by a name, and which names are understood there is not known" };
const NO_NAME = { reason: "there is no way to name it here" };

function write(found: FoundSite, unit: Unit): Written {
  const { site, call, spelling } = found;
  if (site.kind === "reference") return rewriteReference(found, unit);
  if (spelling.form === "string" && !call)
    return site.certainty === "certain"
      ? { reason: "its name is kept apart from the layers that take it" }
      : ANY_NAME;
  if (!call?.closed) return OPEN_CALL;
  if (spelling.form === "string") return rewriteString(found, call, unit);
  if (site.kind === "method_call") return rewriteMethod(call, unit);
  return spelling.form === "layer" ? rewriteLayer(found, call, unit) : rewriteFunction(found, call, unit);
}

/** `tf.layers.reLU({ name: "a" })` -> `tf.layers.leakyReLU({ alpha: 0.01, name: "a" })`. */
function rewriteLayer(found: FoundSite, call: Call, unit: Unit): Written {
  const [first] = call.arguments;
  if (call.arguments.some(({ name }) => name === undefined)) return UNKNOWN_OPTIONS;
  if (call.arguments.some(({ name }) => name === "maxValue"))
    return { reason: "its maxValue has no counterpart in Leaky ReLU" };
  if (call.arguments.some(({ name }) => name === "alpha")) return { reason: "it has an alpha of its own" };
  const name = referTfjs("tf.layers.leakyReLU", call.callee, found.scope, unit);
  if (!name) return NO_NAME;
  if (first) return { edits: [...name.edits, insertion(first.from, `${OPTION}, `)] };
  const inside = { from: call.argumentsSpan.from + 1, to: call.argumentsSpan.to - 1 };
  const empty = /^(\s*\{)\s*\}/.exec(unit.text.slice(inside.from, inside.to));
  const edit = empty
    ? insertion(inside.from + (empty[1]?.length ?? 0), OPTION)
    : insertion(inside.from, `{ ${OPTION} }`);
  return { edits: [...name.edits, edit] };
}

/** `tf.relu(x)` -> `tf.leakyRelu(x, 0.01)`. */
function rewriteFunction(found: FoundSite, call: Call, unit: Unit): Written {
  const [input, ...others] = call.arguments;
  if (!input || input.spread || input.name !== undefined || others.length > 0)
    return { reason: "its arguments are not those of its documentation" };
  const name = referTfjs("tf.leakyRelu", call.callee, found.scope, unit);
  return name ? { edits: [...name.edits, insertion(input.to, `, ${SLOPE}`)] } : NO_NAME;
}

/** Tensors get methods one by one where a file imports `.../chained_ops/relu`. */
const SINGLE_METHODS = /\/chained_ops\/(?!register_all)/;

/** `x.relu()` -> `x.leakyRelu(0.01)`. */
function rewriteMethod(call: Call, unit: Unit): Written {
  const { callee, argumentsSpan } = call;
  if (callee.type !== "attribute" || call.arguments.length > 0) return OPEN_CALL;
  if (SINGLE_METHODS.test(unit.text) && !unit.text.includes("/chained_ops/leaky_relu"))
    return { reason: "this file gives tensors only some of their methods, and leakyRelu is not one of them" };
  return { edits: [replace(callee.nameSpan, "leakyRelu"), insertion(argumentsSpan.from + 1, `${SLOPE}`)] };
}

/** Only `tf.layers.activation` and the fused operations have a way to say Leaky ReLU in a string's place. */
function rewriteString({ node, scope }: FoundSite, call: Call, unit: Unit): Written {
  const owner = unit.names.resolve(call.callee, scope)?.symbol ?? "";
  const argument = call.arguments.find(({ value }) => value === node);
  if (owner === "tf.layers.activation") {
    const name = referTfjs("tf.layers.leakyReLU", call.callee, scope, unit);
    if (!argument) return { reason: "the activation is chosen by an expression" };
    return name ? { edits: [...name.edits, replace(argument, OPTION)] } : NO_NAME;
  }
  if (owner.startsWith("tf.fused.")) {
    if (!argument || call.arguments.some(({ name }) => name === "leakyreluAlpha"))
      return { reason: "the activation is chosen by an expression" };
    const quote = unit.text.charAt(node.from);
    return { edits: [replace(node, `${quote}leakyrelu${quote}, leakyreluAlpha: ${SLOPE}`)] };
  }
  if (owner.startsWith("tf."))
    return {
      reason:
        "TensorFlow.js has no name for Leaky ReLU and takes no layer here; put tf.layers.leakyReLU behind this layer",
    };
  return ANY_NAME;
}

/** `act = tf.relu` -> `act = (x) => tf.leakyRelu(x, 0.01)`. */
function rewriteReference({ node, spelling, scope }: FoundSite, unit: Unit): Written {
  if (spelling.form !== "function")
    return { reason: "the function that makes the layer is handed on, to be called elsewhere" };
  const name = referTfjs("tf.leakyRelu", node, scope, unit);
  if (!name) return NO_NAME;
  const input = /\bx\b/.test(name.text) ? "input" : "x";
  const [first, ...others] = name.edits;
  // The first edit is that of the name itself.
  if (!first) return NO_NAME;
  return {
    edits: [replace(node, `(${input}) => ${name.text}(${input}, ${SLOPE})`), ...others],
    note: "It is called elsewhere: check that the slope is not given there too.",
  };
}

const replace = ({ from, to }: Span, text: string): Edit => ({ span: { from, to }, text });
const insertion = (at: number, text: string): Edit => replace({ from: at, to: at }, text);
