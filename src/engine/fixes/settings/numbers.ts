/** Numbers as a file writes them. */

/** A number that stands for itself: `0.1`, `1e-1`, `.5`, `1_000`. */
export const isNumeral = (text: string): boolean =>
  /^(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?$/.test(text);

export const valueOfNumeral = (text: string): number => Number(text.replaceAll("_", ""));

/** A value in the format of a number that it takes the place of: `1e-3` stays a power of ten, `.1` has no leading 0. */
export function inFormatOf(value: number, model: string): string {
  const exponent = /(\.\d*)?([eE])([+-]?)(0?)\d+$/.exec(model);
  if (!exponent) {
    const decimal = String(value);
    return /^\./.test(model) ? decimal.replace(/^0\./, ".") : decimal;
  }
  const [, , letter = "e", sign, zero] = exponent;
  const [mantissa = "", power = ""] = value.toExponential().split("e");
  const digits = power.replace(/^[+-]/, "");
  const signed = power.startsWith("-") ? "-" : sign === "+" ? "+" : "";
  return `${mantissa}${letter}${signed}${zero && digits.length === 1 ? "0" : ""}${digits}`;
}
