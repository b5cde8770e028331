/** Where an import goes, and how it is written, so that it looks like the file's other imports. */
import type { Edit } from "../../model.ts";
import type { Import, ImportedName, Statement } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";

/**
 * Adds a name to an existing `from module import ...`: to its place where the names are in order, else behind the last;
 * on a line of its own where each has one.
 */
export function addToImport(statement: Import, name: string, text: string): Edit | undefined {
  const { names } = statement;
  const last = names.at(-1);
  if (!last || last.binds === undefined) return undefined;
  const next = names[placeInOrder(names.map(lastPart), name)];
  if (next) {
    const gaps = names.slice(1).map(({ from }, at) => text.slice(names[at]?.to ?? from, from));
    const breaks = gaps.map((gap) => (/\\/.test(gap) ? undefined : /\r?\n[ \t]*$/.exec(gap)?.[0]));
    const between = breaks.includes(undefined) ? " " : breaks[0];
    return { span: { from: next.from, to: next.from }, text: `${name},${between}` };
  }
  const previous = names.at(-2)?.to ?? statement.from;
  const [lineBreak] = /\r?\n[ \t]*$/.exec(text.slice(previous, last.from)) ?? [];
  const between = lineBreak ?? " ";
  // `import a, \` has its break behind a backslash, which brackets don't need.
  const isContinued = /\\\r?\n[ \t]*$/.test(text.slice(previous, last.from));
  const separator = isContinued ? ", " : `,${between}`;
  return { span: { from: last.to, to: last.to }, text: `${separator}${name}` };
}

const lastPart = ({ symbol }: ImportedName): string => symbol.slice(symbol.lastIndexOf(".") + 1);

/** isort's own order: constants, classes, functions, each without regard to case. */
const byKind = (name: string): string =>
  `${/^[A-Z0-9_]{2,}$/.test(name) ? 0 : /^[A-Z]/.test(name) ? 1 : 2}${name.toLowerCase()}`;

const ORDERS: readonly ((name: string) => string)[] = [byKind, (name) => name.toLowerCase(), (name) => name];

/** Place of the name that a new one stands before; -1: behind all, as where they have no order. One name is none. */
function placeInOrder(names: readonly string[], name: string): number {
  const order = ORDERS.find((key) =>
    names.every((one, at) => at === 0 || key(names[at - 1] ?? "") <= key(one)),
  );
  return order && names.length > 1 ? names.findIndex((one) => order(one) > order(name)) : -1;
}

/** A line of its own after the line of an import, indented like it. */
export function importAfter(statement: Import, line: string, text: string): Edit {
  const end = endOfLine(text, statement.to);
  const start = text.lastIndexOf("\n", statement.from - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(start, statement.from))?.[0] ?? "";
  return { span: { from: end, to: end }, text: `${lineEnding(text)}${indent}${line}` };
}

/**
 * `from module import name` at the top of the file: in an import of that module, or a line behind those of the same package,
 * of the standard library behind others of it; else before the first import that isn't from `__future__`.
 */
export function importAtTop(unit: Unit, module: string, name: string): Edit {
  const { text, program } = unit;
  const line = `from ${module} import ${name}`;
  const imports = program.body.filter((statement): statement is Import => statement.type === "import");
  const isFuture = ({ module: from }: Import): boolean => from === "__future__";
  const top = leadingImports(program.body).filter((statement) => !isFuture(statement));
  const same = top.find((statement) => statement.module === module);
  const joined = same && addToImport(same, name, text);
  if (joined) return joined;
  const beside =
    top.findLast((statement) => rootOf(statement) === packageOf(module)) ??
    (STANDARD.test(module) ? top.findLast((statement) => STANDARD.test(rootOf(statement))) : undefined);
  if (beside) return importAfter(beside, line, text);
  const nl = lineEnding(text);
  const first = imports.find((statement) => !isFuture(statement));
  // The standard library has a paragraph of its own.
  if (first)
    return {
      span: { from: first.from, to: first.from },
      text: `${line}${nl}${STANDARD.test(module) && !STANDARD.test(rootOf(first)) ? nl : ""}`,
    };
  const future = imports.at(-1);
  if (future) return importAfter(future, line, text);
  const at = afterDocstring(program.body, text);
  return { span: { from: at, to: at }, text: `${line}${nl}` };
}

/** Modules of Python's own that programs of this kind begin with; a module that is missing stands with the others. */
const STANDARD =
  /^(?:abc|argparse|ast|base64|collections|configparser|contextlib|copy|csv|dataclasses|datetime|enum|functools|gc|glob|gzip|hashlib|inspect|io|itertools|json|logging|math|multiprocessing|operator|os|pathlib|pickle|platform|pprint|queue|random|re|shutil|signal|socket|statistics|string|struct|subprocess|sys|tempfile|textwrap|threading|time|traceback|types|typing|unittest|urllib|uuid|warnings|zipfile)$/;

const packageOf = (module: string): string => module.split(".")[0] ?? module;
const rootOf = ({ module, names }: Import): string => packageOf(module ?? names[0]?.symbol ?? "");

/** The imports that a file begins with, behind its docstring. */
function leadingImports(body: readonly Statement[]): readonly Import[] {
  const start = body.findIndex(({ type }) => type === "import");
  const end = body.findIndex(({ type }, at) => at > start && type !== "import");
  const list = start < 0 ? [] : body.slice(start, end < 0 ? undefined : end);
  return list.filter((statement): statement is Import => statement.type === "import");
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
