/** Runs a network from its input to its output, and keeps what was applied on the way. */
import { unwrittenCall } from "../syntax/tree.ts";
import { isGraph, traceGraph } from "./graphs.ts";
import type { Use } from "./interpreter/interpreter.ts";
import {
  type Draft,
  fresh,
  type Shape,
  type Tensor,
  type TensorState,
  type Trace,
  tensor,
  upstream,
} from "./interpreter/tensors.ts";
import { type Arguments, NO_ARGUMENTS, numberIn, type Value } from "./interpreter/values.ts";
import { elementOf } from "./layers/data.ts";
import type { Family } from "./layers/family.ts";
import { batchedAs, calledWith, isOfFlax } from "./layers/flax.ts";
import { declaredInput } from "./layers/keras.ts";
import { addOutput, inItsWords, isPerceptron } from "./layers/sklearn.ts";
import { probed } from "./probe.ts";
import { LIMITS, type Run, within } from "./program.ts";

export function trace(root: Family, run: Run): Trace {
  if (root.type === "module" && isGraph(root)) return traceGraph(root, run);
  const graph = root.type === "module" ? root.graph : root.base?.graph;
  if (graph) {
    const own = ofGraph(graph.outputs, run);
    return hasOneInput(own) ? { ...own, data: shownTo(root, run)?.data } : own;
  }
  if (isPerceptron(root)) {
    addOutput(root, run);
    return inItsWords(root, traced(root, inputOf(root, run), run));
  }
  const input = inputOf(root, run);
  const once = (shape?: Shape): Trace => traced(root, shape ? tensor(shape, input.state) : input, run);
  return input.shape ? once() : probed(root, run, once);
}

function traced(root: Family, input: Tensor, run: Run): Trace {
  run.trace = [];
  run.gaps = [];
  run.isTracing = true;
  run.isOutOfSteps = false;
  const node = root.node.type === "call" ? root.node : unwrittenCall(root.node);
  const result = within(run, LIMITS.each, () => run.call(root, argumentsFor(root, input, run), node));
  run.isTracing = false;
  if (run.isOutOfSteps)
    run.gaps.push({
      span: { from: root.node.from, to: root.node.to },
      what: "it is too large to be read to its end",
    });
  return { drafts: run.trace, gaps: run.gaps, ends: endsOf(result ? [result] : []) };
}

/** Through tuples and dictionaries: a network may give several things. */
function endsOf(results: readonly Value[], depth = 0): ReadonlySet<Draft> {
  const ends = new Set<Draft>();
  for (const result of depth > 4 ? [] : results) {
    const inner =
      result.type === "list" ? result.items : result.type === "dict" ? [...result.entries.values()] : [];
    const { pending, settled } = result.type === "tensor" ? result.state : fresh();
    // What several layers give together, as in a sum, is no layer's own output.
    const own = [...pending, ...settled];
    for (const draft of [...(own.length === 1 ? own : []), ...endsOf(inner, depth + 1)]) ends.add(draft);
  }
  return ends;
}

/** A functional model was traced while it was written down: its layers are those that its outputs come from. */
function ofGraph(outputs: Value, run: Run): Trace {
  const ends =
    outputs.type === "list"
      ? outputs.items
      : outputs.type === "dict"
        ? [...outputs.entries.values()]
        : [outputs];
  const reached = new Set<Draft>();
  for (const end of ends) {
    if (end.type !== "tensor") continue;
    for (const state of upstream(end.state, MOST_STATES).keys()) if (state.layer) reached.add(state.layer);
  }
  return { drafts: run.written.filter((draft) => reached.has(draft)), gaps: run.doubts, ends: endsOf(ends) };
}

/** The input, and what else a call of the network says to be usual. */
function argumentsFor(root: Family, input: Tensor, run: Run): Arguments {
  if (root.type !== "instance" || !isOfFlax(root)) return { ...NO_ARGUMENTS, positional: [input] };
  const uses = usesOf(root, run).flatMap(({ method, given }) => (method === "()" ? [given] : []));
  const more = calledWith(root, uses);
  return { ...more, positional: [input, ...more.positional] };
}

/** Whether everything that is fed to a functional model comes in at one place. */
const hasOneInput = ({ drafts }: Trace): boolean =>
  new Set(drafts.flatMap(({ input: { state } }) => (state.isInput ? [state] : []))).size === 1;

const MOST_STATES = 20_000;

/** What a network is fed with, as far as the code says: its own declaration, or the data it is called with. */
function inputOf(root: Family, run: Run): Tensor {
  const own = usesOf(root, run);
  const declared = root.type === "module" ? declaredInput(root, run) : undefined;
  const fed = own.map(fedBy).find((value) => value !== undefined);
  const built = own.map(builtWith).find((shape) => shape !== undefined);
  const shape = declared ?? built ?? (fed?.shape && (isOfFlax(root) ? batchedAs : batched)(fed.shape));
  return tensor(shape, {
    ...fresh([], shownTo(root, run)?.data ?? { kind: undefined, scale: undefined }),
    isInput: true,
  });
}

/** Flax makes parameters for an array of ones: what is trained on comes later, and has a scale. */
function shownTo(root: Family, run: Run): TensorState | undefined {
  const shown = usesOf(root, run).flatMap((use) => fedBy(use)?.state ?? []);
  return shown.find(({ data }) => data?.scale) ?? shown[0];
}

const usesOf = (root: Family, run: Run): readonly Use[] =>
  run.uses.filter(
    ({ network }) =>
      network === root || (root.type === "instance" && network.type === "instance" && network.of === root.of),
  );

const batched = (shape: Shape): Shape => [undefined, ...shape.slice(1)];

function fedBy({ method, given }: Use): Tensor | undefined {
  if (!/^(?:\(\)|fit|fit_generator|train_on_batch|predict|evaluate)$/.test(method)) return undefined;
  const first = given.positional[0] ?? given.named.get("x") ?? given.named.get("inputs");
  if (first?.type === "tensor") return first;
  const element = first && elementOf(first);
  const inner = element?.type === "list" ? element.items[0] : element;
  return inner?.type === "tensor" ? inner : undefined;
}

/** `model.build((None, 784))`. */
function builtWith({ method, given }: Use): Shape | undefined {
  if (method !== "build") return undefined;
  const shape = given.positional[0] ?? given.named.get("input_shape");
  return shape?.type === "list" ? shape.items.map(numberIn) : undefined;
}
