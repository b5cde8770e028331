/** The table [tool.activation-lens] of a pyproject.toml -> data. */
import { parse, TomlError } from "smol-toml";
import type { Parsed } from "./read.ts";

const TABLE = ["tool", "activation-lens"] as const;

/** undefined: the file has no such table. Most have none, and are not even parsed. */
export function parseToml(text: string): Parsed | undefined {
  if (!text.includes(TABLE[1])) return undefined;
  try {
    const all: unknown = parse(text.replace(/^\uFEFF/, ""));
    const data = TABLE.reduce<unknown>((table, name) => memberOf(table, name), all);
    return data === undefined ? undefined : { data, lineOf: (path) => lineOf(text, path) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // The parser adds the lines around.
    const [, message] = /^Invalid TOML document: (.*)/.exec(error.message) ?? [];
    return { problem: { line: error.line, message: message ?? "it is no TOML" } };
  }
}

function memberOf(table: unknown, name: string): unknown {
  return typeof table === "object" && table !== null && Object.hasOwn(table, name)
    ? (table as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/**
 * The parser tells no places: the last key on the path is looked for line by line, below the header of its table.
 * Good enough for a message; undefined where it is written in another way.
 */
function lineOf(text: string, path: readonly (string | number)[]): number | undefined {
  const wanted = path.filter((part) => typeof part === "string");
  let table: readonly string[] = [];
  let best: { readonly depth: number; readonly line: number } | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const header = /^\s*\[\s*([^[\]]+?)\s*\]/.exec(line)?.[1];
    const key = /^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=/.exec(line)?.[1];
    if (header !== undefined) table = parts(header);
    if (header === undefined && key === undefined) continue;
    const found = key === undefined ? table : [...table, ...parts(key)];
    const all = [...TABLE, ...wanted];
    if (found.length < TABLE.length || found.length > all.length) continue;
    if (found.some((part, at) => part !== all[at])) continue;
    if (!best || found.length > best.depth) best = { depth: found.length, line: index + 1 };
  }
  return best?.line;
}

const parts = (key: string): readonly string[] =>
  (key.match(/"[^"]*"|'[^']*'|[^\s.]+/g) ?? []).map((part) => part.replace(/^(["'])(.*)\1$/, "$2"));
