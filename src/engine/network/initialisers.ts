/** How a layer's weights and biases are drawn, as far as its own arguments say. */
import type { Initialiser, Reading } from "../model.ts";
import { numberOf } from "../syntax/constants.ts";
import type { Scope } from "../syntax/scopes.ts";
import { argumentOf, type Call, type Expression, spanOf } from "../syntax/tree.ts";
import type { Unit } from "../units.ts";

/** PyTorch draws weights and biases from U(+-1/sqrt(fan_in)) whatever follows (torch.nn.Linear.reset_parameters). */
export const TORCH_DEFAULT: Reading<Initialiser> = { value: { scheme: "torch_default" } };

/** Keras' initialisers that need no argument, by class; strings are the same in snake_case. https://keras.io/api/layers/initializers/ */
const KERAS: Readonly<Record<string, Initialiser>> = {
  henormal: { scheme: "he_normal" },
  heuniform: { scheme: "he_uniform" },
  glorotnormal: { scheme: "glorot_normal" },
  glorotuniform: { scheme: "glorot_uniform" },
  lecunnormal: { scheme: "lecun_normal" },
  lecununiform: { scheme: "lecun_uniform" },
  orthogonal: { scheme: "orthogonal" },
  zeros: { scheme: "constant", mean: 0 },
  ones: { scheme: "constant", mean: 1 },
  // Default standard deviation 0.05; U(+-0.05) has 0.05/sqrt(3).
  randomnormal: { scheme: "normal", mean: 0, std: 0.05 },
  randomuniform: { scheme: "uniform", mean: 0, std: 0.05 / Math.sqrt(3) },
};

/** The initialiser that a Keras layer is given by `argument`, its default where there is none; undefined: not readable. */
export function kerasInitialiser(
  call: Call,
  argument: "kernel_initializer" | "bias_initializer",
  scope: Scope,
  unit: Unit,
): Reading<Initialiser> | undefined {
  const written = argumentOf(call, argument)?.value;
  const value = written
    ? fromExpression(written, scope, unit)
    : KERAS[argument === "bias_initializer" ? "zeros" : "glorotuniform"];
  return value && { value, ...(written ? { span: spanOf(written) } : {}) };
}

function fromExpression(node: Expression, scope: Scope, unit: Unit): Initialiser | undefined {
  if (node.type === "string") return KERAS[(node.value ?? "").toLowerCase().replaceAll("_", "")];
  if (node.type !== "call") return undefined;
  const symbol = unit.names.resolve(node.callee, scope)?.symbol;
  if (!symbol?.startsWith("keras.initializers.")) return undefined;
  const name = symbol
    .slice(symbol.lastIndexOf(".") + 1)
    .toLowerCase()
    .replaceAll("_", "");
  if (name === "constant") {
    const mean = numberOf(argumentOf(node, "value", 0)?.value, scope);
    return mean === undefined ? undefined : { scheme: "constant", mean };
  }
  if (name === "randomnormal") {
    const mean = optional(node, "mean", 0, 0, scope);
    const std = optional(node, "stddev", 1, 0.05, scope);
    return mean === undefined || std === undefined ? undefined : { scheme: "normal", mean, std };
  }
  const isPlain = node.arguments.every((argument) => argument.name === "seed");
  return isPlain ? KERAS[name] : undefined;
}

const optional = (
  call: Call,
  name: string,
  position: number,
  usual: number,
  scope: Scope,
): number | undefined => {
  const written = argumentOf(call, name, position);
  return written ? numberOf(written.value, scope) : usual;
};
