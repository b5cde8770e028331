/** Where an import goes, and how it is written, so that it looks like the file's other imports. */
import type { Edit } from "../../model.ts";
import type { Import, Statement } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";

/** Adds a name to an existing `from module import ...`, behind its last name, keeping one name a line where it is so. */
export function addToImport(statement: Import, name: string, text: string): Edit | undefined {
  const last = statement.names.at(-1);
  if (!last || last.binds === undefined) return undefined;
  const previous = statement.names.at(-2)?.to ?? statement.from;
  const [lineBreak] = /\r?\n[ \t]*$/.exec(text.slice(previous, last.from)) ?? [];
  const between = lineBreak ?? " ";
  // `import a, \` has its break behind a backslash, which brackets don't need.
  const isContinued = /\\\r?\n[ \t]*$/.test(text.slice(previous, last.from));
  const separator = isContinued ? ", " : `,${between}`;
  return { span: { from: last.to, to: last.to }, text: `${separator}${name}` };
}

/** A line of its own after the line of an import, indented like it. */
export function importAfter(statement: Import, line: string, text: string): Edit {
  const end = endOfLine(text, statement.to);
  const start = text.lastIndexOf("\n", statement.from - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(start, statement.from))?.[0] ?? "";
  return { span: { from: end, to: end }, text: `${lineEnding(text)}${indent}${line}` };
}

/** A line of its own before the first import that isn't from `__future__`; for the standard library. */
export function importFirst(unit: Unit, line: string): Edit {
  const { text, program } = unit;
  const imports = program.body.filter((statement): statement is Import => statement.type === "import");
  const first = imports.find((statement) => statement.module !== "__future__");
  if (first) return { span: { from: first.from, to: first.from }, text: `${line}${lineEnding(text)}` };
  const future = imports.at(-1);
  if (future) return importAfter(future, line, text);
  const at = afterDocstring(program.body, text);
  return { span: { from: at, to: at }, text: `${line}${lineEnding(text)}` };
}

/** Start of the first line that may hold code: behind a shebang, a coding line, a docstring. */
function afterDocstring(body: readonly Statement[], text: string): number {
  const [first] = body;
  const isDocstring = first?.type === "expression" && first.expression.type === "string";
  const at = isDocstring ? endOfLine(text, first.to) : (first?.from ?? text.length);
  return isDocstring ? Math.min(text.length, at + lineEnding(text).length) : at;
}

const endOfLine = (text: string, from: number): number => {
  const end = text.slice(from).search(/\r|\n/);
  return end < 0 ? text.length : from + end;
};

export const lineEnding = (text: string): string => /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
