/**
 * What the interpreter knows of a value in the program that it reads. Lists, dictionaries, instances and modules are
 * mutable as they are in the program, but only by way of memory.ts, which can take every change back.
 */
import type { LayerSpelling, Spelling } from "../../frameworks/index.ts";
import type { Initialiser, Reading } from "../../model.ts";
import type { Argument, ClassDefinition, Expression, FunctionDefinition, Lambda } from "../../syntax/tree.ts";
import type { Environment } from "./memory.ts";
import type { Tensor } from "./tensors.ts";

/** A number, string, truth value or None, with the place where it is written. */
export interface Constant {
  readonly type: "constant";
  readonly value: number | string | boolean | null;
  readonly node?: Expression;
}

export interface List {
  readonly type: "list";
  readonly form: "list" | "tuple" | "set";
  items: readonly Value[];
  /** False when there may be more items than are known. */
  complete: boolean;
}

export interface Dict {
  readonly type: "dict";
  readonly entries: Map<string | number, Value>;
  complete: boolean;
}

/** Something of an imported module: `torch.nn.Linear`, or the module itself. */
export interface SymbolValue {
  readonly type: "symbol";
  /** Canonical qualified name. */
  readonly symbol: string;
  /** Where it is written: an activation's site. */
  readonly node?: Expression;
}

export interface FunctionValue {
  readonly type: "function";
  readonly definition: FunctionDefinition | Lambda;
  readonly env: Environment;
  /** The class that it is a method of. */
  readonly owner?: ClassValue;
  /** Values of its defaults, evaluated where it is defined. */
  readonly defaults: ReadonlyMap<string, Value>;
}

export interface ClassValue {
  readonly type: "class";
  readonly definition: ClassDefinition;
  readonly bases: readonly Value[];
  /** Symbols of frameworks that it is derived from, by whatever way. */
  readonly foreignBases: readonly string[];
  readonly namespace: Environment;
  /** Fields that a dataclass, a NamedTuple or a Flax module takes as arguments, in order. */
  readonly fields: readonly string[];
}

export interface Instance {
  readonly type: "instance";
  readonly of: ClassValue;
  readonly attributes: Map<string, Value>;
  /** The call that made it. */
  readonly node: Expression;
  /** The container of a framework that its class is derived from: `class Block(nn.Sequential)`. */
  base: Module | undefined;
  /** Whether a Flax module's `setup` has run. */
  isSetUp: boolean;
  /** What it was given: instances made alike are the same network. */
  readonly given: Arguments;
}

/** A layer, container or activation of a framework, made by a call. */
export interface Module {
  readonly type: "module";
  /** What it is; an activation has a spelling of the catalogue. */
  readonly layer: LayerSpelling | undefined;
  readonly activation: Spelling | undefined;
  readonly given: Arguments;
  readonly node: Expression;
  /** The expression that is an activation's site. */
  readonly site: Expression | undefined;
  /** Children of a container, by name. */
  readonly children: Map<string, Value>;
  /** False when there may be more children than are known. */
  complete: boolean;
  weights: Reading<Initialiser> | undefined;
  bias: Reading<Initialiser> | undefined;
  /** Code that sets weights or biases in a way that is not read. */
  unread: Expression | undefined;
  /** Size of the input once it is known: a layer is built once. */
  inputs: number | undefined;
  /** For a functional model: what it computes. */
  readonly graph?: { readonly inputs: readonly Value[]; readonly outputs: Value };
}

/** Method of something that is not a class of the file. */
export interface Method {
  readonly type: "method";
  readonly receiver: Value;
  readonly name: string;
  readonly node: Expression;
}

export interface BoundFunction {
  readonly type: "bound";
  readonly self: Value;
  readonly function: FunctionValue;
}

export interface Super {
  readonly type: "super";
  readonly instance: Instance;
  readonly after: ClassValue;
}

export interface Partial {
  readonly type: "partial";
  readonly callee: Value;
  readonly given: Arguments;
}

/** An object of a library that is known by name only: an optimiser, an argument parser, a scaler, a namespace. */
export interface ObjectValue {
  readonly type: "object";
  readonly symbol: string;
  readonly given: Arguments;
  readonly node: Expression;
  readonly attributes: Map<string, Value>;
}

