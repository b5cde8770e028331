/** Single values of options: from their text to what they mean, or an Error that says what would be right. */
import { type RuleSeverity, severityProblem, thresholdProblem } from "../engine/index.ts";

export function oneOf<T extends string>(what: string, allowed: readonly T[], value: string): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new Error(`${what} must be one of ${allowed.join(", ")}, not "${value}"`);
  return found;
}

/** `RULE=VALUE`, as often as given; of two for the same rule the later one. */
export function byRule<T>(
  option: string,
  given: readonly string[],
  read: (rule: string, text: string) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf("=");
      if (at < 1) throw new Error(`${option} needs RULE=VALUE, not "${text}"`);
      const rule = text.slice(0, at);
      return [rule, read(rule, text.slice(at + 1))];
    }),
  );
}

export function severityOf(rule: string, text: string): RuleSeverity {
  const problem = severityProblem(rule, text);
  if (problem !== undefined) throw new Error(problem);
  return text as RuleSeverity;
}

export function thresholdOf(rule: string, text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  const problem = thresholdProblem(rule, Number.isNaN(value) ? text : value);
  if (problem !== undefined) throw new Error(problem);
  return value;
}

export function namedFile(option: string, name: string): string {
  if (name === "") throw new Error(`${option} needs the name of a file`);
  return name;
}

/** A number from 1 to `most`. */
export function wholeOf(option: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most)
    throw new Error(`${option} must be a whole number from 1 to ${most}, not "${text}"`);
  return value;
}

/** parseArgs appends advice of several sentences: the first says what is wrong. */
export function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split(/\.\s|\n/)[0] ?? message).replace(/\.$/, "");
}
