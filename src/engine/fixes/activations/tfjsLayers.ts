/** Layers of TensorFlow.js: what is written for an activation, and one of its own behind a layer that has one. */
import type { FoundSite } from "../../detect.ts";
import { type Spelling, spellingsOf } from "../../frameworks/index.ts";
import type { Edit } from "../../model.ts";
import type { Scope } from "../../syntax/scopes.ts";
import type { Call, Expression } from "../../syntax/tree.ts";
import { indentOf } from "../codeIndex.ts";
import { endOfLine, insert } from "../edits.ts";
import { lineEnding } from "../names/imports.ts";
import { referBeside } from "../settings/referBeside.ts";
import { axesOf } from "./kerasPrelu.ts";
import { MOVES_ON } from "./kerasSplit.ts";
import { withoutOption } from "./outputFixes.ts";
import type { Around, Written } from "./proposal.ts";
import { FIRST_SLOPE, nameOf, type Target } from "./target.ts";

interface TfjsLayer {
  readonly symbol: string;
  /** What stands in its object. */
  readonly option: string;
  readonly to: Spelling;
}

const NO_ROOT = { reason: "there is no way to name it here" };

/** @param maker the layer that it is put behind, where that is written here */
export function layerFor(
  target: Target,
  maker: Call | undefined,
  scope: Scope,
  around: Around,
): TfjsLayer | { readonly reason: string } {
  const [layer] = spellingsOf(target.id, "tfjs", "layer");
  const [word] = spellingsOf(target.id, "tfjs", "string");
  if (!layer)
    return word
      ? { symbol: "tf.layers.activation", option: `activation: "${word.symbol}"`, to: word }
      : { reason: `TensorFlow.js has no layer of ${nameOf(target)}` };
  const { symbol } = layer;
  if (target.id === "leaky_relu") return { symbol, option: `alpha: ${target.slope}`, to: layer };
  if (target.id !== "prelu") return { symbol, option: "", to: layer };
  const axes = axesOf(maker, around);
  if ("reason" in axes) return axes;
  const constant = referBeside("tf.initializers.constant", scope, around.unit);
  if (!constant || constant.imports.length > 0) return NO_ROOT;
  const initialiser = `alphaInitializer: ${constant.text}({ value: ${FIRST_SLOPE} })`;
  return { symbol, option: axes.list ? `${initialiser}, sharedAxes: ${axes.list}` : initialiser, to: layer };
}

/** Layers that are linear unless told otherwise. */
const LINEAR_BY_DEFAULT = /^tf\.layers\.(?:dense|(?:separable|depthwise)?[cC]onv[123]d(?:Transpose)?)$/;

/** `model.add(tf.layers.dense({ ..., activation: "relu" }))` -> the same without, and a layer behind it. */
export function splitTfjs(
  { node, scope }: FoundSite,
  call: Call,
  owner: string,
  target: Target,
  around: Around,
): Written {
  const { unit } = around;
  const behind = `put tf.layers.${target.id === "prelu" ? "prelu" : "leakyReLU"} behind this layer`;
  const refused = {
    reason: `TensorFlow.js has no name for ${nameOf(target)} and takes no layer here; ${behind}`,
  };
  const isOwn = call.arguments.some(({ value }) => value === node);
  if (!LINEAR_BY_DEFAULT.test(owner) || !isOwn || call.callee.type !== "attribute") return refused;
  const layer = layerFor(target, call, scope, around);
  if ("reason" in layer) return layer;
  const path = unit.text.slice(call.callee.from, call.callee.nameSpan.from);
  const made = `${path}${layer.symbol.slice(layer.symbol.lastIndexOf(".") + 1)}({ ${layer.option} })`;
  const removed = withoutOption(node, unit);
  const placed = placedAt(call, made, around) ?? behindName(call, scope, made, around);
  if (!removed || !placed) return refused;
  return { edits: [...removed, ...placed], target: layer.to, notes: [MOVES_ON] };
}

/** Added by a statement, or in the list of a sequential model. */
function inModel(own: Expression, layer: string, { unit, index }: Around): readonly Edit[] | undefined {
  const { text } = unit;
  const nl = lineEnding(text);
  const place = index().itemsOf(own);
  if (place?.call) {
    const { callee, from, to } = place.call;
    const statement = index().statementAt(place.call);
    if (callee.type !== "attribute" || callee.name !== "add" || place.items.length > 1) return undefined;
    const indent = statement?.from === from ? indentOf(statement, text) : undefined;
    const end = endOfLine(to, unit);
    if (indent === undefined || end === undefined) return undefined;
    const semicolon = text[to] === ";" ? ";" : "";
    return [insert(end, `${nl}${indent}${text.slice(callee.from, callee.to)}(${layer})${semicolon}`)];
  }
  const holder =
    place &&
    index().calls.find(({ node: { arguments: given } }) =>
      given.some(
        ({ name, value }) => name === "layers" && value.type === "sequence" && value.items === place.items,
      ),
    );
  const symbol = holder && unit.names.resolve(holder.node.callee, holder.scope)?.symbol;
  if (symbol === "tf.sequential") {
    const indent = indentOf(own, text);
    return [insert(own.to, `,${indent === undefined ? " " : `${nl}${indent}`}${layer}`)];
  }
  return undefined;
}

/** @param own the layer, or a name that stands for it */
const placedAt = (own: Expression, layer: string, around: Around): readonly Edit[] | undefined =>
  inModel(own, layer, around) ?? applied(own, layer, around);

/** `tf.layers.dense({...}).apply(x)` -> `tf.layers.leakyReLU({...}).apply(tf.layers.dense({...}).apply(x))`. */
function applied(own: Expression, layer: string, { index }: Around): readonly Edit[] | undefined {
  const applied = index().calls.find(
    ({ node: { callee, closed } }) =>
      closed && callee.type === "attribute" && callee.name === "apply" && callee.object === own,
  )?.node;
  return applied && [insert(applied.from, `${layer}.apply(`), insert(applied.to, ")")];
}

/** `const hidden = tf.layers.dense({...})`: where it is added or applied, once; else its members may be read only. */
function behindName(call: Call, scope: Scope, layer: string, around: Around): readonly Edit[] | undefined {
  const { statementAt, places } = around.index();
  const statement = statementAt(call);
  const [target, ...others] = statement?.type === "assignment" ? statement.targets : [];
  if (statement?.type !== "assignment" || statement.value !== call || others.length > 0) return undefined;
  if (target?.type !== "name") return undefined;
  const uses = places.filter(
    ({ node, role, scope: at }) =>
      node.type === "name" &&
      node.name === target.name &&
      role !== "target" &&
      at.lookup(target.name) === scope.lookup(target.name),
  );
  const placed = uses.flatMap(({ node }) => {
    const edits = placedAt(node, layer, around);
    return edits ? [{ node, edits }] : [];
  });
  const [only, ...more] = placed;
  const isRead = uses.every(({ node, role }) => role === "object" || node === only?.node);
  return more.length === 0 && isRead ? only?.edits : undefined;
}
