/** Sizes of tensors behind layers that slide, pool or reshape. */
import { frameworkById } from "../../frameworks/index.ts";
import type { FrameworkId } from "../../model.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import type { Shape } from "../interpreter/tensors.ts";
import { numberIn, type Value } from "../interpreter/values.ts";
import { argument, type Given, perAxis, product, text, usual } from "./arguments.ts";

export const channelsFirst = (framework: FrameworkId): boolean =>
  frameworkById(framework)?.sizes?.channels === "first";

/** The axis of the channels of a shape with a batch axis. */
export const channelAxis = (framework: FrameworkId, shape: Shape): number =>
  channelsFirst(framework) ? Math.min(1, shape.length - 1) : shape.length - 1;

export const channels = (framework: FrameworkId, shape: Shape | undefined): number | undefined =>
  shape && shape.length > 0 ? shape[channelAxis(framework, shape)] : undefined;

/** The spatial sizes of a shape, channels and batch left out. */
export function spatial(framework: FrameworkId, shape: Shape | undefined, rank: number): Shape {
  if (!shape || shape.length < rank + 1) return Array.from({ length: rank }, () => undefined);
  // Without a batch axis there is one axis less.
  return channelsFirst(framework) ? shape.slice(-rank) : shape.slice(-rank - 1, -1);
}

/** @param before sizes of the input, of which the batch axis stays */
export function assembled(
  framework: FrameworkId,
  sizes: Shape,
  units: number | undefined,
  before: Shape | undefined,
): Shape {
  const batch = before?.length === sizes.length + 2 ? before[0] : undefined;
  return channelsFirst(framework) ? [batch, units, ...sizes] : [batch, ...sizes, units];
}

/** Behind a convolution: https://pytorch.org/docs/stable/generated/torch.nn.Conv2d.html, Keras' "valid" and "same". */
export function convolved(from: Given, sizes: Shape, run: Interpreter): Shape {
  const rank = sizes.length;
  const kernel = perAxis(argument(from, "kernel"), rank, run);
  return slide(from, sizes, kernel, perAxis(argument(from, "stride"), rank, run, 1), run);
}

export function pooled(from: Given, sizes: Shape, run: Interpreter): Shape {
  const { kernel, stride } = poolOf(from, sizes.length, run);
  return slide(from, sizes, kernel, stride, run);
}

/** What is pooled, and how far the next place is, by axis. */
export function poolOf(from: Given, rank: number, run: Interpreter): { kernel: Shape; stride: Shape } {
  const kernel = perAxis(argument(from, "kernel"), rank, run, 2);
  const stride = argument(from, "stride");
  if (stride && !(stride.type === "constant" && stride.value === null))
    return { kernel, stride: perAxis(stride, rank, run) };
  // Keras and PyTorch move by the window, Flax by one.
  const step = usual(from, "stride");
  return { kernel, stride: step === undefined ? kernel : kernel.map(() => step) };
}

function slide(from: Given, sizes: Shape, kernel: Shape, stride: Shape, run: Interpreter): Shape {
  const mode = text(from, "padding")?.toLowerCase() ?? fallbackMode(from);
  const rank = sizes.length;
  const padding = mode === undefined ? aroundEach(argument(from, "padding"), rank, run) : [];
  const dilation = perAxis(argument(from, "dilation"), rank, run, 1);
  const isCeiled = isTrue(from.given.named.get("ceil_mode"));
  return sizes.map((size, axis) => {
    const [k, step, spread] = [kernel[axis], stride[axis], dilation[axis]];
    if (size === undefined || step === undefined || step <= 0) return undefined;
    if (mode === "same" || mode === "circular" || mode === "causal") return Math.ceil(size / step);
    if (k === undefined || spread === undefined) return undefined;
    const pad = mode === "valid" ? 0 : padding[axis];
    if (pad === undefined) return undefined;
    const steps = (size + pad - spread * (k - 1) - 1) / step;
    const positions = (isCeiled ? Math.ceil(steps) : Math.floor(steps)) + 1;
    return positions > 0 ? positions : undefined;
  });
}

/** What is added to an axis at both of its ends together: `1`, `(1, 2)` by axis, `[(3, 3), (3, 3)]` in Flax. */
export function aroundEach(padding: Value | undefined, rank: number, run: Interpreter): Shape {
  if (padding?.type !== "list" || !padding.items.some(({ type }) => type === "list"))
    return perAxis(padding, rank, run, 0).map((pad) => (pad === undefined ? undefined : 2 * pad));
  return Array.from({ length: rank }, (_, axis) => {
    const own = padding.items[axis];
    const [before, after] = own?.type === "list" ? own.items.map(numberIn) : [numberIn(own), numberIn(own)];
    return before === undefined || after === undefined ? undefined : before + after;
  });
}

export const isTrue = (value: Value | undefined): boolean =>
  value?.type === "constant" && value.value === true;

/** Padding that is a word by default: "valid" in Keras, "SAME" in Flax. */
export function fallbackMode({ layer, given }: Given): string | undefined {
  const parameter = layer.parameters.find(({ name }) => name === "padding");
  if (!parameter || given.named.has("padding") || given.positional[parameter.position]) return undefined;
  return parameter.literal?.startsWith("'") ? parameter.literal.slice(1, -1).toLowerCase() : undefined;
}

