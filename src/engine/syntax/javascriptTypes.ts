/** The little of TypeScript's types that is read: the name of a type, `x: tf.Tensor2D`. */
import type { Span } from "../model.ts";
import type { Expression } from "./tree.ts";

/** An annotation that is a name or path, with or without arguments. Unions, arrays and the rest say nothing here. */
const PATH = /^:\s*([\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*)*)\s*(?:<[^|&]*>)?$/u;

/** @param annotation from its colon on */
export function typeName({ from, to }: Span, text: string): Expression | undefined {
  const written = text.slice(from, to);
  const path = PATH.exec(written)?.[1];
  if (path === undefined) return undefined;
  const start = from + written.indexOf(path);
  let at = start;
  let made: Expression | undefined;
  for (const name of path.split(".")) {
    const span = { from: at, to: at + name.length };
    made = made
      ? { type: "attribute", object: made, name, nameSpan: span, from: start, to: span.to }
      : { type: "name", name, ...span };
    at = span.to + 1;
  }
  return made;
}
