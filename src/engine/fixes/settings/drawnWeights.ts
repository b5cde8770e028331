/** Edits of weights that a program draws itself: the standard deviation that suits what follows, as a number. */
import type { Edit, Layer, Network, Span } from "../../model.ts";
import { numberOf } from "../../syntax/constants.ts";
import { argumentOf, type Call } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import type { CodeIndex, Indexed } from "../codeIndex.ts";
import { replace } from "../edits.ts";
import { suitedSpread } from "../outcome.ts";
import { calleeName, type Edits } from "./call.ts";

/** Standard deviation of a standard normal that is cut off at two of its standard deviations. */
const TRUNCATED = 0.87962566;

/** Place of the standard deviation among the arguments, by the last part of the name. It is 1 unless given. */
const NORMALS: Readonly<Record<string, number>> = {
  random_normal: 2,
  normal: 2,
  truncated_normal: 2,
  random_normal_initializer: 1,
  truncated_normal_initializer: 1,
};

/** @returns undefined where it isn't a number in one call, or one number does not suit all layers drawn by it */
export function withSpread(network: Network, layers: readonly Layer[], unit: Unit, index: CodeIndex): Edits {
  const edits = new Map<string, Edit>();
  for (const { weights } of layers) {
    const edit = weights.span && spreadAt(weights.span, network, unit, index);
    if (!edit) return undefined;
    edits.set(`${edit.span.from}`, edit);
  }
  return edits.size > 0 ? [...edits.values()] : undefined;
}

function spreadAt(span: Span, { layers }: Network, unit: Unit, index: CodeIndex): Edit | undefined {
  const isHere = (other: Span | undefined): boolean => other?.from === span.from && other.to === span.to;
  const drawn = layers.filter(({ weights }) => isHere(weights.span));
  if (layers.some(({ bias }) => isHere(bias?.span))) return undefined;
  const found = callAt(span, index);
  const place = found && placeOf(found, unit);
  if (!found || place === undefined) return undefined;
  const { node, scope } = found;
  if (!node.closed || node.arguments.some(({ spread }) => spread)) return undefined;
  const factor = /truncated/.test(calleeName(node)) ? TRUNCATED : 1;
  const given = argumentOf(node, "stddev", place);
  const written = given ? numberOf(given.value, scope) : 1;
  const wanted = new Set(
    drawn.map((layer) => {
      const { mean, std } = layer.weights.value;
      // Arithmetic on what is drawn gives another spread than the call says.
      const isOwn =
        written !== undefined && std !== undefined && Math.abs(std - written * factor) < 1e-9 * std;
      const suited = suitedSpread(layer);
      return mean === 0 && isOwn && suited !== undefined ? rounded(suited / factor) : undefined;
    }),
  );
  const [only] = wanted;
  if (wanted.size !== 1 || only === undefined) return undefined;
  if (given) return replace(given.value, only);
  const at = node.arguments.at(-1)?.to ?? node.argumentsSpan.from + 1;
  return { span: { from: at, to: at }, text: `${node.arguments.length > 0 ? ", " : ""}stddev=${only}` };
}

/** The call itself, or the one that an argument is given: `kernel_initializer=tf.random_normal_initializer()`. */
function callAt(span: Span, index: CodeIndex): (Indexed & { readonly node: Call }) | undefined {
  const given = index.argumentAt(span);
  const found = given ? { node: given.argument.value, scope: given.scope } : index.at(span);
  return found?.node.type === "call" ? { ...found, node: found.node } : undefined;
}

function placeOf({ node, scope }: Indexed & { readonly node: Call }, unit: Unit): number | undefined {
  const symbol = unit.names.resolve(node.callee, scope)?.symbol ?? "";
  const name = calleeName(node);
  return symbol.startsWith("tensorflow.") && Object.hasOwn(NORMALS, name) ? NORMALS[name] : undefined;
}

const rounded = (number: number): string => String(Number(number.toPrecision(2)));
