/** How somebody writes: indentation, quotes, line breaks and comments, all without a meaning. */
import type { Random } from "./random.ts";

export interface Style {
  readonly random: Random;
  readonly indent: string;
  readonly newline: "\n" | "\r\n";
  readonly quote: '"' | "'";
  /** Share of the calls that are written over several lines. */
  readonly broken: number;
  /** Share of places with unusual white space or a comment. */
  readonly noise: number;
}

export function style(random: Random): Style {
  const isNeat = random.chance(0.4);
  return {
    random,
    indent: random.of(["    ", "    ", "    ", "  ", "\t"]),
    newline: random.chance(0.15) ? "\r\n" : "\n",
    quote: random.of(['"', '"', "'"]),
    broken: isNeat ? 0.1 : random.of([0.2, 0.5]),
    noise: isNeat ? 0 : random.of([0.1, 0.3]),
  };
}

/** `relu` in the quotes of this style. */
export const quoted = ({ quote }: Style, word: string): string => `${quote}${word}${quote}`;

/** A list in brackets as somebody may lay it out: `(a, b)`, `( a,b )`, or an item a line. */
export function bracketed(
  given: Style,
  items: readonly string[],
  brackets: "()" | "[]" | "{}" = "()",
  comment = "#",
): string {
  const { random, indent, broken, noise, newline } = given;
  const [open = "(", close = ")"] = brackets;
  if (items.length === 0) return `${open}${random.chance(noise / 2) ? " " : ""}${close}`;
  if (random.chance(broken)) {
    const inner = indent.repeat(random.between(1, 2));
    const last = random.chance(0.6) ? "," : "";
    const lines = items.map((item, index) => {
      const comma = index < items.length - 1 ? "," : last;
      return `${inner}${item}${comma}${random.chance(noise) ? `  ${comment} ${random.of(["was larger", "see the notes", "TODO, (maybe)", "'as before'"])}` : ""}`;
    });
    return `${open}\n${lines.join("\n")}\n${indent}${close}`.replaceAll("\n", newline);
  }
  const space = random.chance(noise) ? " " : "";
  const comma = random.chance(noise) ? random.of([",", " , ", ",  "]) : ", ";
  // A tuple of one needs its comma anyway; a call may have one.
  const last = random.chance(noise / 2) ? "," : "";
  return `${open}${space}${items.join(comma)}${last}${space}${close}`;
}

/** A named argument: `lr=0.1`, or with spaces. */
export const named = ({ random, noise }: Style, name: string, value: string | number): string =>
  random.chance(noise) ? `${name} = ${value}` : `${name}=${value}`;

/** A number as people write it: 0.001, 1e-3, .001. */
export function numeral({ random }: Style, value: number): string {
  const plain = String(value);
  if (value <= 0 || value >= 1) return plain;
  return random.of([
    plain,
    plain,
    plain,
    value.toExponential().replace("e-", "e-"),
    plain.replace(/^0\./, "."),
  ]);
}

/** In any order. */
export function shuffled<T>({ random }: Style, items: readonly T[]): readonly T[] {
  const rest = [...items];
  return items.map(() => rest.splice(random.between(0, rest.length - 1), 1)[0] as T);
}

/** Lines of a block, one step further in. */
export const indented = ({ indent }: Style, lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => (line === "" ? [""] : [indent + line]));

/** A whole file of lines, with the noise between them. */
export function file(given: Style, lines: readonly string[], comment = "#"): string {
  const { random, noise, newline } = given;
  const text = lines.flatMap((line) => {
    const isPlain = !/\n|["']{3}|\\$/.test(line) && line.trim() !== "";
    if (!isPlain || !random.chance(noise / 3)) return [line];
    return random.chance(0.5)
      ? [`${line}  ${comment} ${random.of(["noqa", "type: ignore", "ok?"])}`]
      : [`${line}   `];
  });
  return `${text.join(newline)}${random.chance(0.9) ? newline : ""}`.replaceAll(/\r?\n/g, newline);
}
