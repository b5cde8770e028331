/** Activations applied to tensors, and given to layers as an argument. */
import { meaningOf, meantBy } from "../../detect/meaning.ts";
import type { Spelling } from "../../frameworks/index.ts";
import type { FrameworkId } from "../../model.ts";
import type { Call, Expression } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import { type Draft, fresh, type Tensor, tensor } from "../interpreter/tensors.ts";
import { NO_ARGUMENTS, type Value } from "../interpreter/values.ts";

/** The first activation behind a layer is its own; further ones change nothing of that. */
export function activate(input: Tensor, spelling: Spelling, site: Expression, run: Interpreter): Tensor {
  if (spelling.activation.id === "linear") return input;
  const { pending, settled } = input.state;
  for (const draft of pending)
    if (!draft.activation) run.memory.assign(draft, "activation", { spelling, site });
  return tensor(input.shape, {
    ...fresh([input]),
    settled: pending.length > 0 ? [...pending, ...settled] : settled,
    ...(input.state.data ? { data: input.state.data } : {}),
  });
}

/** `activation="relu"`, `activation=nn.relu`, `activation=layers.LeakyReLU(0.1)`. */
export function activateBy(
  input: Tensor,
  given: Value | undefined,
  framework: FrameworkId,
  node: Expression,
  run: Interpreter,
): Tensor {
  if (!given) return input;
  switch (given.type) {
    case "constant": {
      if (given.value === null) return input;
      const text = given.node;
      const spelling = text?.type === "string" ? meaningOf(text, framework) : undefined;
      if (spelling && text) return activate(input, spelling, text, run);
      break;
    }
    case "symbol": {
      const spelling = meantBy(given.symbol, []);
      if (spelling) return activate(input, spelling, given.node ?? node, run);
      break;
    }
    case "module":
      if (given.activation) return activate(input, given.activation, given.site ?? given.node, run);
      break;
    case "function":
    case "bound":
    case "partial": {
      const call = node as Call;
      const made = run.call(given, { ...NO_ARGUMENTS, positional: [input] }, call);
      if (made.type === "tensor") return made;
      break;
    }
  }
  run.gap(node, `what the activation of ${run.words(node)} is, is not known`);
  return tensor(input.shape, fresh([input]));
}

export function normalise(
  input: Tensor,
  kind: NonNullable<Draft["normalisation"]>["kind"],
  node: Expression,
  run: Interpreter,
): Tensor {
  const { pending, settled, data } = input.state;
  if (pending.length === 0 && settled.length === 0) {
    // The input itself is normalised.
    return tensor(input.shape, fresh([input], { kind: data?.kind, scale: "standardised", span: node }));
  }
  const drafts = pending.length > 0 ? pending : settled;
  const place = pending.length > 0 ? "before" : "after";
  for (const draft of drafts) {
    if (draft.normalisation) continue;
    // Behind an activation that another layer has since been given, it is that one's.
    run.memory.assign(draft, "normalisation", { kind, place: draft.activation ? "after" : place });
  }
  return input;
}

export function drop(input: Tensor, rate: number | undefined, run: Interpreter): Tensor {
  const { pending, settled } = input.state;
  for (const draft of pending.length > 0 ? pending : settled)
    if (rate !== undefined && rate > draft.dropout) run.memory.assign(draft, "dropout", rate);
  return input;
}
