/** Edits of one activation: taken away, or another in its place. */
import type { FoundSite } from "../detect.ts";
import { type Form, spellingsOf } from "../frameworks/index.ts";
import type { Edit } from "../model.ts";
import type { Argument, Call, Expression } from "../syntax/tree.ts";
import type { Unit } from "../units.ts";
import { type CodeIndex, indentOf } from "./codeIndex.ts";
import { replace } from "./proposal.ts";
import { refer } from "./refer.ts";

/** Layers that are linear unless told otherwise; a recurrent layer would fall back to its tanh. */
const LINEAR_BY_DEFAULT = /(?:Dense|Conv\w*|dense|conv\w*)$/;
const HIDDEN_RELU = /^tensorflow\.contrib\./;

type Edits = readonly Edit[] | undefined;

export function withoutActivation(found: FoundSite, unit: Unit, index: CodeIndex): Edits {
  const { site, node, call, scope } = found;
  if (call && !call.closed) return undefined;
  const owner = call ? (unit.names.resolve(call.callee, scope)?.symbol ?? "") : "";
  if (site.isDefault) return HIDDEN_RELU.test(owner) && call ? added(call, "activation_fn=None") : undefined;
  switch (site.kind) {
    case "string_arg":
    case "reference": {
      if (call && /\.Activation$/.test(owner)) return withoutItem(call, unit, index);
      if (!call || !LINEAR_BY_DEFAULT.test(owner.slice(owner.lastIndexOf(".") + 1)))
        return HIDDEN_RELU.test(owner) ? [replace(node, "None")] : undefined;
      if (HIDDEN_RELU.test(owner)) return [replace(node, "None")];
      return unit.language === "javascript" ? withoutOption(node, unit) : withoutArgument(call, node);
    }
    case "class_call":
      return node.type === "call" && !found.via?.includes("variable")
        ? withoutItem(node, unit, index)
        : undefined;
    case "func_call":
      return node.type === "call" ? argumentOnly(node) : undefined;
    case "method_call": {
      if (node.type !== "call" || node.callee.type !== "attribute") return undefined;
      const dot = unit.text.lastIndexOf(".", node.callee.nameSpan.from - 1);
      return [{ span: { from: dot, to: node.to }, text: "" }];
    }
    default:
      return undefined;
  }
}

/** Behind the last argument: a comma there must not come twice. */
const added = (call: Call, written: string): Edits => {
  const last = call.arguments.at(-1);
  return last && [{ span: { from: last.to, to: last.to }, text: `, ${written}` }];
};

function withoutArgument(call: Call, node: Expression): Edits {
  const at = call.arguments.findIndex(({ value }) => value === node);
  const [own, previous] = [call.arguments[at], call.arguments[at - 1]];
  if (!own) return undefined;
  const isMovable = own.name !== undefined || at === call.arguments.length - 1;
  return previous && isMovable
    ? [{ span: { from: previous.to, to: own.to }, text: "" }]
    : [replace(node, "None")];
}

/** `{units: 1, activation: 'relu'}` without its activation. */
function withoutOption(node: Expression, { text }: Unit): Edits {
  const before = /,\s*["']?activation["']?\s*:\s*$/.exec(text.slice(0, node.from));
  if (before) return [{ span: { from: before.index, to: node.to }, text: "" }];
  const first = /["']?activation["']?\s*:\s*$/.exec(text.slice(0, node.from));
  const comma = /^\s*,\s*/.exec(text.slice(node.to));
  return first && comma
    ? [{ span: { from: first.index, to: node.to + comma[0].length }, text: "" }]
    : undefined;
}

/** An activation that is a layer of its own: an item of a list of layers, a statement that adds it, or called at once. */
function withoutItem(node: Expression, unit: Unit, index: CodeIndex): Edits {
  const applied = index.calledBy(node);
  if (applied) return argumentOnly(applied);
  const place = index.itemsOf(node);
  if (!place) return undefined;
  const { items, index: at, call } = place;
  const { text } = unit;
  if (call && items.length === 1 && call.callee.type === "attribute" && call.callee.name === "add") {
    const statement = index.statementAt(call);
    const isAll = statement?.from === call.from && statement.to === call.to;
    const indent = isAll ? indentOf(call, text) : undefined;
    const rest = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(call.to));
    if (indent === undefined || !rest) return undefined;
    return [{ span: { from: call.from - indent.length, to: call.to + rest[0].length }, text: "" }];
  }
  const isContainer = !call || /Sequential$/i.test(text.slice(call.callee.from, call.callee.to));
  const [own, previous] = [items[at], items[at - 1]];
  if (!isContainer || !own || !previous || own.name !== undefined) return undefined;
  return [{ span: { from: previous.to, to: own.to }, text: "" }];
}

/** `F.relu(x)` -> `x`; what binds less than a call keeps its brackets. */
function argumentOnly(call: Call): Edits {
  const [input, ...others] = call.arguments;
  if (!call.closed || !input || input.spread || others.some(isAnotherInput)) return undefined;
  const { value } = input;
  const isLoose = ["binary", "conditional", "lambda", "unary", "opaque"].includes(value.type);
  return [
    { span: { from: call.from, to: value.from }, text: isLoose ? "(" : "" },
    { span: { from: value.to, to: call.to }, text: isLoose ? ")" : "" },
  ];
}

const isAnotherInput = ({ name, spread }: Argument): boolean => spread !== undefined || name === "inputs";

/** Arguments that a function needs beside its input. */
const NEEDED: Readonly<Record<string, string>> = { softmax: "dim=-1" };

export function withActivation(found: FoundSite, to: string, unit: Unit): Edits {
  const { site, node, call, scope, spelling } = found;
  if (site.isDefault || (call && !call.closed)) return undefined;
  if (site.kind === "string_arg" && node.type === "string") {
    const isWord = ["keras", "tfjs"].includes(site.framework);
    const quote = unit.text[node.to - 1] ?? '"';
    return isWord && call ? [replace(node, `${quote}${to}${quote}`)] : undefined;
  }
  const form: Form = spelling.form === "method" ? "function" : spelling.form;
  const module = spelling.symbol.slice(0, spelling.symbol.lastIndexOf("."));
  const candidates = spellingsOf(to, site.framework, form);
  const target = candidates.find(({ symbol }) => symbol.startsWith(`${module}.`)) ?? candidates[0];
  if (!target) return undefined;
  if (site.kind === "reference") {
    const name = refer(target.symbol, node, scope, unit);
    return name && [...name.imports, replace(node, name.text)];
  }
  if (node.type !== "call" || site.framework !== "pytorch") return undefined;
  const name = refer(target.symbol, node.callee, scope, unit);
  if (!name) return undefined;
  const needed = NEEDED[to];
  if (site.kind === "class_call") return [...name.imports, replace(node, `${name.text}(${needed ?? ""})`)];
  const [input] = node.arguments;
  if (site.kind !== "func_call" || !input || input.spread) return undefined;
  const rest = needed ? `, ${needed})` : ")";
  return [
    ...name.imports,
    replace(node.callee, name.text),
    { span: { from: input.to, to: node.to }, text: rest },
  ];
}
