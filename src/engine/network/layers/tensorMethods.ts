/** Methods and attributes of tensors and arrays: of PyTorch, NumPy, JAX and TensorFlow alike. */
import { wordOf } from "../../frameworks/index.ts";
import type { Call } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import { fresh, reshaped, type Shape, type Tensor, tensor } from "../interpreter/tensors.ts";
import {
  type Arguments,
  BATCH,
  constant,
  list,
  numberIn,
  stringIn,
  UNKNOWN,
  type Value,
} from "../interpreter/values.ts";
import { activate } from "./activate.ts";
import { added, asTensor } from "./apply.ts";
import { product } from "./arguments.ts";
import { partNamed } from "./data.ts";
import { flattened, reshapedTo } from "./sizes.ts";

/** Change nothing that matters: type, place in memory, gradient. */
const SAME =
  /^(?:contiguous|clone|detach|detach_|to|float|half|double|cuda|cpu|type|type_as|requires_grad_|long|int|bfloat16|astype|copy|numpy|toarray|to_numpy|clip|clamp|clamp_|expand|expand_as|repeat|masked_fill|masked_fill_|fillna|dropna|drop|sample|div|div_|shuffle|batch|cache|prefetch|as_in_context|asnumpy|squeeze|sort_values|reset_index|set_index|iloc|loc|values|data|T|value|pin_memory|sub|sub_|neg)$/;

export function tensorAttribute(target: Tensor, name: string): Value | undefined {
  const { shape, state } = target;
  switch (name) {
    case "shape":
      return shape ? list(sizesOf(shape), "tuple") : list([], "tuple", false);
    case "ndim":
      return shape ? constant(shape.length) : UNKNOWN;
    case "T":
      return reshaped(target, shape && [...shape].reverse());
    case "values":
    case "data":
    case "iloc":
    case "loc":
    case "real":
      return target;
    case "is_cuda":
    case "device":
    case "dtype":
    case "requires_grad":
    case "columns":
    case "index":
      return UNKNOWN;
    case "target":
    case "targets":
    case "labels":
      return state.data ? tensor(undefined, fresh([], { kind: undefined, scale: "raw" })) : undefined;
    default:
      return undefined;
  }
}

const sizesOf = (shape: Shape): readonly Value[] =>
  shape.map((size, axis) => (size === undefined ? (axis === 0 ? BATCH : UNKNOWN) : constant(size)));

