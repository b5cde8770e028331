/** The numbers that frameworks fill in when the code writes none, read from the catalogue's signatures. */
import { parameterByArgument } from "../src/engine/activations/catalogue.ts";
import { parseSignature, type Signature } from "../src/engine/activations/signature.ts";
import type { Activation, ActivationParameter, FrameworkId, FrameworkNames } from "../src/engine/model.ts";
import { frameworkNames } from "../src/engine/words.ts";

export interface FrameworkDefault {
  readonly value: number;
  /** Who uses it: `PyTorch`, `Keras "leaky_relu"`. */
  readonly usedBy: readonly string[];
}

interface Named {
  /** `LeakyReLU` or `leaky_relu`: as a rule enough to tell two names of one framework apart. */
  readonly name: string;
  /** With its module, where that is not enough: `layers.leaky_relu`. */
  readonly path: string;
  readonly signature: Signature;
}

function named({ layers = [], functions = [], strings = [] }: FrameworkNames): readonly Named[] {
  const calls = [...layers, ...functions].map(parseSignature);
  return [
    ...calls.map((signature) => ({ name: end(signature, 1), path: end(signature, 2), signature })),
    ...strings
      .map(parseSignature)
      .map((signature) => ({ name: signature.symbol, path: signature.symbol, signature })),
  ];
}

const end = ({ symbol }: Signature, parts: number): string => symbol.split(".").slice(-parts).join(".");

function writtenDefault(
  activation: Activation,
  signature: Signature,
  parameter: ActivationParameter,
): number | undefined {
  return signature.parameters.find(({ name }) => parameterByArgument(activation, name) === parameter)
    ?.default;
}

/** Each distinct default with its users, smallest first; a framework that has two is named with the symbol. */
export function frameworkDefaults(
  activation: Activation,
  parameter: ActivationParameter,
): readonly FrameworkDefault[] {
  const users = new Map<number, string[]>();
  for (const [framework, names] of Object.entries(activation.names)) {
    const found = named(names).flatMap(({ name, path, signature }) => {
      const value = writtenDefault(activation, signature, parameter);
      // What works in place is the same function once more.
      return value === undefined || name.endsWith("_") ? [] : [{ name, path, value }];
    });
    const several = new Set(found.map(({ value }) => value)).size > 1;
    for (const { name, path, value } of found) {
      const title = frameworkNames[framework as FrameworkId];
      const isShared = found.some((other) => other.name === name && other.value !== value);
      const user = several ? `${title} ${isShared ? path : name}` : title;
      const known = users.get(value) ?? [];
      // `leakyRelu` of TensorFlow.js and its "leakyrelu" for fused operations are one name to a reader.
      const isKnown = known.some((other) => other.toLowerCase() === user.toLowerCase());
      if (!isKnown) users.set(value, [...known, user]);
    }
  }
  return [...users].map(([value, usedBy]) => ({ value, usedBy })).sort((a, b) => a.value - b.value);
}

/** Whether the framework lets its users set the parameter at all: PyTorch's ReLU has no largest output. */
export function isOffered(
  activation: Activation,
  parameter: ActivationParameter,
  framework: FrameworkId,
): boolean {
  return named(activation.names[framework] ?? {}).some(({ signature }) =>
    signature.parameters.some(({ name }) => parameterByArgument(activation, name) === parameter),
  );
}

/** How each framework writes the function: its first name, the one to use. */
export function spellings(activation: Activation): readonly { framework: string; code: string }[] {
  return Object.entries(activation.names).flatMap(([framework, names]) => {
    const string = names.strings?.[0];
    const code = names.layers?.[0] ?? names.functions?.[0] ?? (string && `"${string}"`) ?? names.methods?.[0];
    return code ? [{ framework: frameworkNames[framework as FrameworkId], code }] : [];
  });
}
