/** Losses of graphs without model objects: what is computed from a network's output, up to what is minimised. */
import type { Loss } from "../../model.ts";
import type { Call, Expression } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import { fresh, type Tensor, tensor } from "../interpreter/tensors.ts";
import {
  type Arguments,
  given as argumentOf,
  list,
  NO_ARGUMENTS,
  type ObjectValue,
  stringIn,
  UNKNOWN,
  type Value,
} from "../interpreter/values.ts";
import { tensorsIn } from "./unknowns.ts";

/** By its name below `tensorflow.`. */
const LOSSES: readonly (readonly [name: RegExp, loss: Loss | undefined])[] = [
  [/^nn\.(?:\w+_)?cross_entropy_with_logits(?:_v2)?$/, "cross-entropy"],
  [/^(?:contrib\.)?(?:layers\.)?losses\.(?:\w+_)?cross_entropy(?:_loss)?$/, "cross-entropy"],
  [
    /^(?:contrib\.)?(?:layers\.)?losses\.(?:mean_squared_error|huber_loss|absolute_difference|mean_pairwise_squared_error|sum_of_squares)$/,
    "squared-error",
  ],
  [/^losses\.[a-z]\w*$/, undefined],
  [/^(?:math\.)?(?:squared_difference|square|pow|abs)$/, "squared-error"],
  [/^(?:math\.)?(?:log|log1p)$/, "cross-entropy"],
  [/^nn\.l2_loss$/, "squared-error"],
];

const WRITTEN_OUT = /^(?:math\.)?(?:square|squared_difference|pow|abs|log|log1p)$|l2_loss$/;

const COLLECTED = "tensorflow.collected";

/** A loss, or what losses are written with, on something of a network: a number for each example. */
export function lossCall(symbol: string, given: Arguments, node: Call, run: Interpreter): Value | undefined {
  const name = symbol.slice("tensorflow.".length);
  const tensors = tensorsIn(given);
  const [first] = tensors;
  if (!first || !LOSSES.some(([test]) => test.test(name))) return undefined;
  if (WRITTEN_OUT.test(name) ? first.state.data && tensors.length === 1 : false) return undefined;
  const result = tensor(first.shape, fresh(tensors));
  run.objects.push({ type: "object", symbol, given, node, attributes: new Map([[RESULT, result]]) });
  if (!WRITTEN_OUT.test(name)) run.uses.push({ network: UNKNOWN, method: "loss", given, node });
  return result;
}

const RESULT = "result";

/** A loss in a graph: what it is, and what it is computed from. */
interface GraphLoss {
  readonly loss: Loss;
  readonly node: Expression;
  readonly result: Tensor;
  /** Whether it is a loss by name, and not a square or a logarithm. */
  readonly isNamed: boolean;
}

/** Objects among which losses are looked for: no program that is written by hand makes more of them. */
const MOST_OBJECTS = 4000;

export function graphLosses(run: Interpreter): readonly GraphLoss[] {
  return run.objects.slice(-MOST_OBJECTS).flatMap(({ symbol, node, attributes }) => {
    const result = attributes.get(RESULT);
    if (!result) return [];
    const name = symbol.slice("tensorflow.".length);
    const loss = symbol.startsWith("tensorflow.") && LOSSES.find(([test]) => test.test(name))?.[1];
    return loss && result?.type === "tensor"
      ? [{ loss, node, result, isNamed: !WRITTEN_OUT.test(name) }]
      : [];
  });
}

/** All losses so far together: `tf.losses.get_total_loss()`. */
export const lossesOf = (run: Interpreter): Tensor =>
  tensor([], fresh(graphLosses(run).flatMap(({ result, isNamed }) => (isNamed ? [result] : []))));

/** `tf.add_to_collection("losses", loss)`, `tf.get_collection("losses")`. */
export function collected(given: Arguments, node: Call, run: Interpreter): Value {
  const name = stringIn(argumentOf(given, ["name", "key"], 0));
  const value = argumentOf(given, "value", 1);
  if (value) {
    run.uses.push({ network: value, method: COLLECTED, given, node });
    return UNKNOWN;
  }
  const all = run.uses.filter(
    (use) => use.method === COLLECTED && stringIn(argumentOf(use.given, ["name", "key"], 0)) === name,
  );
  return list(
    all.map(({ network }) => network),
    "list",
    false,
  );
}

/** What is minimised, among the uses. */
export const MINIMISED = "tensorflow.minimize";

/** `optimizer.minimize(loss)`, `optimizer.compute_gradients(loss)`, `tape.gradient(loss, variables)`. */
export function training(
  receiver: ObjectValue,
  name: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Value | undefined {
  if (name === "restore" && receiver.symbol === "tensorflow.train.Saver") {
    run.uses.push({ network: receiver, method: RESTORED, given, node });
    return UNKNOWN;
  }
  const isOptimiser =
    /^(?:minimize|compute_gradients)$/.test(name) && /Optimizer$|^keras\.optimizers\./.test(receiver.symbol);
  const isTape = name === "gradient" && receiver.symbol === "tensorflow.GradientTape";
  if (!isOptimiser && !isTape) return undefined;
  const loss = argumentOf(given, ["loss", "target"], 0);
  const value = loss && isCallable(loss) ? run.call(loss, NO_ARGUMENTS, node) : loss;
  if (value) minimise(value, isOptimiser ? receiver : undefined, given, node, run);
  return UNKNOWN;
}

const isCallable = ({ type }: Value): boolean => /^(?:function|bound|partial)$/.test(type);

/** A loop that makes an optimiser in each turn makes no more networks than this. */
const MOST_MINIMISED = 64;

/** Weights that are brought from elsewhere: `saver.restore(session, path)`. */
export const RESTORED = "tensorflow.restore";

export function minimise(
  loss: Value,
  optimiser: Value | undefined,
  given: Arguments,
  node: Call,
  run: Interpreter,
): void {
  const before = run.uses.filter(({ method }) => method === MINIMISED);
  if (before.length >= MOST_MINIMISED) return;
  const last = before.at(-1)?.applied;
  const isSame = last?.length === run.trace.length && last.at(-1) === run.trace.at(-1);
  run.uses.push({
    network: loss,
    method: MINIMISED,
    given: { ...given, positional: optimiser ? [optimiser] : [] },
    node,
    applied: last && isSame ? last : [...run.trace],
  });
}
