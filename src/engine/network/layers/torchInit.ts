/** Weights that PyTorch code draws anew: `nn.init.*`, and methods of the tensors. https://pytorch.org/docs/stable/nn.init.html */
import type { Initialiser, Reading } from "../../model.ts";
import { type Call, spanOf } from "../../syntax/tree.ts";
import type { Interpreter } from "../interpreter/interpreter.ts";
import {
  type Arguments,
  given as argumentOf,
  constant,
  numberIn,
  type Parameter,
  stringIn,
  UNKNOWN,
  type Value,
} from "../interpreter/values.ts";
import { TORCH_DEFAULT, uniform, ZEROS } from "./initialisers.ts";

/** `torch.nn.init.calculate_gain`. */
export function gainOf(nonlinearity: string, slope: number | undefined): number | undefined {
  switch (nonlinearity) {
    case "relu":
      return Math.SQRT2;
    case "leaky_relu":
      return Math.sqrt(2 / (1 + (slope ?? 0.01) ** 2));
    case "tanh":
      return 5 / 3;
    case "selu":
      return 3 / 4;
    case "linear":
    case "sigmoid":
    case "conv1d":
    case "conv2d":
    case "conv3d":
      return 1;
    default:
      return undefined;
  }
}

/** A call of `torch.nn.init.NAME`; undefined where it is none. */
export function initCall(symbol: string, given: Arguments, node: Call, run: Interpreter): Value | undefined {
  const name = /^torch\.nn\.init\.(\w+)$/.exec(symbol)?.[1];
  if (name === undefined) return undefined;
  if (name === "calculate_gain") {
    const word = stringIn(argumentOf(given, "nonlinearity", 0));
    const gain = word === undefined ? undefined : gainOf(word, numberIn(argumentOf(given, "param", 1)));
    return gain === undefined ? UNKNOWN : constant(gain);
  }
  const target = argumentOf(given, "tensor", 0);
  if (name === "_calculate_fan_in_and_fan_out") return UNKNOWN;
  if (target?.type !== "parameter") return target ?? UNKNOWN;
  draw(target, initialiser(name.replace(/_$/, ""), given), node, run);
  return target;
}

/** A method that fills a parameter: `weight.data.normal_(0, 0.02)`; undefined: none of these. */
export function fillMethod(
  target: Parameter,
  name: string,
  given: Arguments,
  node: Call,
  run: Interpreter,
): Value | undefined {
  const shifted = { ...given, positional: [UNKNOWN, ...given.positional] };
  switch (name) {
    case "normal_":
    case "uniform_":
    case "zero_":
    case "fill_":
      draw(
        target,
        initialiser(
          { normal_: "normal", uniform_: "uniform", zero_: "zeros", fill_: "constant" }[name],
          shifted,
        ),
        node,
        run,
      );
      return target;
    case "mul_":
    case "div_": {
      const by = numberIn(given.positional[0]);
      const own = (target.which === "weight" ? target.module.weights : target.module.bias)?.value ?? {
        scheme: "torch_default" as const,
      };
      draw(target, by === undefined ? undefined : scaled(own, name === "mul_" ? by : 1 / by), node, run);
      return target;
    }
    case "copy_":
    case "add_":
    case "sub_":
    case "set_":
    case "exponential_":
    case "trunc_normal_":
      draw(target, name === "trunc_normal_" ? initialiser("trunc_normal", shifted) : undefined, node, run);
      return target;
    default:
      return undefined;
  }
}

/** The same numbers times a factor. */
function scaled(own: Initialiser, by: number): Initialiser {
  if (own.mean !== undefined || own.std !== undefined)
    return { ...own, mean: (own.mean ?? 0) * by, std: (own.std ?? 0) * Math.abs(by) };
  // PyTorch's own is a LeCun uniform of gain 1/sqrt 3.
  if (own.scheme === "torch_default") return { scheme: "lecun_uniform", gain: Math.abs(by) / Math.sqrt(3) };
  const usual = own.scheme.startsWith("he_") ? Math.SQRT2 : 1;
  return { ...own, gain: (own.gain ?? usual) * Math.abs(by) };
}

