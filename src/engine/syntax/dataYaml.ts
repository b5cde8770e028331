/**
 * YAML -> Data, by way of @lezer/yaml. Aliases are not followed, so that a cycle can't be entered and a place is
 * reported once; block texts (`|`, `>`) are stepped over.
 */
import type { TreeCursor } from "@lezer/common";
import { parser } from "@lezer/yaml";
import { type Data, DEEPEST, type Entry, type Scalar, unquoted } from "./data.ts";

/** A line of lists in lists in lists: Lezer's time grows with the square of it, and nobody writes one. */
const TOO_DEEP = /^(?:[ \t]*[-?](?=[ \t])){30}/m;

/** The documents of a file; none where the text is built to be slow. */
export function readYaml(text: string): Data | undefined {
  if (TOO_DEEP.test(text)) return undefined;
  const parts = new Reader(text).children(parser.parse(text).cursor(), 0);
  return { type: "parts", from: 0, to: text.length, parts };
}

class Reader {
  constructor(private readonly text: string) {}

  children(cursor: TreeCursor, depth: number): Data[] {
    const found: Data[] = [];
    if (depth > DEEPEST || !cursor.firstChild()) return found;
    do {
      const data = this.data(cursor, depth);
      if (data) found.push(data);
    } while (cursor.nextSibling());
    cursor.parent();
    return found;
  }

  private data(cursor: TreeCursor, depth: number): Data | undefined {
    const { from, to } = cursor;
    switch (cursor.name) {
      case "Literal":
      case "QuotedLiteral":
        return this.scalar(from, to);
      case "BlockMapping":
      case "FlowMapping": {
        const flow = cursor.name === "FlowMapping";
        return { type: "map", from, to, entries: this.entries(cursor, depth + 1), flow };
      }
      case "BlockSequence":
      case "FlowSequence": {
        const flow = cursor.name === "FlowSequence";
        return { type: "list", from, to, items: this.children(cursor, depth + 1), flow };
      }
      case "Item":
      case "Anchored":
      case "Tagged":
        return this.children(cursor, depth + 1).at(-1);
      case "Document":
      case "⚠": {
        const parts = this.children(cursor, depth + 1);
        return parts.length > 0 ? { type: "parts", from, to, parts } : undefined;
      }
      default:
        return undefined;
    }
  }

  private entries(cursor: TreeCursor, depth: number): Entry[] {
    const entries: Entry[] = [];
    if (depth > DEEPEST || !cursor.firstChild()) return entries;
    do {
      if (cursor.name === "Pair") entries.push(...this.pair(cursor, depth));
    } while (cursor.nextSibling());
    cursor.parent();
    return entries;
  }

  private pair(cursor: TreeCursor, depth: number): Entry[] {
    let key: Data | undefined;
    let value: Data | undefined;
    if (!cursor.firstChild()) return [];
    do {
      if (cursor.name === "Key") key = this.children(cursor, depth + 1).at(-1);
      else value = this.data(cursor, depth + 1) ?? value;
    } while (cursor.nextSibling());
    cursor.parent();
    return key?.type === "scalar" ? [{ key, ...(value ? { value } : {}) }] : [];
  }

  private scalar(from: number, to: number): Scalar {
    const written = this.text.slice(from, to);
    const quote = written[0];
    if (quote !== '"' && quote !== "'") return { type: "scalar", from, to, value: written, quoted: false };
    const inner = written.slice(1, written.endsWith(quote) && written.length > 1 ? -1 : undefined);
    const value = quote === '"' ? unquoted(inner, quote) : inner.replaceAll("''", "'");
    return { type: "scalar", from, to, value, quoted: true };
  }
}
