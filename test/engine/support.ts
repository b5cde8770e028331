/** What the engine's tests share: text in, sites in words out, and edits applied. */
import { type Analysis, analyze, type Fix, type Site } from "../../src/engine/index.ts";

export const read = (text: string, path = "model.py"): Analysis => analyze({ path, text });

/** `nn.ReLU() relu class_call`, with a question mark where it is only likely. */
export function inWords(text: string): string[] {
  return read(text).sites.map(({ span, activation, kind, certainty }) => {
    const source = text.slice(span.from, span.to);
    return `${source} ${activation} ${kind}${certainty === "likely" ? "?" : ""}`;
  });
}

export function apply(text: string, fix: Fix): string {
  // From behind; of those at one place the last one first, so that they stand in their order.
  const edits = fix.edits.toSorted((a, b) => a.span.from - b.span.from || a.span.to - b.span.to).reverse();
  let result = text;
  let end = Number.POSITIVE_INFINITY;
  for (const { span, text: replacement } of edits) {
    if (span.to > end) throw new Error(`edits overlap in "${fix.title}"`);
    end = span.from;
    result = result.slice(0, span.from) + replacement + result.slice(span.to);
  }
  return result;
}

/** The text after the first fix of the last site that has one, or the reason why there is none. */
export function fixed(text: string): string {
  const { sites } = read(text);
  const site: Site | undefined = sites.findLast(({ fixes }) => fixes.length > 0) ?? sites.at(-1);
  const [fix] = site?.fixes ?? [];
  return fix ? apply(text, fix) : `no fix: ${site?.noFix ?? "none needed"}`;
}