/** Sets how a parameter is drawn; undefined: by code that is not read. */
export function draw(
  { module, which }: Parameter,
  value: Initialiser | undefined,
  node: Call,
  run: Interpreter,
): void {
  run.work += 1;
  const key = which === "weight" ? "weights" : "bias";
  if (!value) {
    run.memory.assign(module, "unread", node);
    return;
  }
  const reading: Reading<Initialiser> = { value, span: spanOf(node) };
  run.memory.assign(module, key, reading);
}

export function resetParameters(module: Parameter["module"], run: Interpreter): void {
  run.memory.assign(module, "weights", TORCH_DEFAULT);
  run.memory.assign(module, "bias", TORCH_DEFAULT);
}

function initialiser(name: string, given: Arguments): Initialiser | undefined {
  const number = (key: string, position: number, usual: number): number | undefined => {
    const value = argumentOf(given, key, position);
    return value ? numberIn(value) : usual;
  };
  switch (name) {
    case "kaiming_normal":
    case "kaiming_uniform":
    case "he_normal":
    case "he_uniform":
      return kaiming(name, given);
    case "xavier_normal":
    case "xavier_uniform": {
      const gain = number("gain", 1, 1);
      if (gain === undefined) return undefined;
      const scheme = name === "xavier_normal" ? "glorot_normal" : "glorot_uniform";
      return { scheme, ...(gain === 1 ? {} : { gain }) };
    }
    case "normal": {
      const mean = number("mean", 1, 0);
      const std = number("std", 2, 1);
      return mean === undefined || std === undefined ? undefined : { scheme: "normal", mean, std };
    }
    case "trunc_normal": {
      const mean = number("mean", 1, 0);
      const std = number("std", 2, 1);
      // Cut off at +-2, not at two standard deviations: for the small spreads in use that is no cut at all.
      return mean === undefined || std === undefined ? undefined : { scheme: "normal", mean, std };
    }
    case "uniform": {
      const low = number("a", 1, 0) ?? number("from", 1, 0);
      const high = number("b", 2, 1);
      return low === undefined || high === undefined ? undefined : uniform(low, high);
    }
    case "constant": {
      const mean = number("val", 1, 0);
      return mean === undefined ? undefined : { scheme: "constant", mean };
    }
    case "zeros":
      return ZEROS;
    case "ones":
      return { scheme: "constant", mean: 1 };
    case "orthogonal": {
      const gain = number("gain", 1, 1);
      return gain === undefined ? undefined : { scheme: "orthogonal", ...(gain === 1 ? {} : { gain }) };
    }
    default:
      return undefined;
  }
}

/** `kaiming_*_(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu")`: with its defaults the gain is sqrt 2. */
function kaiming(name: string, given: Arguments): Initialiser | undefined {
  const a = argumentOf(given, "a", 1);
  const slope = a ? numberIn(a) : 0;
  const modeValue = argumentOf(given, "mode", 2);
  const mode = modeValue ? stringIn(modeValue) : "fan_in";
  const kindValue = argumentOf(given, "nonlinearity", 3);
  const kind = kindValue ? stringIn(kindValue) : "leaky_relu";
  const gain = kind === undefined || slope === undefined ? undefined : gainOf(kind, slope);
  if (gain === undefined || mode === undefined) return undefined;
  // A slope of sqrt 5 is PyTorch's own default written out.
  const isDefault =
    Math.abs(gain - Math.sqrt(1 / 3)) < 1e-9 && name === "kaiming_uniform" && mode === "fan_in";
  if (isDefault) return { scheme: "torch_default" };
  return {
    scheme: name.endsWith("normal") ? "he_normal" : "he_uniform",
    ...(Math.abs(gain - Math.SQRT2) < 1e-9 ? {} : { gain }),
    ...(mode === "fan_out" ? { fan: "out" as const } : {}),
  };
}
