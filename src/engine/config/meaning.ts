/** What names of activations in configurations stand for, with the numbers of the framework that reads them. */
import { parameterByArgument } from "../activations/catalogue.ts";
import { activations } from "../activations/index.ts";
import { canonicalSymbol, type Spelling, spellingsNamed, spellingsOf, wordOf } from "../frameworks/index.ts";
import { lazy } from "../lazy.ts";
import type { ParameterValues, Site } from "../model.ts";
import { type DataMap, numberIn } from "../syntax/data.ts";

/** An activation with its numbers, `defaulted` those that are not written but built into the framework. */
export type Meaning = Pick<Site, "activation" | "parameters" | "defaulted" | "symbol">;

/** A word with numbers that the framework has built in. */
export const builtIn = (symbol: string, activation: string, parameters: ParameterValues = {}): Meaning => ({
  activation,
  parameters,
  defaulted: Object.keys(parameters),
  symbol,
});

/**
 * @param named arguments as written beside the name
 * @param positional arguments in the order of the signature; undefined where one is no number
 */
export function meaningOf(
  spelling: Spelling,
  named?: DataMap,
  positional: readonly (number | undefined)[] = [],
): Meaning {
  const parameters: Record<string, number> = {};
  const defaulted: string[] = [];
  for (const { name, position, default: usual } of spelling.parameters) {
    const parameter = parameterByArgument(spelling.activation, name);
    if (!parameter) continue;
    const names = [name, parameter.name, ...parameter.aliases];
    const entry = named?.entries.findLast(({ key }) => names.includes(key.value));
    const isWritten = entry !== undefined || position < positional.length;
    const value = entry ? numberIn(entry.value) : isWritten ? positional[position] : usual;
    if (value === undefined) continue;
    parameters[parameter.name] = value;
    if (!isWritten) defaulted.push(parameter.name);
  }
  return { activation: spelling.activation.id, parameters, defaulted, symbol: spelling.symbol };
}

/** The layer or function of that qualified name: `torch.nn.LeakyReLU`. */
export function spellingOf(symbol: string): Spelling | undefined {
  return spellingsNamed(canonicalSymbol(symbol)).find(isFree);
}

/** Whether the bare name says it all: `GELU`, but not the GELU that needs `approximate="tanh"`. */
const isFree = ({ parameters }: Spelling): boolean =>
  parameters.every(({ required }) => required === undefined);

/** What Keras understands by a string; a layer's class name is refused by it, but custom code may take it. */
export const kerasWord = (word: string): Spelling | undefined =>
  wordOf("keras", "string", word) ?? spellingOf(`keras.layers.${word}`);

const flat = (word: string): string => word.toLowerCase().replace(/[_\s-]/g, "");

/** PyTorch's layers by name without case and underscores: how most code looks up `"leaky_relu"` and `"LeakyReLU"`. */
const torchWords = lazy(
  (): ReadonlyMap<string, Spelling> =>
    new Map(
      activations.flatMap(({ id }) =>
        spellingsOf(id, "pytorch", "layer")
          .filter(isFree)
          .map(
            (spelling) =>
              [flat(spelling.symbol.slice(spelling.symbol.lastIndexOf(".") + 1)), spelling] as const,
          ),
      ),
    ),
);

const SHORT: Readonly<Record<string, string>> = {
  hsigmoid: "hardsigmoid",
  hswish: "hardswish",
  leaky: "leakyrelu",
  linear: "identity",
  logistic: "sigmoid",
  lrelu: "leakyrelu",
  swish: "silu",
};

/** Names that say something else elsewhere, or that are no activation's own. */
const VAGUE = new Set(["threshold", "multiheadattention", "softmax2d"]);

/** A word as training code of PyTorch usually understands it. */
export function torchWord(word: string): Spelling | undefined {
  const name = flat(word.replace(/^(?:torch\.)?nn\.(?:functional\.)?/, ""));
  return VAGUE.has(name) ? undefined : torchWords().get(SHORT[name] ?? name);
}
