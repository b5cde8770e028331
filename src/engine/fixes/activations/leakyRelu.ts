/** The fix that every ReLU of a program has by itself: Leaky ReLU with the usual slope. */
import type { FoundSite } from "../../detect.ts";
import type { Unit } from "../../units.ts";
import type { CodeIndex } from "../codeIndex.ts";
import { merged } from "../edits.ts";
import type { Proposal, Rewrite } from "./proposal.ts";
import { switchSite } from "./switchSite.ts";
import { leaky, nameOf, SLOPE, slopeName, type Target } from "./target.ts";

export { SLOPE } from "./target.ts";

const PASSED_ON = "It is called elsewhere: check that the slope is not given there too.";
const KERAS_2 = "Keras 2 calls the slope alpha, Keras 3 negative_slope; this file is written for Keras 2.";

export function leakyRelu(found: FoundSite, unit: Unit, index: () => CodeIndex): Proposal {
  const written = switchSite(found, leaky(), { unit, index, layers: [], taken: new Map() });
  if ("reason" in written) return written;
  const edits = merged([written]);
  if (!edits) return { reason: "Leaky ReLU can't be written here: its edits would meet" };
  const own = noteOf(written, leaky(), unit);
  const notes = [...(written.notes ?? []), ...(own ? [own] : [])];
  // What moves layers on or is called elsewhere changes more than the title says.
  const isSafe = !written.isPassedOn && !written.notes?.length;
  return {
    fix: {
      title: `Switch to Leaky ReLU (${saidSlope(written, SLOPE, unit)})`,
      kind: "leaky-relu",
      edits,
      applicability: isSafe ? "safe" : "changes-training",
      ...(notes.length > 0 ? { note: notes.join(" ") } : {}),
    },
  };
}

/** `negative_slope=0.2`; TensorFlow.js takes it as an option, `alpha: 0.2`. */
export const saidSlope = ({ target }: Rewrite, slope: number, unit: Unit): string =>
  target.framework === "tfjs" ? `alpha: ${slope}` : `${slopeName(target, unit)}=${slope}`;

export function noteOf({ target: to, isPassedOn }: Rewrite, target: Target, unit: Unit): string | undefined {
  if (isPassedOn)
    return target.id === "leaky_relu"
      ? PASSED_ON
      : `It is called elsewhere: check that nothing is given there that ${nameOf(target)} does not take.`;
  const isKeras2 = to.framework === "keras" && slopeName(to, unit) === "alpha";
  return isKeras2 && target.id === "leaky_relu" ? KERAS_2 : undefined;
}
