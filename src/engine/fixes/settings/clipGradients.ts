/** Gradients clipped at a norm, where the framework has it. */

import type { Network } from "../../model.ts";
import { isWithin } from "../../spans.ts";
import type { Unit } from "../../units.ts";
import type { CodeIndex, Indexed } from "../codeIndex.ts";
import { slopeArgument } from "../names/kerasVersion.ts";
import { adding, type Edits, lineAfter, named, symbolOf } from "./call.ts";
import { clipTorch } from "./clipTorch.ts";
import { optimiserNamed } from "./namedOptimiser.ts";
import { referBeside } from "./referBeside.ts";

export function clipGradients(network: Network, norm: number, unit: Unit, index: CodeIndex): Edits {
  const { span } = network.optimiser;
  const made = span && index.at(span);
  // Optimisers of TensorFlow.js and scikit-learn know no clipping.
  if (unit.language !== "python" || !made || network.clip.value !== null) return undefined;
  const limit = Number.isInteger(norm) ? `${norm}.0` : String(norm);
  const { node, scope } = made;
  if (node.type === "string") return optimiserNamed(made, clipName(unit), limit, unit);
  if (node.type !== "call" || !node.closed) return undefined;
  const symbol = symbolOf(node, scope, unit);
  if (symbol.startsWith("torch.optim.")) return clipTorch(made, limit, unit, index);
  if (symbol.startsWith("optax.")) return clipOptax(made, limit, unit, index);
  if (!symbol.startsWith("keras.optimizers.")) return undefined;
  const tapes = index.calls.filter(({ node: call }) => /\.gradient$/.test(textOfCallee(call.callee, unit)));
  if (tapes.length > 0) return clipTape(tapes, limit, unit, index);
  return adding(node, [named(clipName(unit), limit, unit)], unit);
}

const textOfCallee = ({ from, to }: { readonly from: number; readonly to: number }, { text }: Unit): string =>
  text.slice(from, to);

/** The norm of all gradients together, which the first Keras 2 did not know; there each array's own. */
const clipName = ({ text }: Unit): string =>
  slopeArgument(text) === "alpha" ? "clipnorm" : "global_clipnorm";

/** Between `tape.gradient(...)` and `apply_gradients(...)`: there not every version of Keras clips by itself. */
function clipTape(tapes: readonly Indexed[], limit: string, unit: Unit, index: CodeIndex): Edits {
  const [tape, ...others] = tapes;
  const statement = tape && index.statementAt(tape.node);
  if (!tape || others.length > 0 || statement?.type !== "assignment" || statement.value !== tape.node)
    return undefined;
  const [target] = statement.targets;
  const isApplied = index.calls.some(
    ({ node }) => node.callee.type === "attribute" && /^apply(?:_gradients)?$/.test(node.callee.name),
  );
  const clip = referBeside("tensorflow.clip_by_global_norm", tape.scope, unit);
  if (target?.type !== "name" || !isApplied || !clip || clip.imports.length > 0) return undefined;
  const line = `${target.name}, _ = ${clip.text}(${target.name}, clip_norm=${limit})`;
  const edit = lineAfter(statement, [line], unit);
  return edit && [edit];
}

/** `optax.chain(optax.clip_by_global_norm(1.0), optax.adam(...))`; in a chain that is there it comes first. */
function clipOptax({ node, scope }: Indexed, limit: string, unit: Unit, index: CodeIndex): Edits {
  if (node.type !== "call" || (node.callee.type !== "attribute" && node.callee.type !== "name"))
    return undefined;
  const around = index.calls.filter(({ node: call }) => call !== node && isWithin(node, call));
  const chain = around.find(({ node: call, scope: own }) => symbolOf(call, own, unit) === "optax.chain");
  // Of other combinations it is not said which gradients they see.
  const isIn = around.some(({ node: call, scope: own }) => /^optax\./.test(symbolOf(call, own, unit)));
  const clip = referBeside("optax.clip_by_global_norm", scope, unit);
  if (!clip) return undefined;
  const first = chain?.node.arguments[0];
  if (chain && first && !first.spread && around.at(-1) === chain) {
    const at = { from: first.from, to: first.from };
    return [...clip.imports, { span: at, text: `${clip.text}(${limit}), ` }];
  }
  const combine = referBeside("optax.chain", scope, unit);
  if (isIn || !combine || (combine.imports.length > 0 && clip.imports.length > 0)) return undefined;
  return [
    ...clip.imports,
    ...combine.imports,
    { span: { from: node.from, to: node.from }, text: `${combine.text}(${clip.text}(${limit}), ` },
    { span: { from: node.to, to: node.to }, text: ")" },
  ];
}
