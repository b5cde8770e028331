/** PReLU behind a Keras layer that has its activation as an argument: the one layer becomes two. */
import type { FoundSite } from "../../detect.ts";
import { spellingsOf } from "../../frameworks/index.ts";
import type { Edit } from "../../model.ts";
import type { Call } from "../../syntax/tree.ts";
import { indentOf } from "../codeIndex.ts";
import { endOfLine, insert, replace } from "../edits.ts";
import { lineEnding } from "../names/imports.ts";
import { refer } from "../names/refer.ts";
import { kerasPrelu } from "./kerasPrelu.ts";
import { type Around, NO_NAME, OPEN_CALL, type Written } from "./proposal.ts";
import { removal } from "./rewriteCall.ts";

/** Layers that are linear unless told otherwise; a recurrent layer would fall back to its tanh. */
const LINEAR_BY_DEFAULT =
  /^keras\.layers\.(?:Dense|(?:Separable|Depthwise)?Conv(?:olution)?[123]D(?:Transpose)?)$/;

export const MOVES_ON =
  "The layers behind it move on by one place: check model.layers[i] and weights that are loaded by order.";

export function splitLayer({ node, scope }: FoundSite, call: Call, around: Around): Written {
  const { unit } = around;
  if (!call.closed) return OPEN_CALL;
  const owner = unit.names.resolve(call.callee, scope)?.symbol ?? "";
  const own = call.arguments.find(({ value }) => value === node);
  if (!LINEAR_BY_DEFAULT.test(owner))
    return { reason: "it is a layer of its own, and this one has more than one output" };
  if (!own) return { reason: "the activation is chosen by an expression" };
  const [layer] = spellingsOf("prelu", "keras", "layer");
  const name = layer && refer(layer.symbol, call.callee, scope, unit);
  const learnt = kerasPrelu(call.callee, call, scope, around);
  if (!layer || !name) return NO_NAME;
  if ("reason" in learnt) return learnt;
  const placed = behind(call, `${name.text}(${learnt.written.join(", ")})`, around);
  if (!placed) return { reason: "it is a layer of its own, and where this one is applied is not seen here" };
  // By position only the last argument can be left out.
  const isMovable = own.name !== undefined || own === call.arguments.at(-1);
  return {
    edits: [
      ...(isMovable ? removal(call, own, new Set([own]), unit.text) : [replace(own, "None")]),
      ...placed,
    ],
    imports: [...name.imports, ...learnt.imports],
    target: layer,
    notes: [MOVES_ON],
  };
}

/** A layer in the place behind another: in a list, added, or applied to a tensor. */
function behind(call: Call, layer: string, { unit, index }: Around): readonly Edit[] | undefined {
  const { text } = unit;
  const nl = lineEnding(text);
  const place = index().itemsOf(call);
  if (place && !place.call) {
    if (!isInSequential(call, { unit, index })) return undefined;
    const indent = indentOf(call, text);
    return [insert(call.to, `,${indent === undefined ? " " : `${nl}${indent}`}${layer}`)];
  }
  if (place?.call) {
    const adding = place.call;
    const isAdd =
      adding.callee.type === "attribute" && adding.callee.name === "add" && place.items.length === 1;
    const line = isAdd ? lineOf(adding, { unit, index }) : undefined;
    if (!line) return undefined;
    return [
      insert(line.end, `${nl}${line.indent}${text.slice(adding.callee.from, adding.callee.to)}(${layer})`),
    ];
  }
  const applied = index().calledBy(call);
  if (!applied?.closed) return undefined;
  const statement = index().statementAt(applied);
  const [target] = statement?.type === "assignment" ? statement.targets : [];
  if (statement?.type === "assignment" && statement.value === applied && target?.type === "name") {
    const line =
      statement.targets.length === 1 && statement.operator === "="
        ? lineOf(statement, { unit, index })
        : undefined;
    if (line) return [insert(line.end, `${nl}${line.indent}${target.name} = ${layer}(${target.name})`)];
  }
  return [insert(applied.from, `${layer}(`), insert(applied.to, ")")];
}

type Seen = Pick<Around, "unit" | "index">;

function isInSequential(item: Call, { unit, index }: Seen): boolean {
  const holder = index().calls.find(({ node }) =>
    node.arguments.some(
      ({ value }) =>
        value.type === "sequence" && value.form === "list" && value.items.some((one) => one.value === item),
    ),
  );
  const symbol = holder && unit.names.resolve(holder.node.callee, holder.scope)?.symbol;
  return symbol === "keras.Sequential" || symbol === "keras.models.Sequential";
}

/** The line that a simple statement ends, where nothing else stands on it. */
function lineOf(node: { readonly from: number; readonly to: number }, { unit, index }: Seen) {
  const statement = index().statementAt(node);
  const isAll = statement?.from === node.from && statement.to === node.to;
  const indent = isAll ? indentOf(statement, unit.text) : undefined;
  const end = endOfLine(node.to, unit);
  return indent === undefined || end === undefined ? undefined : { indent, end };
}
