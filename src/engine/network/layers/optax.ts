/** Optimisers of optax: whom they train, and how fast. https://optax.readthedocs.io */
import type { Loss, Reading } from "../../model.ts";
import type { Call } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import {
  type Arguments,
  given as argumentOf,
  constant,
  list,
  NO_ARGUMENTS,
  numberIn,
  type ObjectValue,
  type Value,
} from "../interpreter/values.ts";

/** `TrainState.create(apply_fn=..., params=..., tx=...)`, `nnx.Optimizer(model, tx)`, `tx.init(params)`. */
const JOINS = /TrainState\.create$|^flax\.nnx\.(?:Optimizer|ModelAndOptimizer|training\.\w+)$|^optax\.init$/;

/** The networks that an optimiser is put together with. */
export function trainedBy(optimiser: ObjectValue, run: Interpreter): readonly Value[] {
  if (!optimiser.symbol.startsWith("optax.")) return [];
  return run.objects.flatMap(({ symbol, given }) => {
    if (!JOINS.test(symbol)) return [];
    const isState = symbol.endsWith(".create");
    const transform = isState
      ? given.named.get("tx")
      : symbol === "optax.init"
        ? given.positional[0]
        : argumentOf(given, ["tx", "optimizer"], 1);
    if (!transform || !holds(transform, optimiser)) return [];
    const owners = isState
      ? [given.named.get("apply_fn"), given.named.get("params"), given.named.get("model")]
      : [argumentOf(given, "model", symbol === "optax.init" ? 1 : 0)];
    return owners.flatMap((owner) => (owner ? networksIn(owner) : []));
  });
}

function networksIn(value: Value): readonly Value[] {
  switch (value.type) {
    case "instance":
    case "module":
      return [value];
    case "method":
      return networksIn(value.receiver);
    case "parameters":
      return value.owners;
    case "object": {
      const params = value.attributes.get("params");
      return params ? networksIn(params) : value.given.positional.flatMap(networksIn);
    }
    default:
      return [];
  }
}

/** Whether a transformation is, or is made of, another: `chain`, `MultiSteps`, `masked`. */
function holds(outer: Value, inner: Value, depth = 0): boolean {
  if (outer === inner) return true;
  if (depth > 5) return false;
  if (outer.type === "list") return outer.items.some((item) => holds(item, inner, depth + 1));
  if (outer.type === "dict") return [...outer.entries.values()].some((item) => holds(item, inner, depth + 1));
  return (
    outer.type === "object" &&
    outer.symbol.startsWith("optax.") &&
    [...outer.given.positional, ...outer.given.named.values()].some((item) => holds(item, inner, depth + 1))
  );
}

/** The rate of `chain(scale_by_adam(), scale(-1e-3))` stands in another link of the chain. */
export function rateBeside(optimiser: ObjectValue, run: Interpreter): Value | undefined {
  if (!/^optax\.(?:scale_by_|trace$)/.test(optimiser.symbol)) return undefined;
  const chain = run.objects.find(
    ({ symbol, given }) => symbol === "optax.chain" && given.positional.includes(optimiser),
  );
  for (const link of chain?.given.positional ?? []) {
    if (link.type !== "object") continue;
    const [first] = [...link.given.positional, ...link.given.named.values()];
    if (link.symbol === "optax.scale_by_learning_rate" || link.symbol === "optax.scale_by_schedule")
      return first;
    const factor = numberIn(first);
    if (link.symbol === "optax.scale" && factor !== undefined) return constant(Math.abs(factor));
  }
  return undefined;
}

/** What a schedule starts with; one that warms up is taken at its peak, where its steps are largest. */
export function scheduleStart(schedule: Value, run: Interpreter, node: Call | undefined): Value | undefined {
  if (schedule.type === "object") {
    const { given } = schedule;
    const name = schedule.symbol.replace(/^optax\.(?:schedules\.)?/, "");
    if (name === schedule.symbol) return undefined;
    if (/^warmup_/.test(name)) return argumentOf(given, "peak_value", 1);
    if (/onecycle/.test(name)) return argumentOf(given, "peak_value", 1);
    if (name === "constant_schedule") return argumentOf(given, "value", 0);
    if (name === "join_schedules") return joined(given, run, node);
    return argumentOf(given, "init_value", 0);
  }
  if ((schedule.type !== "function" && schedule.type !== "bound") || !node) return undefined;
  return run.call(schedule, { ...NO_ARGUMENTS, positional: [constant(0)] }, node);
}

/** Of schedules one after the other the first that does not start from 0. */
function joined(given: Arguments, run: Interpreter, node: Call | undefined): Value | undefined {
  const all = argumentOf(given, "schedules", 0);
  const starts = (all?.type === "list" ? all : list([])).items.map((one) => scheduleStart(one, run, node));
  return starts.find((start) => (numberIn(start) ?? 0) > 0);
}

/** `((predicted - targets) ** 2).mean()`, `jnp.mean(jnp.square(error))`: a loss that is written out. */
export function writtenLoss(text: string): Reading<Loss> | undefined {
  if (!/\bjax\b/.test(text)) return undefined;
  const found =
    /\*\*\s*2\s*\)*\s*\.(?:mean|sum)\(|(?:jnp|np)\.(?:mean|sum)\(\s*(?:jnp|np)\.(?:square|power)\(|(?:jnp|np)\.(?:mean|sum)\([^\n]*\*\*\s*2/.exec(
      text,
    );
  return found
    ? { value: "squared-error", span: { from: found.index, to: found.index + found[0].length } }
    : undefined;
}
