/** A change of a setting is offered where the text after it, read again, says what was asked for and nothing else. */
import type { Change, Edit, Fix, Network } from "../model.ts";
import { failureOf } from "../risk/assess.ts";
import type { Made } from "./change.ts";
import { has, isMade, type Read, type SettingChange } from "./outcome.ts";

interface Proof {
  readonly networks: () => readonly Network[];
  make(network: Network, change: SettingChange): Made | undefined;
  /** The networks after edits; undefined where the edits can't be made. */
  reread(edits: readonly Edit[]): readonly Read[] | undefined;
}

export function proof({ networks, make, reread }: Proof): {
  proved(network: Network, change: SettingChange): Fix | undefined;
} {
  const known = new Map<string, Fix | undefined>();
  const prove = (at: number, network: Network, change: SettingChange): Fix | undefined => {
    const made = make(network, change);
    const right = (fix: Fix | undefined): Fix | undefined => {
      const after = fix && reread(fix.edits);
      if (!after || !isMade(change, at, networks(), after)) return undefined;
      return withFailure(fix, network, after[at]!);
    };
    return (
      right(asFix(change, made)) ?? right(made?.otherwise && asFix(change, { ...made, ...made.otherwise() }))
    );
  };
  return {
    proved(network, change): Fix | undefined {
      const at = networks().indexOf(network);
      if (has(network, change)) return undefined;
      if (at < 0) return isRewritten(change) ? asFix(change, make(network, change)) : undefined;
      // Findings of one network ask for the same again.
      const key = keyOf(at, network, change);
      if (!known.has(key)) known.set(key, prove(at, network, change));
      return known.get(key);
    },
  };
}

/** With what it does to the chance that training fails. */
export function withFailure(fix: Fix, before: Network, after: Read): Fix {
  const [was, is] = [before.risk?.probabilityFailure, failureOf(after)];
  return was === undefined || is === undefined ? fix : { ...fix, failure: is - was };
}

/**
 * A part of a network that is not read as a whole can't be read again either: there only a call is changed that says
 * how weights or biases are drawn.
 */
const isRewritten = (change: SettingChange): boolean =>
  (change.kind === "initialiser" && change.layers.every(({ weights }) => weights.span)) ||
  (change.kind === "zero-bias" && change.layers.every(({ bias }) => bias?.span));

export function asFix({ kind }: Change, made: Made | undefined): Fix | undefined {
  if (!made?.edits || made.edits.length === 0) return undefined;
  const { title, edits, note } = made;
  return { title, kind, edits, applicability: "changes-training", ...(note ? { note } : {}) };
}

function keyOf(at: number, { layers }: Network, change: SettingChange): string {
  const places = "layers" in change ? change.layers.map((layer) => layers.indexOf(layer)) : [];
  const own = "layer" in change ? [layers.indexOf(change.layer), change.units] : [];
  const number = "rate" in change ? change.rate : "norm" in change ? change.norm : 0;
  return JSON.stringify([at, change.kind, number, places, own]);
}
