/** Layers put behind one that is there: in a list, by `add`, applied at once, or as attributes of a module. */
import type { Edit } from "../../model.ts";
import type { Call, Expression } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import { type CodeIndex, type Indexed, type Items, indentOf } from "../codeIndex.ts";
import { lineEnding } from "../names/imports.ts";
import { calleeName, type Edits, lineAfter, symbolOf, textOf } from "./call.ts";

interface Own extends Indexed {
  readonly node: Call;
}

/**
 * @param own the call that makes the layer
 * @param layers calls that make those behind it, in their order
 * @param taken names of attributes that the same fix makes already
 */
export function inserted(
  own: Own,
  layers: readonly string[],
  unit: Unit,
  index: CodeIndex,
  taken: Set<string>,
): Edits {
  const applied = index.calledBy(own.node) ?? appliedTo(own.node, index);
  if (applied) return wrapped(applied, layers, unit, index);
  const place = index.itemsOf(own.node);
  if (place) return behindItem(place, layers, own, unit, index);
  return asAttributes(own, layers, unit, index, taken);
}

/** `tf.layers.dense({...}).apply(x)` */
const appliedTo = (layer: Call, { calls }: CodeIndex): Call | undefined =>
  calls.find(
    ({ node: { callee } }) =>
      callee.type === "attribute" && callee.name === "apply" && callee.object === layer,
  )?.node;

/** `x = Dense(64)(x)` gets lines of the same form; within an expression the layers are applied around it. */
function wrapped(applied: Call, layers: readonly string[], unit: Unit, index: CodeIndex): Edits {
  const isScript = unit.language === "javascript";
  const statement = index.statementAt(applied);
  const [target, ...others] = statement?.type === "assignment" ? statement.targets : [];
  if (
    !isScript &&
    statement?.type === "assignment" &&
    statement.value === applied &&
    target?.type === "name" &&
    others.length === 0
  ) {
    const name = target.name;
    const edit = lineAfter(
      statement,
      layers.map((layer) => `${name} = ${layer}(${name})`),
      unit,
    );
    if (edit) return [edit];
  }
  const before = layers.map((layer) => `${layer}${isScript ? ".apply" : ""}(`).toReversed();
  return around(applied, before.join(""), ")".repeat(layers.length));
}

const around = ({ from, to }: Expression, before: string, after: string): readonly Edit[] => [
  { span: { from, to: from }, text: before },
  { span: { from: to, to }, text: after },
];

const CONTAINER = /(?:^|\.)(?:Sequential|sequential)$/;

function behindItem(place: Items, layers: readonly string[], own: Own, unit: Unit, index: CodeIndex): Edits {
  const { items, index: at, call } = place;
  const owner =
    call && (call.callee.type === "attribute" || call.callee.type === "name") ? call.callee.name : "";
  if (call && /^(?:add|append)$/.test(owner) && items.length === 1 && call.callee.type === "attribute") {
    const statement = index.statementAt(call);
    if (statement?.type !== "expression" || statement.expression !== call) return undefined;
    const end = /;\s*$/.test(textOf(statement, unit)) || unit.text[statement.to] === ";" ? ";" : "";
    const receiver = textOf(call.callee, unit);
    const lines = layers.map((layer) => `${receiver}(${layer})${end}`);
    const edit = lineAfter(statement, lines, unit);
    return edit && [edit];
  }
  const isContainer = call ? CONTAINER.test(symbolOf(call, own.scope, unit)) || CONTAINER.test(owner) : true;
  const item = items[at];
  if (!item || !isContainer || item.name !== undefined || isLookedUp(own.node, unit, index)) return undefined;
  const next = items[at + 1];
  const indent = indentOf(next ?? item, unit.text);
  const between = indent === undefined ? ", " : `,${lineEnding(unit.text)}${indent}`;
  if (next && next.name === undefined)
    return [{ span: { from: next.from, to: next.from }, text: layers.map((one) => one + between).join("") }];
  return [{ span: { from: item.to, to: item.to }, text: layers.map((one) => between + one).join("") }];
}

/** `model[2].weight`: places in the list are spoken of, and would be others. */
function isLookedUp(node: Expression, unit: Unit, index: CodeIndex): boolean {
  const statement = index.statementAt(node);
  const [target] = statement?.type === "assignment" ? statement.targets : [];
  if (!target) return false;
  const name = textOf(target, unit);
  return unit.text.includes(`${name}[`);
}

/** `self.fc1 = nn.Linear(...)`, applied once: `self.fc1(x)`. */
function asAttributes(
  { node, scope }: Own,
  layers: readonly string[],
  unit: Unit,
  index: CodeIndex,
  taken: Set<string>,
): Edits {
  const statement = index.statementAt(node);
  const [target, ...others] =
    statement?.type === "assignment" && statement.value === node ? statement.targets : [];
  if (!statement || !target || others.length > 0) return undefined;
  const owner = scope.enclosingClass;
  if (target.type === "name") return byName(target.name, { node, scope }, layers, unit, index);
  if (target.type !== "attribute" || !owner || textOf(target.object, unit) !== "self") return undefined;
  const uses = index.places.filter(
    ({ node: one, scope: at, role }) =>
      one.type === "attribute" &&
      one.name === target.name &&
      role !== "target" &&
      at.enclosingClass === owner &&
      textOf(one.object, unit) === "self",
  );
  const applied = index.calls.filter(({ node: call }) => uses.some((use) => use.node === call.callee));
  const [only] = applied;
  if (!only || applied.length > 1) return undefined;
  // `self.bn(self.conv(x))`: a normalisation of the class's own has its place there, whatever it is this time.
  const outer = index.itemsOf(only.node)?.call;
  if (outer && /^_?(?:bn|norm|batch_?norm)/i.test(calleeName(outer))) return undefined;
  const names = layers.map((layer) => {
    const name = freeName(target.name, layer, (one) => taken.has(one) || owner.attribute(one) !== undefined);
    taken.add(name);
    return name;
  });
  const lines = layers.map((layer, at) => `self.${names[at]} = ${layer}`);
  const edit = lineAfter(statement, lines, unit);
  const before = names.map((name) => `self.${name}(`).toReversed();
  return edit && [edit, ...around(only.node, before.join(""), ")".repeat(names.length))];
}

/** `bn1` for `fc1`; `bn_hidden` for `hidden`. */
function freeName(layer: string, made: string, isTaken: (name: string) => boolean): string {
  const short = /norm/i.test(made) ? "bn" : "act";
  const digits = /\d+(?:_\d+)*$/.exec(layer)?.[0] ?? "";
  const candidates = [...(digits ? [`${short}${digits}`] : []), `${short}_${layer}`, `${layer}_${short}`];
  return candidates.find((name) => !isTaken(name)) ?? `${layer}_${short}_own`;
}

/** `hidden = nn.Linear(...)`, which is an item of a container further down. */
function byName(name: string, own: Own, layers: readonly string[], unit: Unit, index: CodeIndex): Edits {
  const uses = index.places.filter(
    ({ node, role }) => node.type === "name" && node.name === name && role !== "target",
  );
  const items = uses.flatMap(({ node }) => {
    const place = index.itemsOf(node);
    const call = place?.call;
    return place && (!call || CONTAINER.test(symbolOf(call, own.scope, unit))) ? [place] : [];
  });
  const [only] = items;
  if (!only || items.length > 1) return undefined;
  return behindItem(only, layers, own, unit, index);
}