export function tensorMethod(
  target: Tensor,
  name: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Value | undefined {
  const { shape, state } = target;
  const [first] = given.positional;
  const sizes = first?.type === "list" ? first.items : given.positional;
  const spelling = wordOf("pytorch", "method", name);
  if (spelling && !state.data) return activate(target, spelling, node, run);
  switch (name) {
    case "view":
    case "reshape":
      return reshaped(target, sizes.length > 0 ? reshapedTo(shape, sizes) : undefined);
    case "flatten":
    case "ravel":
      return reshaped(
        target,
        flattened(
          shape,
          numberIn(first ?? given.named.get("start_dim")) ?? 0,
          numberIn(given.positional[1]) ?? -1,
        ),
      );
    case "unsqueeze":
      return reshaped(target, inserted(shape, numberIn(first)));
    case "permute":
    case "transpose":
    case "swapaxes":
      return reshaped(target, ordered(shape, name, sizes.map(numberIn)));
    case "get_shape":
      return shape ? list(sizesOf(shape), "tuple") : list([], "tuple", false);
    case "set_shape":
      return UNKNOWN;
    case "size":
      return first
        ? sizeAt(shape, numberIn(first))
        : shape
          ? list(sizesOf(shape), "tuple")
          : list([], "tuple", false);
    case "dim":
      return shape ? constant(shape.length) : UNKNOWN;
    case "numel":
    case "nelement": {
      const total = shape && product(shape);
      return total === undefined ? UNKNOWN : constant(total);
    }
    case "mean":
    case "max":
    case "amax":
    case "min":
    case "amin":
    case "sum":
    case "std":
    case "var":
      return reduced(target, name, given, node);
    case "chunk":
      return Array.isArray(sizes) && numberIn(first) !== undefined
        ? list(
            pieces(
              target,
              numberIn(first) ?? 0,
              numberIn(given.positional[1] ?? given.named.get("dim")) ?? 0,
            ),
            "tuple",
          )
        : UNKNOWN;
    case "split":
    case "unbind":
      return UNKNOWN;
    case "add":
    case "add_":
      return first?.type === "tensor" ? added([target, first], run) : target;
    case "mul":
    case "mul_":
      return first?.type === "tensor" ? tensor(shape, fresh([target, first])) : target;
    case "matmul":
    case "bmm":
    case "mm":
    case "dot":
      return tensor(undefined, fresh([target, asTensor(first)]));
    case "[]":
    case "[:]":
      return indexed(target, name, given);
    case "=":
    case "backward":
      return UNKNOWN;
    case "item":
    case "tolist":
    case "argmax":
      return UNKNOWN;
  }
  if (SAME.test(name)) return target;
  if (state.data) return target;
  return undefined;
}

function inserted(shape: Shape | undefined, at: number | undefined): Shape | undefined {
  if (!shape || at === undefined) return undefined;
  return shape.toSpliced(at < 0 ? shape.length + at + 1 : at, 0, 1);
}

function ordered(
  shape: Shape | undefined,
  name: string,
  axes: readonly (number | undefined)[],
): Shape | undefined {
  if (!shape) return undefined;
  if (name === "permute") return axes.map((axis) => (axis === undefined ? undefined : shape.at(axis)));
  const [a, b] = axes;
  if (a === undefined || b === undefined || axes.length !== 2) return shape.map(() => undefined);
  const swapped = [...shape];
  const [first, second] = [a, b].map((axis) => (axis < 0 ? shape.length + axis : axis)) as [number, number];
  swapped[first] = shape[second];
  swapped[second] = shape[first];
  return swapped;
}

const sizeAt = (shape: Shape | undefined, at: number | undefined): Value => {
  const size = at === undefined ? undefined : shape?.at(at);
  return size === undefined ? UNKNOWN : constant(size);
};

/** Over all axes it is a statistic, of the data or of nothing that matters; over some it pools. */
function reduced(target: Tensor, name: string, given: Arguments, node: Call): Value {
  const { shape, state } = target;
  if (state.data) {
    const statistic = name === "mean" ? "mean" : name === "min" || name === "amin" ? "minimum" : "spread";
    return tensor(undefined, fresh([], { ...state.data, statistic, span: node }));
  }
  const axes =
    given.named.get("dim") ?? given.named.get("axis") ?? given.named.get("axes") ?? given.positional[0];
  if (!axes) return tensor([], fresh([target]));
  const list = axes.type === "list" ? axes.items.map(numberIn) : [numberIn(axes)];
  const keeps = given.named.get("keepdim") ?? given.named.get("keepdims");
  const isKept = keeps?.type === "constant" && keeps.value === true;
  if (!shape || list.includes(undefined)) return reshaped(target, undefined);
  const gone = (list as number[]).map((axis) => (axis < 0 ? shape.length + axis : axis));
  return reshaped(
    target,
    isKept
      ? shape.map((size, axis) => (gone.includes(axis) ? 1 : size))
      : shape.filter((_, axis) => !gone.includes(axis)),
  );
}

function pieces(target: Tensor, count: number, axis: number): readonly Value[] {
  const { shape } = target;
  const at = shape && (axis < 0 ? shape.length + axis : axis);
  const cut = shape?.map((size, place) => (place === at && size !== undefined ? size / count : size));
  return Array.from({ length: Math.min(Math.max(count, 0), 64) }, () => reshaped(target, cut));
}

/** `x[0]` drops an axis; what other indices do to the sizes is not followed. */
function indexed(target: Tensor, name: string, { positional }: Arguments): Value {
  const { shape } = target;
  const [only, ...others] = positional;
  const key = stringIn(only);
  if (key !== undefined) return partNamed(target, key);
  if (name === "[]" && others.length === 0 && numberIn(only) !== undefined && shape)
    return reshaped(target, shape.slice(1));
  // A slice of the first axis, `x[:100]`, keeps the others.
  if (name === "[:]" && shape) return reshaped(target, [undefined, ...shape.slice(1)]);
  return reshaped(target, undefined);
}
