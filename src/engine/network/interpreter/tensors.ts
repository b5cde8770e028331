/** Symbolic tensors: what flows between layers while a network is traced, and data on its way into one. */
import type { Spelling } from "../../frameworks/index.ts";
import type {
  Gap,
  Initialiser,
  InputScale,
  Layer,
  Normalisation,
  Reading,
  Span,
  Window,
} from "../../model.ts";
import type { Expression } from "../../syntax/tree.ts";
import type { FunctionValue, Module } from "./values.ts";

/** Sizes along the axes, batch axis included; undefined where one is not known. */
export type Shape = readonly (number | undefined)[];

export interface Tensor {
  readonly type: "tensor";
  /** undefined: not even the number of axes is known. A layer that takes it may say more (layers/weights.ts). */
  shape: Shape | undefined;
  readonly state: TensorState;
}

/** What has been done to a tensor since the last layers with weights; shared by tensors that differ in shape only. */
export interface TensorState {
  /** Layers whose output this is, to which no activation has been applied on this way. */
  readonly pending: readonly Draft[];
  /** Layers whose activation this is the output of. */
  readonly settled: readonly Draft[];
  /** What it was computed from. */
  readonly from: readonly TensorState[];
  /** The layer that it is the very output of. */
  readonly layer?: Draft;
  readonly data?: DataFacts;
  /** An input of a functional model. */
  readonly isInput?: true;
  /** Numbers that a program draws itself, and the variables that it makes of them. */
  readonly drawn?: Drawn;
  /** Something that is not read was done to what it was computed from. */
  readonly unread?: Gap;
}

/** Weights that are no layer's of a framework, but tensors: `tf.Variable(tf.random_normal([784, 256]))`. */
export interface Drawn {
  /** undefined: how they are drawn is not known. */
  readonly initialiser: Reading<Initialiser> | undefined;
  /** Whether they are trained: numbers become weights when a variable is made of them. */
  readonly isVariable: boolean;
  readonly node: Expression;
}

/** What the code lets one know of numbers to learn from. */
export interface DataFacts {
  readonly kind: "image" | "table" | undefined;
  readonly scale: InputScale | undefined;
  /** On the way: a location was subtracted, a division is to follow. */
  readonly shifted?: "mean" | "minimum";
  /** What was computed of it: its mean, its standard deviation. */
  readonly statistic?: "mean" | "minimum" | "spread";
  /** Of what is to be learnt: how many classes there are, or numbers for each example. */
  readonly classes?: number;
  readonly outputs?: number;
  /** Where the scale was last decided. */
  readonly span?: Span;
}

/** A layer while the network is traced: those that follow it may still add to it. */
export interface Draft {
  readonly kind: Layer["kind"];
  readonly module: Module;
  readonly node: Expression;
  readonly input: Tensor;
  readonly fanIn: number | null;
  readonly units: number | null;
  readonly kernelArea: number | null;
  readonly groups: number;
  /** Of a convolution; undefined: not known, or what is behind it is no plain pooling. */
  window: Window | undefined;
  /** The functions of the file that were being run, the outermost first. */
  readonly within: readonly FunctionValue[];
  activation: Activated | null;
  normalisation: { readonly kind: Normalisation; readonly place: "before" | "after" } | null;
  residual: boolean;
  dropout: number;
  /** Whether its output went into something that is not read. */
  isOpen: boolean;
}

/** A network that was run: the layers that were applied, in order, and what could not be read. */
export interface Trace {
  readonly drafts: readonly Draft[];
  readonly gaps: readonly Gap[];
  /** Layers of which the network's result is the very output, or that of their activation. */
  readonly ends?: ReadonlySet<Draft>;
  /** What is shown to a functional model, which was traced before it was shown anything. */
  readonly data?: DataFacts | undefined;
}

export interface Activated {
  readonly spelling: Spelling;
  /** The expression that is the site; a call, a string, or the name that is handed on. */
  readonly site: Expression;
}

export const tensor = (shape?: Shape, state: TensorState = fresh()): Tensor => ({
  type: "tensor",
  shape,
  state,
});

/** Of something unknown, or of several tensors in a way that is no layer's. */
export const fresh = (from: readonly Tensor[] = [], data?: DataFacts): TensorState => ({
  pending: [],
  settled: [],
  from: from.map(({ state }) => state),
  ...(data ? { data } : {}),
});

export const reshaped = ({ state }: Tensor, shape: Shape | undefined): Tensor => tensor(shape, state);

/** What comes out of several tensors put together: sum, concatenation. */
export function merged(tensors: readonly Tensor[]): TensorState {
  const [first, ...others] = tensors;
  if (first && others.every(({ state }) => state === first.state)) return first.state;
  const pending = [...new Set(tensors.flatMap(({ state }) => state.pending))];
  const settled = [...new Set(tensors.flatMap(({ state }) => state.settled))];
  return { pending, settled, from: tensors.map(({ state }) => state) };
}

/** States that are looked through for the start of a skip connection: the longest blocks have a few dozen. */
const LONGEST_WAY = 200;

/** Everything that a state is computed from with the number of layers in between, the nearest first. */
export function upstream(start: TensorState, most = LONGEST_WAY): Map<TensorState, number> {
  const seen = new Map<TensorState, number>([[start, 0]]);
  for (const [state, distance] of seen) {
    if (seen.size > most) break;
    const before = state.layer ? [state.layer.input.state] : state.from;
    for (const one of before) if (!seen.has(one)) seen.set(one, distance + (state.layer ? 1 : 0));
  }
  return seen;
}

/**
 * The layers at the end of a block whose input is added to its output, when these two are added: the longer way from
 * where both began. None where both ways are as long: these are branches, not a skip.
 */
export function endsOfBlock(a: Tensor, b: Tensor): readonly Draft[] {
  const fromA = upstream(a.state);
  const fromB = upstream(b.state);
  let best: { readonly a: number; readonly b: number } | undefined;
  for (const [state, distance] of fromA) {
    const other = fromB.get(state);
    if (other === undefined) continue;
    if (!best || distance + other < best.a + best.b) best = { a: distance, b: other };
  }
  if (!best || best.a === best.b) return [];
  const { state } = best.a > best.b ? a : b;
  return state.pending.length > 0 ? state.pending : state.settled;
}
