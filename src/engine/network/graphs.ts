/**
 * Networks without module objects: what lies between the data and what an optimiser minimises is one. The layers were
 * traced while the graph was written down (layers/ownWeights.ts, layers/tensorflow.ts).
 */
import type { LayerSpelling } from "../frameworks/index.ts";
import { optimiserOf } from "../frameworks/index.ts";
import type { Gap } from "../model.ts";
import { type Expression, spanOf } from "../syntax/tree.ts";
import { builderOf } from "./graphNames.ts";
import type { Draft, Tensor, TensorState, Trace } from "./interpreter/tensors.ts";
import type { Arguments, Module, Value } from "./interpreter/values.ts";
import { MINIMISED } from "./layers/graphLosses.ts";
import { makeModule } from "./layers/make.ts";
import type { Run } from "./program.ts";

const GRAPH: LayerSpelling = {
  symbol: "tensorflow.Graph",
  parameters: [],
  role: "model",
  framework: "tensorflow",
  isFunction: false,
};

/** A network without a module object; its arguments are those of what minimises it, with the optimiser first. */
export const isGraph = (root: Value): boolean => root.type === "module" && root.layer === GRAPH;

export function graphRoots(run: Run): readonly Module[] {
  // Where a program feeds its graph by placeholders, all that goes into it comes from one, or from data.
  const isFed = /\bplaceholder\(/.test(run.unit.text);
  const all = minimisedIn(run).map((use) => ({ ...use, found: reached(use, isFed) }));
  withoutPredictions(all.map(({ found }) => found));
  return all.flatMap(({ loss, given, node, found }) => {
    const { drafts } = found;
    if (!drafts.some(({ module }) => module.layer?.framework === "tensorflow")) return [];
    const root = makeModule({ layer: GRAPH, given, node, graph: { inputs: [], outputs: loss } });
    const builder = builderOf(found, node, run);
    if (builder) run.builders.set(root, builder);
    run.graphs.set(root, found);
    return [root];
  });
}

interface Minimised {
  readonly loss: Tensor;
  readonly applied: readonly Draft[];
  readonly given: Arguments;
  readonly node: Expression;
}

/** Each loss once: where one of several optimisers minimises it, none of them is the one. */
function minimisedIn(run: Run): readonly Minimised[] {
  const found = new Map<TensorState, Minimised>();
  for (const { network: loss, method, given, node, applied = [] } of run.uses) {
    if (method !== MINIMISED || loss.type !== "tensor") continue;
    const before = found.get(loss.state);
    const isOne = !before || before.given.positional[0] === given.positional[0];
    found.set(loss.state, { loss, applied, node, given: isOne ? given : { ...given, positional: [] } });
  }
  return [...found.values()];
}

/** The softmax of a prediction beside the loss, which takes the scores, is no part of what is trained. */
function withoutPredictions(all: readonly Reached[]): void {
  const activated = new Set(all.flatMap(({ drafts, activated }) => [...activated, ...inner(drafts)]));
  for (const { ends } of all) for (const draft of ends) if (!activated.has(draft)) draft.activation = null;
}

/** Layers that others read. */
const inner = (drafts: readonly Draft[]): readonly Draft[] =>
  drafts.flatMap(({ input }) => [...input.state.pending, ...input.state.settled]);

export function traceGraph(root: Module, run: Run): Trace {
  const { drafts, ends, gaps } = run.graphs.get(root) ?? NOTHING_REACHED;
  return { drafts, ends, gaps: [...gaps, ...gapsOf(drafts, ends, run), ...gapsOfTraining(root)] };
}

/** More states than any graph that is written by hand has. */
export const MOST_STATES = 20_000;

export interface Reached {
  readonly drafts: readonly Draft[];
  /** The layers whose output the loss is computed from. */
  readonly ends: ReadonlySet<Draft>;
  /** Those of them that the loss meets behind their activation. */
  readonly activated: ReadonlySet<Draft>;
  readonly gaps: readonly Gap[];
}

/**
 * Everything that a loss is computed from. What is not read between the loss and the first layers that it meets is the
 * loss's own affair; behind these it is a gap of the network.
 */
function reached({ loss, applied }: Minimised, isFed: boolean): Reached {
  const writtenDown = new Set(applied);
  const drafts = new Set<Draft>();
  const ends = new Set<Draft>();
  const activated = new Set<Draft>();
  const gaps: Gap[] = [];
  const outside = new Set<TensorState>([loss.state]);
  const inside = new Map<TensorState, Draft | undefined>();
  for (const state of outside) {
    const own = [...state.pending, ...state.settled];
    if (own.length > 0) {
      inside.set(state, undefined);
      for (const draft of own) ends.add(draft);
      for (const draft of state.settled) activated.add(draft);
    } else for (const before of state.from) outside.add(before);
    if (state.unread && own.length === 0) for (const draft of nearest(state)) draft.isOpen = true;
    if (outside.size > MOST_STATES) break;
  }
  for (const [state, reader] of inside) {
    if (state.unread) gaps.push(state.unread);
    const { layer } = state;
    if (layer) {
      if (writtenDown.has(layer)) drafts.add(layer);
      else gaps.push({ span: spanOf(layer.module.node), what: "whether this layer is applied is not known" });
      inside.set(layer.input.state, inside.get(layer.input.state) ?? layer);
    } else if (reader && isFed && isFromNowhere(state))
      gaps.push({ span: spanOf(reader.module.node), what: "what goes into this layer is not read" });
    for (const before of layer ? [] : state.from) if (!inside.has(before)) inside.set(before, reader);
    if (inside.size > MOST_STATES) break;
  }
  for (const draft of ends) if (!drafts.has(draft)) ends.delete(draft);
  return { drafts: applied.filter((draft) => drafts.has(draft)), ends, activated, gaps };
}

export const NOTHING_REACHED: Reached = { drafts: [], ends: new Set(), activated: new Set(), gaps: [] };

/** What is neither an input, nor data, nor computed from anything: it came out of something that is not read. */
const isFromNowhere = ({ from, isInput, data, drawn, unread }: TensorState): boolean =>
  from.length === 0 && !isInput && !data && !drawn && !unread;

/** The layers that something was computed from, without others in between. */
function nearest(start: TensorState): readonly Draft[] {
  const seen = new Set<TensorState>([start]);
  const found = new Set<Draft>();
  for (const state of seen) {
    const own = [...state.pending, ...state.settled];
    for (const draft of own) found.add(draft);
    if (own.length === 0) for (const before of state.from) seen.add(before);
    if (seen.size > MOST_STATES) break;
  }
  return [...found];
}

/** What was not known of the layers themselves, when they were applied. */
function gapsOf(drafts: readonly Draft[], ends: ReadonlySet<Draft>, run: Run): readonly Gap[] {
  const places = new Set(drafts.map(({ module }) => `${module.node.from} ${module.node.to}`));
  const noted = run.doubts.filter(
    ({ span, what }) => places.has(`${span.from} ${span.to}`) && !OF_LAYER.test(what),
  );
  return drafts.flatMap((draft, index) => {
    const { fanIn, units, isOpen, module } = draft;
    const span = spanOf(module.node);
    return [
      ...(fanIn === null || units === null
        ? [{ span, what: `size of layer ${index + 1} is not known` }]
        : []),
      ...(isOpen && !ends.has(draft) ? [{ span, what: "what follows this layer is not known" }] : []),
      ...(index === 0 ? noted : []),
    ];
  });
}

/** These count the layers of the whole file. */
const OF_LAYER = /of layer \d+ (?:is|are) not known$/;

/** An optimiser for some of the weights only, or one of which nothing is known. */
function gapsOfTraining({ given, node }: Module): readonly Gap[] {
  const [optimiser] = given.positional;
  const span = spanOf(node);
  if (optimiser?.type === "object" && !optimiserOf(optimiser.symbol))
    return [{ span, what: `steps of ${optimiser.symbol.replace(/^.*\./, "")} are not estimated` }];
  return given.named.has("var_list") ? [{ span, what: "which of the weights are trained is not known" }] : [];
}
