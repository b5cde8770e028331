/** Edits of how a network is trained: the learning rate, the scale of its input. */
import { optimiserOf } from "../frameworks/index.ts";
import type { Edit, LossInput, Network } from "../model.ts";
import { numberOf } from "../syntax/constants.ts";
import type { Argument, Expression } from "../syntax/tree.ts";
import type { Unit } from "../units.ts";
import { type CodeIndex, indentOf } from "./codeIndex.ts";
import { lineEnding } from "./imports.ts";
import { referStandard } from "./refer.ts";

type Edits = readonly Edit[] | undefined;

const RATES = ["learning_rate", "lr", "learningRate"];

export function learningRate(
  { learningRate: read }: Network,
  rate: number,
  unit: Unit,
  index: CodeIndex,
): Edits {
  const { span } = read;
  if (!span) return undefined;
  const written = unit.text.slice(span.from, span.to);
  // Only a number that stands there by itself: not one that is computed, nor a name that others may use.
  if (/^[\d._eE+-]+$/.test(written) && Number(written.replaceAll("_", "")) === read.value)
    return [{ span, text: String(rate) }];
  const found = index.at(span);
  if (found?.node.type !== "call" || read.assumption === undefined || unit.language !== "python")
    return undefined;
  const symbol = unit.names.resolve(found.node.callee, found.scope)?.symbol;
  const name = symbol && optimiserOf(symbol)?.parameters.find((one) => RATES.includes(one.name))?.name;
  if (!name || !found.node.closed || found.node.arguments.some((one) => one.spread || one.name === name))
    return undefined;
  const last = found.node.arguments.at(-1);
  const at = last?.to ?? found.node.argumentsSpan.from + 1;
  return [{ span: { from: at, to: at }, text: `${last ? ", " : ""}${name}=${rate}` }];
}

/** The names that a loss has where it takes scores, or probabilities. */
const LOGITS =
  /CrossEntropyLoss|\bcross_entropy\b|with_?logits|from_logits\s*=\s*True|softmax_?cross_?entropy/i;
const PROBABILITIES = /crossentropy|BCELoss|binary_cross_entropy/i;

export function lossTakes({ loss }: Network, { text }: Unit): LossInput | undefined {
  if (!loss.span) return undefined;
  const written = text.slice(loss.span.from, loss.span.to);
  if (/binary_cross_entropy\b(?!_with)|BCELoss/.test(written)) return "independent-probabilities";
  if (LOGITS.test(written)) return "logits";
  if (/binary_?cross_?entropy/i.test(written)) return "independent-probabilities";
  return PROBABILITIES.test(written) ? "probabilities" : undefined;
}

/**
 * `model.fit(x, y)` of tables -> a scaler in front of it, with which everything else is scaled that the same model is
 * shown later.
 */
export function scaleInput({ input }: Network, unit: Unit, index: CodeIndex): Edits {
  if (unit.language !== "python") return undefined;
  const fits = index.calls.filter(
    ({ node }) => methodName(node.callee) === "fit" && node.arguments.length > 1,
  );
  const [fit] = fits;
  if (!fit || fits.length > 1 || fit.node.callee.type !== "attribute") return undefined;
  const data = firstInput(fit.node.arguments);
  const statement = index.statementAt(fit.node);
  const indent = statement && indentOf(statement, unit.text);
  if (data?.type !== "name" || !statement || indent === undefined) return undefined;
  const model = nameOf(fit.node.callee.object);
  const shown = index.calls.flatMap(({ node, scope }) => {
    const { callee } = node;
    if (callee.type !== "attribute" || !/^(?:evaluate|predict|score)$/.test(callee.name)) return [];
    const other = firstInput(node.arguments);
    if (nameOf(callee.object) !== model || other?.type !== "name" || scope !== fit.scope) return [];
    return isKnownBefore(other.name, statement.from, unit) ? [other.name] : [];
  });
  const names = [...new Set([data.name, ...shown])];
  const line = (text: string): string => `${text}${lineEnding(unit.text)}${indent}`;
  const before = (text: string, imports: readonly Edit[] = []): Edits => [
    ...imports,
    { span: { from: statement.from, to: statement.from }, text },
  ];
  if (input.value.data === "image")
    return before(names.map((name) => line(`${name} = ${name} / 255.0`)).join(""));
  const scaler = referStandard("sklearn.preprocessing", "StandardScaler", fit.scope, unit);
  if (!scaler || fit.scope.lookup("scaler")) return undefined;
  const scaled = names.map((name) => line(`${name} = scaler.transform(${name})`)).join("");
  return before(`${line(`scaler = ${scaler.text}().fit(${data.name})`)}${scaled}`, scaler.imports);
}

const methodName = (callee: Expression): string => (callee.type === "attribute" ? callee.name : "");
const nameOf = (node: Expression): string | undefined => (node.type === "name" ? node.name : undefined);

function firstInput(given: readonly Argument[]): Expression | undefined {
  const named = given.find(({ name }) => name === "x");
  const [first] = given;
  return named?.value ?? (first?.name === undefined && !first?.spread ? first?.value : undefined);
}

const isKnownBefore = (name: string, at: number, { text }: Unit): boolean =>
  new RegExp(`\\b${name}\\b`).test(text.slice(0, at));

/** Whether an expression is a number that is written as such. */
export const isLiteral = (node: Expression | undefined, value: number, unit: Unit): boolean =>
  node?.type === "number" && numberOf(node, unit.module) === value;
