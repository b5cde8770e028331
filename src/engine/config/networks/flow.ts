/**
 * A network while it is read: values flow from layer to layer, and what follows a layer (normalisation, activation,
 * dropout, a sum) is noted on it. What the estimate can't follow becomes a gap: it takes layers as one after another.
 */
import type { Gap, Layer, Normalisation, Site, Span } from "../../model.ts";
import type { Shape } from "./shapes.ts";

/** Steps beyond are not followed; large published models have about 1,000, the deepest 3,000. */
const MOST_STEPS = 5_000;
/** Nobody reads more of them. */
const MOST_GAPS = 50;
/** Layers that a branch of a residual block is looked through for, back from the sum. */
const LONGEST_BRANCH = 32;

export type NewLayer = Pick<
  Layer,
  "kind" | "span" | "fanIn" | "units" | "kernelArea" | "weights" | "bias"
> & {
  readonly name?: string | undefined;
  /** Parts that a convolution divides its channels into; 1 where it is not said. */
  readonly groups?: number | null;
};

/** A layer while those that follow may still add to it. */
interface Draft {
  readonly layer: { -readonly [K in keyof Layer]: Layer[K] };
  readonly from: Draft | null;
  readonly index: number;
  /** Layers on the way to it, itself included. */
  readonly depth: number;
  /** Whether it takes something else than the output of the layer before it. */
  beside: boolean;
}

export interface Value {
  /** The same for all views of one value. */
  readonly id: number;
  readonly shape: Shape | null;
  /** The layer whose output it is; null for an input, and behind what could not be read. */
  readonly draft: Draft | null;
  /** The last layer that has a part in it, in the order of execution. */
  readonly tail: number;
  /** Number of the input that it is, as long as no layer changed it. */
  readonly input: number | null;
}

export class Flow {
  private readonly drafts: Draft[] = [];
  private readonly found = new Map<string, Gap>();
  /** Values that nothing has taken yet, with the layer that gave them. */
  private readonly open = new Map<number, Draft | null>();
  private readonly outputs = new Set<Draft>();
  private readonly inputs = new Set<number>();
  private valueCount = 0;
  private inputCount = 0;
  private steps = 0;
  /** Where the input itself is normalised by a layer. */
  inputNormalisation: Span | null = null;

  /** @param whole where gaps are that belong to no layer */
  constructor(private readonly whole: Span) {}

  /** Layers with weights so far. */
  get count(): number {
    return this.drafts.length;
  }

  gap(span: Span, what: string): void {
    if (this.found.size < MOST_GAPS && !this.found.has(what))
      this.found.set(what, { span: { from: span.from, to: span.to }, what });
  }

  /** Whether one more step may be taken; the last one leaves a gap. */
  mayGoOn(): boolean {
    if (++this.steps === MOST_STEPS)
      this.gap(this.whole, `only its first ${MOST_STEPS.toLocaleString("en")} steps are read`);
    return this.steps < MOST_STEPS;
  }

  /** Whether there were more steps than are followed. */
  get isOver(): boolean {
    return this.steps >= MOST_STEPS;
  }

  input(shape: Shape | null): Value {
    return { id: this.valueCount++, shape, draft: null, tail: -1, input: this.inputCount++ };
  }

  layer(from: Value, made: NewLayer, shape: Shape | null): Value {
    const { name, groups, ...rest } = made;
    const { draft, input } = from;
    if (input !== null) this.inputs.add(input);
    const index = this.drafts.length;
    const isFirst = index === 0 || (draft === null && input === null);
    const { from: start, to } = made.span;
    const next: Draft = {
      layer: {
        ...rest,
        span: { from: start, to },
        ...(name === undefined ? {} : { name }),
        normalisation: null,
        site: null,
        residual: false,
        dropout: 0,
        ...((groups ?? 1) > 1 ? { groups: groups ?? 1 } : {}),
      },
      from: draft,
      index,
      depth: (draft?.depth ?? 0) + 1,
      beside: !isFirst && from.tail !== index - 1,
    };
    this.drafts.push(next);
    return this.made([from], { shape, draft: next, tail: index, input: null });
  }

  /** The same values in another shape: pooling, padding, cropping. */
  reshape(from: Value, shape: Shape | null): Value {
    return this.made([from], { ...from, shape });
  }

  activate(from: Value, site: Site, span: Span): Value {
    if (from.draft) from.draft.layer.site ??= site;
    else if (from.input !== null) this.gap(span, "an activation stands before the first layer with weights");
    return this.reshape(from, from.shape);
  }

