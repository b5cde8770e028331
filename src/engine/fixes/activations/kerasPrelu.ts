/** How PReLU is written in Keras: its slope starts at 0 unless told otherwise, and its axes must be known. */
import type { Edit } from "../../model.ts";
import type { Scope } from "../../syntax/scopes.ts";
import type { Call, Expression } from "../../syntax/tree.ts";
import { isKeras1 } from "../names/kerasVersion.ts";
import { refer } from "../names/refer.ts";
import { type Around, NO_NAME } from "./proposal.ts";
import { FIRST_SLOPE } from "./target.ts";

export type Learnt =
  | {
      readonly written: readonly string[];
      readonly imports: readonly Edit[];
    }
  | { readonly reason: string };

/**
 * @param neighbour a name of Keras at this place
 * @param maker the layer that it is put behind, where that is written here
 */
export function kerasPrelu(
  neighbour: Expression,
  maker: Call | undefined,
  scope: Scope,
  { unit, index, layers }: Around,
): Learnt {
  if (isKeras1(unit.text))
    return { reason: "this file is written for Keras 1, whose PReLU is told its slope otherwise" };
  const axes = axesOf(maker, { unit, index, layers });
  if ("reason" in axes) return axes;
  const constant = refer("keras.initializers.Constant", neighbour, scope, unit);
  if (!constant) return NO_NAME;
  return {
    written: [
      `alpha_initializer=${constant.text}(${FIRST_SLOPE})`,
      ...(axes.list ? [`shared_axes=${axes.list}`] : []),
    ],
    imports: constant.imports,
  };
}

/**
 * Axes along which a layer's outputs share a slope, `[1, 2]` behind `Conv2D`: one for each channel, as in He et al.
 * 2015. Without it there is one for each place of an image.
 */
export function axesOf(
  maker: Call | undefined,
  { unit, index, layers }: Pick<Around, "unit" | "index" | "layers">,
): { readonly list: string | undefined } | { readonly reason: string } {
  const makers = maker
    ? [maker]
    : layers.map(({ span }) => index().at(span)?.node).filter((node) => node?.type === "call");
  if (makers.length === 0) return { reason: "what it is applied to is not known, and PReLU needs a shape" };
  const ranks = new Set(makers.map(({ callee }) => rankOf(callee)));
  const [rank] = ranks;
  if (rank === undefined || ranks.size > 1) return { reason: "layers of several shapes share it" };
  if (rank === 0) return { list: undefined };
  if (/channels_?first/i.test(unit.text))
    return { reason: "channels may come first in this file, and PReLU is told axes by number" };
  return { list: `[${Array.from({ length: rank }, (_, at) => at + 1).join(", ")}]` };
}

/** Spatial axes of a layer's output: 2 for `Conv2D`, 0 for `Dense`; undefined for any other. */
function rankOf(callee: Expression): number | undefined {
  const name = callee.type === "attribute" || callee.type === "name" ? callee.name : "";
  const rank = /conv(?:olution)?([123])d/i.exec(name)?.[1];
  return rank ? Number(rank) : /dense$/i.test(name) ? 0 : undefined;
}
