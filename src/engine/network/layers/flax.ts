/** Flax' modules as objects: how they are named, initialised and applied. https://flax.readthedocs.io */
import type { Call, Expression } from "../../syntax/tree.ts";
import type { Frame, Interpreter } from "../interpreter/interpreter.ts";
import { type Tensor, tensor } from "../interpreter/tensors.ts";
import {
  type Arguments,
  constant,
  type Instance,
  list,
  type Module,
  NONE,
  type ObjectValue,
  stringIn,
  UNKNOWN,
  type Value,
} from "../interpreter/values.ts";

const isBelow = (value: Value, prefix: string): boolean =>
  value.type === "instance" && value.of.foreignBases.some((base) => base.startsWith(prefix));

export const isOfFlax = (value: Value): boolean => isBelow(value, "flax.");
export const isLinen = (value: Value): value is Instance => isBelow(value, "flax.linen.");

/** Arguments that switch a layer between training and evaluation: a network is read as it is trained. */
export function modeOf(name: string): Value | undefined {
  if (/^(?:is_)?train(?:ing)?$/.test(name)) return constant(true);
  return name === "deterministic" ? constant(false) : undefined;
}

/** Methods of a module that are not calls of its layers. */
export function flaxMethod(
  target: Value,
  name: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Value | undefined {
  if (!isOfFlax(target)) return undefined;
  switch (name) {
    case "init":
    case "lazy_init":
    case "tabulate":
      use(target, given, node, run);
      return name === "tabulate" ? UNKNOWN : variables(target, given, node);
    case "init_with_output":
      use(target, given, node, run);
      return list([tensor(), variables(target, given, node)], "tuple");
    case "apply": {
      if (given.named.has("method")) return UNKNOWN;
      use(target, given, node, run);
      const isPair = given.named.get("mutable");
      return isPair && !(isPair.type === "constant" && !isPair.value)
        ? list([tensor(), UNKNOWN], "tuple")
        : tensor();
    }
    case "bind":
      return target;
    case "param":
      return weightsOfTheirOwn(given, node);
    case "sow":
    case "perturb":
      return NONE;
    case "is_initializing":
      return constant(false);
    case "make_rng":
    case "variable":
    case "get_variable":
    case "has_variable":
    case "is_mutable_collection":
    case "scope":
      return UNKNOWN;
    default:
      return undefined;
  }
}

/** `model.init(key, x)`, `model.apply(variables, x)`: the network is run on something of that shape. */
function use(target: Value, given: Arguments, node: Call, run: Interpreter): void {
  const rest = { ...given, positional: given.positional.slice(1) };
  run.uses.push({ network: target, method: "()", given: rest, node });
}

/** What `init` gives: weights of which it is known whose they are. */
function variables(target: Value, given: Arguments, node: Call): ObjectValue {
  const params: Value = { type: "parameters", owners: [target] };
  return { type: "object", symbol: "flax.variables", given, node, attributes: new Map([["params", params]]) };
}

const OWN_WEIGHTS = "flax.param";

/** Weights that no layer has: `self.param("kernel", init, shape)`, `nnx.Param(...)`. */
export const weightsOfTheirOwn = (given: Arguments, node: Expression): ObjectValue => ({
  type: "object",
  symbol: OWN_WEIGHTS,
  given,
  node,
  attributes: new Map(),
});

/** Where tensors meet weights that no layer has, a layer is written out by hand, and not read. */
export function meetsOwnWeights(values: readonly Value[]): boolean {
  const all = values.flatMap((value) => (value.type === "list" ? value.items : [value]));
  return (
    all.some((value) => value.type === "tensor") &&
    all.some((value) => value.type === "object" && value.symbol === OWN_WEIGHTS)
  );
}

export const OWN_WEIGHTS_GAP = "weights that belong to no layer are applied here";

/** How many submodules of a class a call of a compact method has made. */
const counts = new WeakMap<Frame, Map<string, number>>();

/**
 * Submodules that are made in a compact method get the name that Flax gives them: `name=`, or `Dense_0`.
 *
 * @returns the one of that name from an earlier call: its weights are shared
 */
export function adopt<T extends Module | Instance>(child: T, className: string, run: Interpreter): T {
  const inner = run.frames.findLast(({ self }) => self !== undefined && self !== child && isLinen(self));
  const owner = inner?.self;
  if (!owner || !isLinen(owner)) return child;
  const frames = run.frames.filter(({ self }) => self === owner);
  const isSetUp = frames.some(
    ({ function: { definition } }) => definition.type === "function" && definition.name === "setup",
  );
  const [frame] = frames;
  if (isSetUp || !frame) return child;
  const name = stringIn(child.given.named.get("name")) ?? nextName(frame, className);
  const known = owner.attributes.get(name);
  if (known?.type === "module" && child.type === "module" && known.node === child.node) return known as T;
  if (known === undefined || known.type === "module" || known.type === "instance")
    run.memory.set(owner.attributes, name, child);
  return child;
}

function nextName(frame: Frame, className: string): string {
  const own = counts.get(frame) ?? new Map<string, number>();
  counts.set(frame, own);
  const count = own.get(className) ?? 0;
  own.set(className, count + 1);
  return `${className}_${count}`;
}

/** What a root is called with besides its input, where the code says it: more inputs, and that it is trained. */
export function calledWith(root: Instance, uses: readonly Arguments[]): Arguments {
  const others: Value[] = [];
  const longest = uses.reduce<readonly Value[]>(
    (most, { positional }) => (positional.length > most.length ? positional : most),
    [],
  );
  for (const value of longest.slice(1)) others.push(value.type === "tensor" ? withoutData(value) : UNKNOWN);
  const named = new Map<string, Value>();
  for (const name of parametersOf(root)) {
    const mode = modeOf(name);
    if (mode) named.set(name, mode);
  }
  return { positional: others, named, complete: true, written: [] };
}

function parametersOf({ of }: Instance): readonly string[] {
  const call = of.namespace.variables.get("__call__");
  return call?.type === "function" ? call.definition.parameters.map(({ name }) => name) : [];
}

const withoutData = ({ shape }: Tensor): Tensor => tensor(shape && batchedAs(shape));

/** A vector is one example; of everything else the first axis counts examples. */
export const batchedAs = (shape: NonNullable<Tensor["shape"]>): NonNullable<Tensor["shape"]> =>
  shape.length === 1 ? [undefined, ...shape] : [undefined, ...shape.slice(1)];
