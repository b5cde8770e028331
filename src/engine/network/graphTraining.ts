/** How networks without module objects are trained: by what minimises their loss. */
import type { Loss, Reading } from "../model.ts";
import { type Expression, type Statement, spanOf } from "../syntax/tree.ts";
import { isGraph, MOST_STATES, NOTHING_REACHED } from "./graphs.ts";
import { upstream } from "./interpreter/tensors.ts";
import type { ObjectValue, Value } from "./interpreter/values.ts";
import { graphLosses, RESTORED } from "./layers/graphLosses.ts";
import type { Run } from "./program.ts";

/** The optimiser that moves a graph's weights, where it is known. */
export function optimiserOfGraph(root: Value): ObjectValue | undefined {
  const [optimiser] = root.type === "module" && isGraph(root) ? root.given.positional : [];
  return optimiser?.type === "object" ? optimiser : undefined;
}

const MOST_LOSSES = 32;

/** The loss by name on the way to what is minimised, else what it is written out with. */
export function lossOfGraph(root: Value, run: Run): Reading<Loss> | undefined {
  const loss = root.type === "module" && isGraph(root) ? root.graph?.outputs : undefined;
  if (loss?.type !== "tensor") return undefined;
  const before = upstream(loss.state, MOST_STATES);
  const { ends } = run.graphs.get(root) ?? NOTHING_REACHED;
  // The loss comes last, and squares and logarithms in the network come before it.
  const possible = graphLosses(run).filter(({ result }) => before.has(result.state));
  const own = possible
    .slice(-MOST_LOSSES)
    .filter(({ result }) =>
      [...upstream(result.state, MOST_STATES).keys()].some((state) => state.layer && ends.has(state.layer)),
    );
  const found =
    own.find(({ isNamed }) => isNamed) ?? own.find(({ loss }) => loss === "cross-entropy") ?? own[0];
  return found && { value: found.loss, span: spanOf(found.node) };
}

/**
 * Whether a graph's weights are restored before it is trained, whatever happens: a training that may be taken up again,
 * or what is tested afterwards, starts as the initialisers say.
 */
export function isRestored(root: Value, run: Run): boolean {
  if (root.type !== "module" || !isGraph(root)) return false;
  const training = /\n[ \t]*(?:for|while)\b/g;
  training.lastIndex = root.node.to;
  const begins = training.exec(run.unit.text)?.index;
  return (
    begins !== undefined &&
    run.uses.some(
      ({ method, node }) =>
        method === RESTORED && node.from < begins && !isInBranch(node, run.unit.program.body),
    )
  );
}

function isInBranch(node: Expression, body: readonly Statement[], isInIf = false): boolean {
  const holder = body.find(({ from, to }) => from <= node.from && node.to <= to);
  switch (holder?.type) {
    case "function":
    case "class":
      return isInBranch(node, holder.body, isInIf);
    case "if":
      return true;
    case "for":
      return isInBranch(node, [...holder.body, ...holder.otherwise], isInIf);
    case "other":
      return isInBranch(node, holder.blocks.flat(), isInIf || holder.keyword === "try");
    default:
      return isInIf;
  }
}
