/** A fix carried out. */
import type { Fix } from "../../../src/engine/index.ts";

/** The text with all edits made; throws where they overlap or leave the text. */
export function applied(text: string, { edits, title }: Fix): string {
  const ordered = edits.toSorted((a, b) => a.span.from - b.span.from || a.span.to - b.span.to);
  let result = "";
  let at = 0;
  for (const { span, text: written } of ordered) {
    if (span.from < at || span.to < span.from || span.to > text.length)
      throw new Error(`edits of "${title}" overlap or leave the text`);
    result += text.slice(at, span.from) + written;
    at = span.to;
  }
  return result + text.slice(at);
}
