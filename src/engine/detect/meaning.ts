/** From symbols, words and strings to the activations that they stand for. */
import { type Spelling, spellingsNamed, wordOf } from "../frameworks/index.ts";
import type { FrameworkId } from "../model.ts";
import type { Argument, Expression, StringLiteral } from "../syntax/tree.ts";
import { positional } from "./site.ts";

/** The activation behind a symbol; some need an argument to be themselves (`gelu(x, approximate="tanh")`). */
export function meantBy(symbol: string, given: readonly Argument[]): Spelling | undefined {
  const candidates = spellingsNamed(symbol);
  const isMet = ({ parameters }: Spelling): boolean =>
    parameters.every(({ name, position, required }) => {
      if (required === undefined) return true;
      const value = (given.find((argument) => argument.name === name) ?? positional(given, position))?.value;
      return value?.type === "string" || value?.type === "constant"
        ? literal(value.value) === required
        : false;
    });
  const demanding = candidates.find(
    (candidate) => candidate.parameters.some(({ required }) => required) && isMet(candidate),
  );
  return demanding ?? candidates.find(isMet);
}

/** A value as the catalogue's signatures write it. */
function literal(value: string | boolean | null | undefined): string {
  if (typeof value === "string") return `'${value}'`;
  return value === true ? "True" : value === false ? "False" : "None";
}

/** What a string means to a framework; Keras has the longest list of words, which others borrow. */
export function meaningOf(text: StringLiteral, framework: FrameworkId): Spelling | undefined {
  const word = text.value;
  if (word === undefined) return undefined;
  const own = wordOf(framework, "string", word);
  if (own) return own;
  const borrowed = wordOf("keras", "string", word.toLowerCase());
  return borrowed && { ...borrowed, framework };
}

/** String literals that an argument may evaluate to: itself, or a side of `"relu" if deep else "tanh"`, `act or "relu"`. */
export function stringsIn(expression: Expression): readonly StringLiteral[] {
  if (expression.type === "string") return [expression];
  if (expression.type === "conditional")
    return [...stringsIn(expression.whenTrue), ...stringsIn(expression.whenFalse)];
  if (expression.type === "binary" && expression.operator === "or")
    return [...stringsIn(expression.left), ...stringsIn(expression.right)];
  return [];
}