/** Behind a transposed convolution. */
export function transposed(from: Given, sizes: Shape, run: Interpreter): Shape {
  const rank = sizes.length;
  const kernel = perAxis(argument(from, "kernel"), rank, run);
  const stride = perAxis(argument(from, "stride"), rank, run, 1);
  const mode = text(from, "padding")?.toLowerCase() ?? fallbackMode(from);
  const padding = mode === undefined ? perAxis(argument(from, "padding"), rank, run, 0) : [];
  const extra = perAxis(from.given.named.get("output_padding"), rank, run, 0);
  return sizes.map((size, axis) => {
    const [k, step] = [kernel[axis], stride[axis]];
    if (size === undefined || k === undefined || step === undefined) return undefined;
    if (mode === "same") return size * step;
    if (mode === "valid") return size * step + Math.max(k - step, 0);
    const [pad, more] = [padding[axis], extra[axis]];
    return pad === undefined || more === undefined ? undefined : (size - 1) * step - 2 * pad + k + more;
  });
}

/** Behind adaptive pooling to given sizes. */
export function adapted(from: Given, sizes: Shape): Shape {
  const target = argument(from, "size");
  const items = target?.type === "list" ? target.items : undefined;
  return sizes.map((size, axis) => {
    const wanted = items ? items[axis] : target;
    return wanted?.type === "constant" && wanted.value === null ? size : numberIn(wanted);
  });
}

/** Behind padding, cropping and upsampling: only the spatial sizes change. */
export function resized(from: Given, sizes: Shape, run: Interpreter): Shape {
  const { layer, given } = from;
  const rank = sizes.length;
  if (/Upsampl|UpSampling|interpolate/i.test(layer.symbol)) {
    const factor =
      given.named.get("scale_factor") ??
      (/UpSampling/i.test(layer.symbol) ? (given.named.get("size") ?? given.positional[0]) : undefined);
    const target = given.named.get("size");
    if (factor) return scaled(sizes, perAxis(factor, rank, run));
    if (/UpSampling/i.test(layer.symbol))
      return scaled(
        sizes,
        sizes.map(() => 2),
      );
    if (target) return perAxis(target, rank, run);
    return sizes.map(() => undefined);
  }
  if (/ZeroPadding/i.test(layer.symbol)) {
    const padding = given.named.get("padding") ?? given.positional[0];
    return sizes.map((size, axis) => {
      const own = padding?.type === "list" ? padding.items[axis] : padding;
      const each =
        own?.type === "list"
          ? own.items.map(numberIn)
          : [numberIn(own) ?? (padding ? undefined : 1), numberIn(own) ?? (padding ? undefined : 1)];
      const [before, after] = each;
      return size === undefined || before === undefined || after === undefined
        ? undefined
        : size + before + after;
    });
  }
  if (/Pad\d?d$/.test(layer.symbol)) {
    const padding = numberIn(given.named.get("padding") ?? given.positional[0]);
    return sizes.map((size) =>
      size === undefined || padding === undefined ? undefined : size + 2 * padding,
    );
  }
  return sizes.map(() => undefined);
}

const scaled = (sizes: Shape, factors: Shape): Shape =>
  sizes.map((size, axis) => {
    const factor = factors[axis];
    return size === undefined || factor === undefined ? undefined : Math.floor(size * factor);
  });

/** Axes from `start` to `end` become one. */
export function flattened(shape: Shape | undefined, start: number, end = -1): Shape | undefined {
  // Whatever was there, a batch of vectors is left.
  if (!shape) return start === 1 && end === -1 ? [undefined, undefined] : undefined;
  const from = start < 0 ? shape.length + start : start;
  const to = end < 0 ? shape.length + end : end;
  return [...shape.slice(0, from), product(shape.slice(from, to + 1)), ...shape.slice(to + 1)];
}

/** A new shape, one of whose sizes may be -1: what is left of the entries. */
export function reshapedTo(shape: Shape | undefined, sizes: readonly (Value | undefined)[]): Shape {
  const known = sizes.map((size) => numberIn(size));
  const open = known.indexOf(-1);
  if (open < 0) return known;
  const rest = known.filter((_, axis) => axis !== open);
  const total = shape && product(shape);
  const others = product(rest);
  const inferred =
    total !== undefined && others !== undefined && others > 0
      ? total / others
      : batchKept(shape, known, open);
  return known.map((size, axis) => (axis === open ? inferred : size));
}

/** `x.view(x.size(0), -1)` and `x.view(-1, 784)`: the batch axis is not known, and stays. */
function batchKept(shape: Shape | undefined, known: Shape, open: number): number | undefined {
  if (!shape || open === 0) return undefined;
  const entries = product(shape.slice(1));
  const others = product(known.filter((_, axis) => axis !== open && axis !== 0));
  return known[0] === undefined && entries !== undefined && others !== undefined && others > 0
    ? entries / others
    : undefined;
}