/** The weights or biases of a layer, as a tensor that code may draw anew. */
export interface Parameter {
  readonly type: "parameter";
  readonly module: Module;
  readonly which: "weight" | "bias";
  readonly name?: string;
}

/** `model.parameters()`: of which modules and instances an optimiser moves the weights. */
export interface ParameterSet {
  readonly type: "parameters";
  readonly owners: readonly Value[];
}

export interface Unknown {
  readonly type: "unknown";
  /** For people, where something can be said: "the width is read from the data". */
  readonly why?: string;
}

export type Value =
  | Constant
  | List
  | Dict
  | SymbolValue
  | FunctionValue
  | ClassValue
  | Instance
  | Module
  | Method
  | BoundFunction
  | Super
  | Partial
  | ObjectValue
  | Parameter
  | ParameterSet
  | Tensor
  | Unknown;

/** Arguments of a call, evaluated. */
export interface Arguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** False behind `*something` that is not known. */
  readonly complete: boolean;
  /** The arguments as they are written, for spans. */
  readonly written: readonly Argument[];
}

export const UNKNOWN: Unknown = { type: "unknown" };
/** The size of a batch: not known, but the same everywhere. */
export const BATCH: Unknown = { type: "unknown", why: "the size of a batch" };
export const NONE: Constant = { type: "constant", value: null };
export const NO_ARGUMENTS: Arguments = { positional: [], named: new Map(), complete: true, written: [] };

export const constant = (value: Constant["value"], node?: Expression): Constant =>
  node ? { type: "constant", value, node } : { type: "constant", value };

/** Longer texts and lists are data, not names and layers; without a limit a loop could double them for ever. */
export const LONGEST_LIST = 4096;

export const textual = (value: string, node?: Expression): Value =>
  value.length > LONGEST_LIST ? UNKNOWN : constant(value, node);

/** A list of what is known: beyond the limit there may be anything. */
export const bounded = (items: readonly Value[], form: List["form"] = "list", complete = true): List =>
  items.length > LONGEST_LIST ? list(items.slice(0, LONGEST_LIST), form, false) : list(items, form, complete);

export const list = (items: readonly Value[], form: List["form"] = "list", complete = true): List => ({
  type: "list",
  form,
  items,
  complete,
});

export const numberIn = (value: Value | undefined): number | undefined =>
  value?.type === "constant" && typeof value.value === "number" ? value.value : undefined;

export const stringIn = (value: Value | undefined): string | undefined =>
  value?.type === "constant" && typeof value.value === "string" ? value.value : undefined;

export const isNone = (value: Value | undefined): boolean =>
  value?.type === "constant" && value.value === null;

/** Whether Python would take it for true; undefined where it can't be told. */
export function truth(value: Value): boolean | undefined {
  switch (value.type) {
    case "constant":
      return Boolean(value.value);
    case "list":
      return value.items.length > 0 ? true : value.complete ? false : undefined;
    case "dict":
      return value.entries.size > 0 ? true : value.complete ? false : undefined;
    case "unknown":
    case "tensor":
    case "parameter":
    case "object":
    case "method":
      return undefined;
    case "module":
      return value.children.size > 0 || value.layer?.role !== "sequential" ? true : undefined;
    default:
      return true;
  }
}

/** The argument of that name or position (without `self`). */
export function given(
  { positional, named }: Arguments,
  name: string | readonly string[],
  position?: number,
): Value | undefined {
  for (const key of typeof name === "string" ? [name] : name) {
    const value = named.get(key);
    if (value) return value;
  }
  return position === undefined ? undefined : positional[position];
}

/** What a value is as a key of a dictionary. */
export const keyOf = (value: Value): string | number | undefined =>
  value.type === "constant" && (typeof value.value === "string" || typeof value.value === "number")
    ? value.value
    : undefined;

/** A constant as `str` writes it. */
export function written(value: Value): string {
  if (value.type !== "constant") return "?";
  if (value.value === null) return "None";
  if (value.value === true) return "True";
  if (value.value === false) return "False";
  return String(value.value);
}
