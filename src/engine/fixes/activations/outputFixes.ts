/** Takes an activation away. */
import type { FoundSite } from "../../detect.ts";
import type { Edit } from "../../model.ts";
import { type Argument, type Call, type Expression, lastName } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import { blocksOf, type CodeIndex, endOf, indentOf } from "../codeIndex.ts";
import { endOfLine, replace } from "../edits.ts";
import { refer } from "../names/refer.ts";
import { quoted } from "../settings/call.ts";
import { annotated } from "./annotations.ts";

/** Layers that are linear unless told otherwise; a recurrent layer would fall back to its tanh. */
const LINEAR_BY_DEFAULT = /(?:Dense|Conv\w*|dense|conv\w*)$/;
/** Layers of tf.contrib have a ReLU unless told otherwise, so they have to be told. */
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
      if (call && /\.[Aa]ctivation$/.test(owner))
        return (
          withoutItem(call, unit, index) ??
          (isLinearWord(node, owner) ? [replace(node, quoted("linear", node, unit))] : undefined)
        );
      if (HIDDEN_RELU.test(owner)) return [replace(node, "None")];
      // `nn.Sequential([nn.Dense(1), nn.relu])` of Flax.
      if (site.kind === "reference" && (!call || /\.Sequential$/.test(owner)))
        return withoutItem(node, unit, index);
      if (!call || !LINEAR_BY_DEFAULT.test(owner.slice(owner.lastIndexOf(".") + 1))) return undefined;
      return unit.language === "javascript" ? withoutOption(node, unit) : withoutArgument(call, node);
    }
    case "class_call":
      return node.type === "call" && found.via !== "variable"
        ? (withoutItem(node, unit, index) ?? identity(found, node, unit, index))
        : undefined;
    case "func_call":
      return node.type === "call" ? (withoutLine(node, unit, index) ?? argumentOnly(node, unit)) : undefined;
    case "method_call": {
      if (node.type !== "call" || node.callee.type !== "attribute") return undefined;
      const line = withoutLine(node, unit, index);
      if (line) return line;
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
export function withoutOption(node: Expression, { text }: Unit): Edits {
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
  if (applied) return argumentOnly(applied, unit);
  const place = index.itemsOf(node);
  if (!place) return undefined;
  const { items, index: at, call } = place;
  const { text } = unit;
  if (call && items.length === 1 && call.callee.type === "attribute" && call.callee.name === "add") {
    const statement = index.statementAt(call);
    const isAll = statement?.from === call.from && statement.to === call.to;
    const indent = isAll ? indentOf(call, text) : undefined;
    const rest = /^;?[ \t]*(?:\r?\n|$)/.exec(text.slice(call.to));
    if (indent === undefined || !rest) return undefined;
    return [{ span: { from: call.from - indent.length, to: call.to + rest[0].length }, text: "" }];
  }
  const container =
    call ?? index.calls.find(({ node: { arguments: given } }) => isListIn(given, items))?.node;
  const isContainer =
    container && /Sequential$/i.test(text.slice(container.callee.from, container.callee.to));
  const [own, previous] = [items[at], items[at - 1]];
  if (!isContainer || !own || !previous || own.name !== undefined) return undefined;
  if (isTakenByPlace(container, index)) return undefined;
  return [{ span: { from: previous.to, to: own.to }, text: "" }];
}

/** Keras has a word for it. */
const isLinearWord = (node: Expression, owner: string): boolean =>
  node.type === "string" && owner.startsWith("keras.");

/** `model[-1]`, `self.net[2:]`, `model.layers[-2]`: without one of its parts others would be meant. */
function isTakenByPlace(container: Call, index: CodeIndex): boolean {
  const statement = index.statementAt(container);
  const targets = statement?.type === "assignment" && statement.value === container ? statement.targets : [];
  const names = new Set(targets.map(lastName));
  return index.places.some(({ node }) => {
    if (node.type !== "subscript") return false;
    const { object } = node;
    const owner =
      object.type === "attribute" && object.name === "layers" ? lastName(object.object) : undefined;
    const name = lastName(object);
    return (name !== undefined && names.has(name)) || (owner !== undefined && names.has(owner));
  });
}

const isListIn = (given: readonly Argument[], items: readonly Argument[]): boolean =>
  given.some(({ value }) => value.type === "sequence" && value.form === "list" && value.items === items);

/** A module that is kept by name, in an attribute or a dictionary of layers: `nn.Identity()` keeps its name. */
function identity({ site, scope }: FoundSite, node: Call, unit: Unit, index: CodeIndex): Edits {
  const name =
    site.framework === "pytorch" ? refer("torch.nn.Identity", node.callee, scope, unit) : undefined;
  if (!name) return undefined;
  const types = annotated(node, name.text, { unit, index: () => index });
  return [...name.imports, replace(node, `${name.text}()`), ...types];
}

/** `x = F.relu(x)`, which would be `x = x`: the whole line goes, where it is not all that its block has. */
function withoutLine(call: Call, unit: Unit, index: CodeIndex): Edits {
  const { text } = unit;
  const [first, ...others] = call.arguments;
  const isMethod = call.callee.type === "attribute" && !first;
  const input = isMethod && call.callee.type === "attribute" ? call.callee.object : first?.value;
  const statement = index.statementAt(call);
  if (statement?.type !== "assignment" || statement.operator !== "=" || statement.value !== call)
    return undefined;
  const [target, ...more] = statement.targets;
  const isSame = target?.type === "name" && input?.type === "name" && target.name === input.name;
  if (!isSame || more.length > 0 || statement.annotation || first?.spread || others.some(isAnotherInput))
    return undefined;
  const isAlone = index.statements.some((one) =>
    blocksOf(one).some((block) => block.length === 1 && block[0] === statement),
  );
  const indent = indentOf(statement, text);
  const end = endOfLine(endOf(statement), unit);
  if (isAlone || indent === undefined || end === undefined) return undefined;
  const lineBreak = /^\r?\n/.exec(text.slice(end))?.[0] ?? "";
  return [{ span: { from: statement.from - indent.length, to: end + lineBreak.length }, text: "" }];
}

/** `F.relu(x)` -> `x`; what binds less than a call, or runs over lines, keeps its brackets, and so do comments. */
function argumentOnly(call: Call, { text, language }: Unit): Edits {
  const [input, ...others] = call.arguments;
  if (!call.closed || !input || input.spread || others.some(isAnotherInput)) return undefined;
  const { value } = input;
  const around = text.slice(call.argumentsSpan.from, value.from) + text.slice(value.to, call.to);
  if (language === "python" && around.includes("#")) {
    // A comma would make a tuple of it.
    const isAlone =
      others.length === 0 && input.name === undefined && !/^[^#]*,/.test(text.slice(value.to, call.to));
    return isAlone ? [replace(call.callee, "")] : undefined;
  }
  const open =
    value.type === "call" ? value.argumentsSpan.from : value.type === "sequence" ? value.from : value.to;
  const isLoose =
    ["binary", "conditional", "lambda", "unary", "opaque"].includes(value.type) ||
    text.slice(value.from, open).includes("\n");
  return [
    replace({ from: call.from, to: value.from }, isLoose ? "(" : ""),
    replace({ from: value.to, to: call.to }, isLoose ? ")" : ""),
  ];
}

const isAnotherInput = ({ name, spread }: Argument): boolean => spread !== undefined || name === "inputs";
