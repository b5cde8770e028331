/** `optimizer="adam"` -> the optimiser itself, so that it can be given settings. */
import type { Unit } from "../../units.ts";
import type { Indexed } from "../codeIndex.ts";
import { replace } from "../edits.ts";
import { type Edits, named } from "./call.ts";
import { referBeside } from "./referBeside.ts";

const KERAS: Readonly<Record<string, string>> = {
  sgd: "SGD",
  adam: "Adam",
  adamw: "AdamW",
  nadam: "Nadam",
  adamax: "Adamax",
  adagrad: "Adagrad",
  rmsprop: "RMSprop",
};

/** Those of TensorFlow.js that need nothing but a rate. */
const TFJS = ["sgd", "adam", "adamax", "adagrad", "rmsprop"];

export function optimiserNamed({ node, scope }: Indexed, name: string, value: string, unit: Unit): Edits {
  if (node.type !== "string" || node.value === undefined) return undefined;
  const word = node.value.toLowerCase();
  const isScript = unit.language === "javascript";
  const own = isScript
    ? TFJS.find((one) => one === word)
    : Object.hasOwn(KERAS, word)
      ? KERAS[word]
      : undefined;
  if (own === undefined) return undefined;
  const target = referBeside(isScript ? `tf.train.${own}` : `keras.optimizers.${own}`, scope, unit);
  const given = isScript ? value : named(name, value, unit);
  return target && [...target.imports, replace(node, `${target.text}(${given})`)];
}
