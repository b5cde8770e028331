/** The learning rate: where it is written, or given to an optimiser that has its default. */
import { optimiserOf } from "../../frameworks/index.ts";
import type { Network, Span } from "../../model.ts";
import { numberOf } from "../../syntax/constants.ts";
import type { Call } from "../../syntax/tree.ts";
import { argumentOf } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import type { CodeIndex } from "../codeIndex.ts";
import { replace } from "../edits.ts";
import { isFirstKeras } from "../names/kerasVersion.ts";
import { adding, calleeName, type Edits, named, symbolOf, textOf } from "./call.ts";
import { feedsOnly } from "./feeds.ts";
import { optimiserNamed } from "./namedOptimiser.ts";
import { inFormatOf, isNumeral, valueOfNumeral } from "./numbers.ts";

const RATES = ["learning_rate", "lr", "learningRate", "learning_rate_init"];

/** Code that sets the rate while it trains: what the optimiser was given is not what counts then. */
const SETS_RATE =
  /LearningRateScheduler\(|\[\s*["']lr["']\s*\]\s*=(?!=)|\.(?:lr|learning_rate)\s*=(?!=)\s*[^=\s]|\.(?:lr|learning_rate)\.assign\(|set_value\([\w.]*\.(?:lr|learning_rate)\b|\.setLearningRate\(/;
/** An attribute that a class keeps its own rate in is none of these. */
const OWN_RATE = /\b(?:self|this|args|config|cfg|opt|hparams)\.(?:lr|learning_rate)\s*=(?!=)/g;

export function learningRate(network: Network, rate: number, unit: Unit, index: CodeIndex): Edits {
  const { span, value } = network.learningRate;
  if (!span || SETS_RATE.test(unit.text.replace(OWN_RATE, ""))) return undefined;
  const peaks = peakRates(value, unit, index);
  if (!peaks || isBelowFloor(rate, index)) return undefined;
  const written = textOf(span, unit);
  if (isNumeral(written)) {
    // Only a number that stands there by itself, and nowhere else counts.
    const users = [network.optimiser.span, ...peaks.map(({ call }) => call)].filter(
      (one) => one !== undefined,
    );
    if (valueOfNumeral(written) !== value || !feedsOnly(span, users, unit, index)) return undefined;
    const literals = peaks.flatMap(({ literal }) => literal ?? []);
    return [span, ...literals, ...saidDefault(span, unit, index)].map((one) =>
      replace(one, inFormatOf(rate, textOf(one, unit))),
    );
  }
  const found = index.at(span);
  if (network.learningRate.assumption === undefined || !found || peaks.length > 0) return undefined;
  const { node, scope } = found;
  const isWord = node.type === "string";
  if (isWord) return optimiserNamed(found, rateName(unit), String(rate), unit);
  if (node.type !== "call") return undefined;
  const symbol = symbolOf(node, scope, unit);
  const isPerceptron = /^sklearn\..*\.MLP(?:Classifier|Regressor)$/.test(symbol);
  const parameters = optimiserOf(symbol)?.parameters ?? [];
  const own = isPerceptron ? "learning_rate_init" : parameters.find((one) => RATES.includes(one.name))?.name;
  const name = symbol.startsWith("keras.") ? rateName(unit) : own;
  if (name === undefined || node.arguments.some((one) => RATES.includes(one.name ?? ""))) return undefined;
  // TensorFlow.js' optimisers take it as their first argument.
  if (unit.language === "javascript")
    return node.arguments.length === 0 && node.closed
      ? [{ span: behindBracket(node), text: String(rate) }]
      : undefined;
  return adding(node, [named(name, String(rate), unit)], unit);
}

/** `help="initial rate (default: 0.1)"` beside `default=0.1`: the number as the help says it. */
function saidDefault(span: Span, unit: Unit, { calls }: CodeIndex): readonly Span[] {
  const option = calls.find(
    ({ node }) =>
      calleeName(node) === "add_argument" && node.arguments.some(({ value }) => value.from === span.from),
  );
  const help = option?.node.arguments.find(({ name }) => name === "help")?.value;
  if (help?.type !== "string") return [];
  const said = /\bdefault(?: value)?(?: is|:|=)? ?([\d.eE+-]+)(?=[\s)\]"',;]|$)/i.exec(textOf(help, unit));
  const written = said?.[1]?.replace(/\.$/, "");
  if (!said || written !== textOf(span, unit)) return [];
  const from = help.from + said.index + said[0].length - (said[1]?.length ?? 0);
  return [{ from, to: from + written.length }];
}

const behindBracket = ({ argumentsSpan: { from } }: Call): Span => ({ from: from + 1, to: from + 1 });

/** Keras before 2.3 knows `lr` only: https://github.com/keras-team/keras/releases/tag/2.3.0 */
const rateName = ({ text }: Unit): string =>
  isFirstKeras(text) ||
  (/\b(?:SGD|Adam|RMSprop|Adagrad|Adadelta|Nadam|Adamax)\([^)]*\blr\s*=/.test(text) && !/torch/.test(text))
    ? "lr"
    : "learning_rate";

/** Where each schedule is told the rate that it ends with, or begins with: name and place. */
const FLOORS: Readonly<Record<string, readonly [name: string, position?: number]>> = {
  CosineAnnealingLR: ["eta_min", 2],
  CosineAnnealingWarmRestarts: ["eta_min", 3],
  CyclicLR: ["base_lr", 1],
  ReduceLROnPlateau: ["min_lr"],
  PolynomialDecay: ["end_learning_rate", 2],
  polynomial_decay: ["end_learning_rate", 3],
};

/** Whether a schedule would raise the rate to what was its lowest. */
const isBelowFloor = (rate: number, { calls }: CodeIndex): boolean =>
  calls.some(({ node, scope }) => {
    const [name, position] = FLOORS[calleeName(node)] ?? [];
    const floor = name === undefined ? undefined : argumentOf(node, name, position)?.value;
    const number = floor && numberOf(floor, scope);
    return number !== undefined && number >= rate;
  });

interface Peak {
  readonly call: Span;
  /** The number to change with the optimiser's; absent where it is a name that both share. */
  readonly literal?: Span;
}

/**
 * `OneCycleLR(optimizer, max_lr=0.1)` and `CyclicLR` set the rate themselves: what they say is changed with the rest.
 * Undefined where that is something else than the optimiser's rate.
 */
function peakRates(rate: number, unit: Unit, { calls }: CodeIndex): readonly Peak[] | undefined {
  const cycles = calls.filter(({ node }) => /^(?:OneCycleLR|CyclicLR)$/.test(calleeName(node)));
  const peaks = cycles.map(({ node }): Peak | undefined => {
    const given = argumentOf(node, "max_lr", calleeName(node) === "CyclicLR" ? 2 : 1)?.value;
    if (given?.type === "name" || given?.type === "attribute") return { call: node };
    return given?.type === "number" && given.value === rate && isNumeral(textOf(given, unit))
      ? { call: node, literal: given }
      : undefined;
  });
  return peaks.includes(undefined) ? undefined : (peaks as Peak[]);
}
