/** Instances of classes of the file that are derived from a framework's: how they are made, set up and called. */
import { callMethodOf, layerOf } from "../../frameworks/index.ts";
import type { Call } from "../../syntax/tree.ts";
import { inClass } from "../interpreter/attributes.ts";
import { invoke } from "../interpreter/calls.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import { fresh, tensor, upstream } from "../interpreter/tensors.ts";
import { type Arguments, type Instance, NONE, UNKNOWN, type Value } from "../interpreter/values.ts";
import { applyModule } from "./apply.ts";
import { isModel } from "./family.ts";
import { isOfFlax } from "./flax.ts";
import { graphOf } from "./keras.ts";
import { fill, makeModule } from "./make.ts";

/** Whether the code that runs is a network's own. */
export const isInside = (run: Interpreter): boolean =>
  run.isTracing || run.frames.some(({ self }) => self?.type === "instance" && isModel(self));

export function invokeInstance(
  instance: Instance,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Value | undefined {
  const bases = instance.of.foreignBases;
  const named = bases.flatMap((base) => callMethodOf(base) ?? []);
  const name = [...named, "forward", "call"].find((one) => inClass(instance.of, one)?.type === "function");
  if (name === undefined) return instance.base ? applyModule(instance.base, given, node, run) : undefined;
  if (!isInside(run) && !isSymbolic(given)) {
    run.uses.push({ network: instance, method: "()", given, node });
    return tensor(undefined, fresh([]));
  }
  setUp(instance, run);
  const found = inClass(instance.of, name);
  return found?.type === "function" ? invoke(found, given, instance, run) : undefined;
}

/** Flax' modules make their layers when they are first used. */
function setUp(instance: Instance, run: Interpreter): void {
  if (instance.isSetUp) return;
  run.memory.assign(instance, "isSetUp", true);
  const found = inClass(instance.of, "setup");
  if (found?.type === "function" && isOfFlax(instance))
    invoke(found, { positional: [], named: new Map(), complete: true, written: [] }, instance, run);
  const build = inClass(instance.of, "build");
  if (build?.type === "function" && instance.of.foreignBases.some((base) => base.startsWith("keras.")))
    invoke(build, { positional: [UNKNOWN], named: new Map(), complete: true, written: [] }, instance, run);
}

/** Whether something comes from the input of a functional model. */
export const isSymbolic = ({ positional }: Arguments): boolean =>
  positional
    .flatMap((value) => (value.type === "list" ? value.items : [value]))
    .some(
      (value) =>
        value.type === "tensor" &&
        [...upstream(value.state).keys()].some((state) => state.isInput || state.layer),
    );

/** Lightning's `self.save_hyperparameters()`: what `__init__` was given is found under `self.hparams` from there on. */
export function keepArguments(instance: Instance, node: Call, run: Interpreter): Value {
  const init = inClass(instance.of, "__init__");
  const { positional, named, complete } = instance.given;
  const attributes = new Map<string, Value>();
  if (init?.type === "function")
    init.definition.parameters.slice(1).forEach(({ name, spread }, at) => {
      const value = named.get(name) ?? positional[at] ?? (complete ? init.defaults.get(name) : undefined);
      if (value && !spread) attributes.set(name, value);
    });
  const kept: Value = { type: "object", symbol: "hparams", given: instance.given, node, attributes };
  run.memory.set(instance.attributes, "hparams", kept);
  return NONE;
}

export function construct(
  instance: Instance,
  base: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): void {
  const layer = layerOf(base);
  if (!layer || layer.isFunction) return;
  const graph = layer.role === "model" ? graphOf(given) : undefined;
  if (layer.role === "model" && !graph) return;
  const made = makeModule({ layer, given, node, graph });
  if (layer.role === "sequential" || layer.role === "module-list" || layer.role === "module-dict")
    fill(made, given, run);
  run.memory.assign(instance, "base", made);
}