  normalise(from: Value, kind: Normalisation, span: Span): Value {
    const layer = from.draft?.layer;
    if (layer) layer.normalisation ??= { kind, place: layer.site ? "after" : "before" };
    else if (from.input !== null) this.inputNormalisation = { from: span.from, to: span.to };
    return this.reshape(from, from.shape);
  }

  drop(from: Value, rate: number | null): Value {
    const layer = from.draft?.layer;
    if (layer && rate !== null && rate >= 0 && rate <= 1)
      layer.dropout = layer.dropout === 0 ? rate : 1 - (1 - layer.dropout) * (1 - rate);
    return this.reshape(from, from.shape);
  }

  /** Branches are added: the deepest is the block, the others go round it. */
  add(values: readonly Value[], shape: Shape | null): Value {
    const drafts = values.flatMap(({ draft }) => draft ?? []);
    const main = drafts.reduce<Draft | null>(
      (best, own) => (best && best.depth >= own.depth ? best : own),
      null,
    );
    if (main && values.length > 1) {
      main.layer.residual = true;
      for (const { draft } of values) if (draft !== main) excuse(main, draft);
    }
    return this.made(values, { ...this.together(values, main), shape });
  }

  concatenate(values: readonly Value[], shape: Shape | null): Value {
    const drafts = values.flatMap(({ draft }) => draft ?? []);
    const last = drafts.reduce<Draft | null>(
      (best, own) => (best && best.index > own.index ? best : own),
      null,
    );
    return this.made(values, { ...this.together(values, last), shape });
  }

  /** Behind a layer that can't be read nothing is known but, at best, the shape. */
  unread(values: readonly Value[], span: Span, what: string, shape: Shape | null = null): Value {
    this.gap(span, what);
    return this.made(values, { shape, draft: null, tail: this.drafts.length - 1, input: null });
  }

  /** Says that a value is used by what needs no layer: a loss, a measure. */
  use(value: Value): void {
    this.open.delete(value.id);
  }

  /** An output of the network, whether or not more follows. */
  output(value: Value): void {
    this.open.delete(value.id);
    if (value.draft) this.outputs.add(value.draft);
  }

  read(): { readonly layers: readonly Layer[]; readonly gaps: readonly Gap[] } {
    for (const draft of this.open.values()) if (draft) this.outputs.add(draft);
    if (this.inputs.size > 1) this.gap(this.whole, "it has several inputs, which is not estimated");
    if (this.outputs.size > 1) this.gap(this.whole, "it has several outputs, which is not estimated");
    const beside = this.drafts.find((draft) => draft.beside);
    if (beside) this.gap(beside.layer.span, "layers stand side by side here, which is not estimated");
    const gaps = [...this.found.values()];
    // Pooling behind a convolution makes another thing of it, as a sum does.
    const [end] = gaps.length > 0 ? [] : this.outputs;
    const isOutput = ({ kind, residual }: Layer): boolean => kind === "dense" && !residual;
    return {
      layers: this.drafts.map((draft) =>
        draft === end && isOutput(draft.layer) ? { ...draft.layer, isOutput: true } : draft.layer,
      ),
      gaps,
    };
  }

  private together(values: readonly Value[], draft: Draft | null): Omit<Value, "shape" | "id"> {
    const [first] = values;
    const tail = values.reduce((last, value) => Math.max(last, value.tail), -1);
    // Inputs that are joined before any layer are several inputs all the same.
    for (const { input } of values)
      if (draft === null && input !== null && values.length > 1) this.inputs.add(input);
    return { draft, tail, input: draft ? null : (first?.input ?? null) };
  }

  private made(from: readonly Value[], value: Omit<Value, "id">): Value {
    for (const used of from) this.open.delete(used.id);
    const made = { ...value, id: this.valueCount++ };
    this.open.set(made.id, made.draft);
    return made;
  }
}

/** Layers of the two branches that a sum joins stand side by side on purpose. */
function excuse(main: Draft, other: Draft | null): void {
  const branch: Draft[] = [];
  for (let at: Draft | null = main; at && branch.length < LONGEST_BRANCH; at = at.from) branch.push(at);
  const detour: Draft[] = [];
  let at = other;
  for (; at && detour.length < LONGEST_BRANCH && !branch.includes(at); at = at.from) detour.push(at);
  const fork = at ? branch.indexOf(at) : branch.length;
  if (at && fork < 0) return;
  for (const draft of [...branch.slice(0, fork), ...detour]) draft.beside = false;
}
