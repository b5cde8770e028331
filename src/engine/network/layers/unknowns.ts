/** What becomes of tensors that go into code which is not read: what follows a layer there may be anything. */
import { type Call, type Expression, spanOf } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import { fresh, type Shape, type Tensor, tensor } from "../interpreter/tensors.ts";
import { type Arguments, UNKNOWN, type Value } from "../interpreter/values.ts";
import { isInside } from "./instances.ts";
import { isLifted } from "./jax.ts";

/** Operations of which nothing is known: on a layer's output they may be anything, also an activation. */
export function operation(symbol: string, given: Arguments, node: Call, run: Interpreter): Value | undefined {
  if (
    /^(?:torch\.(?:cuda|jit|distributed|backends|version|compiler)|tensorflow\.(?:config|test))\./.test(
      symbol,
    )
  )
    return UNKNOWN;
  const tensors = given.positional.flatMap((value) => (value.type === "tensor" ? [value] : []));
  const [first] = tensors;
  if (symbol.startsWith("tensorflow.") && !isInside(run)) return inGraph(given, node, run);
  if (!first) return undefined;
  if (first.state.data && first.state.pending.length === 0) return tensor(undefined, first.state);
  if (/loss|cross_entropy|softmax_cross|mse|nll/i.test(symbol)) {
    run.uses.push({ network: UNKNOWN, method: "loss", given, node });
    return undefined;
  }
  if (tensors.some(({ state }) => state.pending.some((draft) => !draft.activation)))
    leaves(tensors, node, `what ${run.words(node.callee)} does is not known`, run);
  return tensor(undefined, fresh(tensors));
}

/** Tensors go into something that is not read: what follows the layers that they come from is open. */
export function leaves(tensors: readonly Tensor[], node: Expression, what: string, run: Interpreter): void {
  run.gap(node, what);
  for (const { state } of tensors)
    for (const draft of state.pending)
      if (!draft.activation && !draft.isOpen) run.memory.assign(draft, "isOpen", true);
}

/**
 * A tensor of which something is not known. Inside of a network that is run, the network has a gap; a graph that is
 * written down keeps it with the tensor, since nobody knows yet whether it is on the way from the input to the loss.
 */
export function doubtful(
  tensors: readonly Tensor[],
  node: Expression,
  what: string,
  run: Interpreter,
  shape?: Shape,
): Tensor {
  if (!isInside(run)) return tensor(shape, { ...fresh(tensors), unread: { span: spanOf(node), what } });
  leaves(tensors, node, what, run);
  return tensor(shape, fresh(tensors));
}

/** A call of something that this file does not define, on a tensor: it may be a layer, or anything. */
export function unknownCall(callee: Value, given: Arguments, node: Call, run: Interpreter): Value {
  const input = [...given.positional, ...given.named.values()].find(
    (value): value is Tensor => value.type === "tensor",
  );
  if (!input) return UNKNOWN;
  if (callee.type === "object" && (isLoss(callee.symbol) || isTransparent(callee.symbol))) {
    if (!isLoss(callee.symbol)) return input;
    run.uses.push({ network: callee, method: "loss", given, node });
    return UNKNOWN;
  }
  if (isLifted(callee)) {
    leaves([input], node, "layers that are made or run in a stack are not read", run);
    return tensor(undefined, fresh([input]));
  }
  if (input.state.data && input.state.pending.length === 0 && run.trace.length === 0)
    return tensor(undefined, fresh([input]));
  leaves([input], node, `what ${run.words(node.callee)} does is not known`, run);
  return tensor(undefined, fresh([input]));
}

const isLoss = (symbol: string): boolean => /Loss$|loss$|losses\./.test(symbol);

/** Layers of other packages that only drop paths or do nothing. */
const isTransparent = (symbol: string): boolean =>
  /(?:^|\.)(?:DropPath|StochasticDepth|Identity|DropBlock2d|drop_path)$/.test(symbol);

export function unknownMethod(
  receiver: Tensor,
  name: string,
  node: Call,
  run: Interpreter,
): Value | undefined {
  if (name === "()") return undefined;
  if (receiver.state.pending.some((draft) => !draft.activation))
    leaves([receiver], node, `what .${name} does is not known`, run);
  return tensor(undefined, fresh([receiver]));
}

/** An operation in a graph that is written down: it matters where a network goes through it. */
function inGraph(given: Arguments, node: Call, run: Interpreter): Tensor | undefined {
  const tensors = tensorsIn(given);
  const [first] = tensors;
  if (!first) return undefined;
  if (first.state.data && !first.state.drawn?.isVariable) return tensor(undefined, first.state);
  const isDoubtful = tensors.some(
    ({ shape, state }) => state.pending.length > 0 || (state.drawn?.isVariable && shape?.length !== 0),
  );
  return isDoubtful
    ? doubtful(tensors, node, `what ${run.words(node.callee)} does is not known`, run)
    : tensor(undefined, fresh(tensors));
}

/** Tensors among the arguments of a call, also in lists. */
export const tensorsIn = ({ positional, named }: Arguments): readonly Tensor[] =>
  [...positional, ...named.values()]
    .flatMap((value) => (value.type === "list" ? value.items : [value]))
    .filter((value): value is Tensor => value.type === "tensor");
