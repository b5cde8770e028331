/** Values of Python's number and string literals. */

/** NaN for an imaginary number: it is a value, but none that a model is configured with. */
export function numberValue(literal: string): number {
  const digits = literal.replaceAll("_", "");
  if (/^0o/i.test(digits)) return Number.parseInt(digits.slice(2), 8);
  return Number(digits.endsWith(".") ? digits.slice(0, -1) : digits);
}

const QUOTED = /^([rRuU]?)("""|'''|"|')([\s\S]*)\2$/;

/** Text between the quotes; undefined for bytes, unclosed strings, and those with an escape (none names anything). */
export function stringValue(literal: string): string | undefined {
  const match = QUOTED.exec(literal);
  const body = match?.[3];
  if (body === undefined || literal.length < 2 * (match?.[2]?.length ?? 0)) return undefined;
  return body.includes("\\") && !match?.[1] ? undefined : body;
}
