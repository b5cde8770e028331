/** What the rewrites to Leaky ReLU share: the slope, how it is written, and the reasons against. */
import { parameterByArgument } from "../activations/catalogue.ts";
import type { Spelling } from "../frameworks/index.ts";
import type { Edit, Fix } from "../model.ts";
import type { Unit } from "../units.ts";
import { slopeArgument } from "./kerasVersion.ts";

/**
 * Slope of the negative half: the value of Maas, Hannun and Ng 2013 and PyTorch's default. It is always written out,
 * since the frameworks' own defaults are 0.01, 0.02, 0.2, 0.25 and 0.3.
 */
export const SLOPE = 0.01;

export type Proposal = { readonly fix: Fix } | { readonly reason: string };

export interface Rewrite {
  readonly edits: readonly Edit[];
  /** How it is written then. */
  readonly target: Spelling;
  /** Who calls it is not seen here. */
  readonly isPassedOn?: boolean;
}

export type Written = Rewrite | { readonly reason: string };

export const NO_NAME = { reason: "its name is used for something else in this file" };
export const OPEN_CALL = { reason: "the call is not closed yet" };

/** The argument that takes the slope. */
export function slopeName(target: Spelling, unit: Unit): string {
  if (target.framework === "keras") return slopeArgument(unit.text);
  const isSlope = ({ name }: { readonly name: string }): boolean =>
    parameterByArgument(target.activation, name)?.name === "negative_slope";
  return target.parameters.find(isSlope)?.name ?? "negative_slope";
}

/** `negative_slope=0.01`. */
export const slope = (target: Spelling, unit: Unit): string => `${slopeName(target, unit)}=${SLOPE}`;

export const replace = (
  { from, to }: { readonly from: number; readonly to: number },
  text: string,
): Edit => ({
  span: { from, to },
  text,
});
