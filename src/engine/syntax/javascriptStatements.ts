/** Lezer's JavaScript statement nodes -> tree.ts, out of their converted children. */
import { importFrom, importInto, loadedBy } from "./javascriptImports.ts";
import { expressionsOf, find, type Node, type Part, statementsOf } from "./javascriptParts.ts";
import { assignmentsTo, isPattern, pieces, targetOf } from "./javascriptPatterns.ts";
import type { Expression, Statement } from "./tree.ts";

export function statementsFrom(node: Node, parts: readonly Part[], text: string): readonly Statement[] {
  const { from, to } = node;
  switch (node.type) {
    case "ImportDeclaration":
      return importFrom(node, parts, text);
    case "ExportDeclaration":
      return exportFrom(node, parts);
    case "VariableDeclaration":
      return pieces(parts).flatMap((piece) => declarationFrom(piece, text));
    case "ExpressionStatement": {
      const [part] = parts;
      if (part?.type === "AssignmentExpression" && !part.assignment) return destructuringFrom(part, text);
      const assignment = part?.assignment;
      const module = assignment?.operator === "=" ? loadedBy(assignment.value) : undefined;
      const [target] = assignment?.targets ?? [];
      if (assignment && module !== undefined && target?.type === "name")
        return [importInto({ type: "", from, to, expression: target }, module, node, text)];
      return part ? statementsOf(part) : [];
    }
    case "ReturnStatement": {
      const [value] = expressionsOf(parts);
      return [{ type: "return", ...(value ? { value } : {}), from, to }];
    }
    case "IfStatement": {
      const [test] = expressionsOf(parts.slice(0, 2));
      const blocks = parts.flatMap((part) => (part.statements ? [part.statements] : []));
      const [body = [], ...otherwise] = blocks;
      const branches = [{ ...(test ? { test } : {}), body }, ...otherwise.map((inner) => ({ body: inner }))];
      return [{ type: "if", branches, from, to }];
    }
    case "ForStatement":
      return [forFrom(node, parts, text)];
  }
  return [otherStatement(node, parts, text)];
}

/** `export` in front of a declaration says nothing here; `export default x` hands x on. */
function exportFrom({ from, to }: Node, parts: readonly Part[]): readonly Statement[] {
  const declared = parts.filter((part) => part.statements);
  if (declared.length > 0) return declared.flatMap((part) => part.statements ?? []);
  if (find(parts, "ExportGroup") || find(parts, "Star")) return [];
  const [value] = expressionsOf(parts);
  return value ? [{ type: "assignment", targets: [], operator: "=", value, from, to }] : [];
}

/** One `pattern: type = value` of a `const`. Without a value a name is only announced: what it gets comes later. */
function declarationFrom(piece: readonly Part[], text: string): readonly Statement[] {
  const pattern = piece.find(isPattern);
  const equals = piece.findIndex((part) => part.type === "Equals");
  if (!pattern || equals < 0) return [];
  const value = piece[equals + 1];
  const span = { type: "", from: pattern.from, to: value?.to ?? pattern.to };
  const definition = named(value, pattern);
  if (definition) return [definition];
  const module = loadedBy(value?.expression);
  if (module !== undefined) return [importInto(pattern, module, span, text)];
  const inner = value?.assignment;
  const bound = assignmentsTo(pattern, inner?.value ?? value?.expression, text);
  return inner
    ? [inner, ...bound.map((assignment) => ({ ...assignment, value: inner.targets[0] as Expression }))]
    : bound;
}

/** `const f = () => 1` defines f. */
function named(value: Part | undefined, pattern: Part): Statement | undefined {
  const { expression: name } = pattern;
  if (!value?.definition || name?.type !== "name") return undefined;
  return { ...value.definition, name: name.name, nameSpan: { from: name.from, to: name.to } };
}

/** `({ a, b } = value)`. */
function destructuringFrom(part: Part, text: string): readonly Statement[] {
  const { list = [] } = part;
  const pattern = list.find(isPattern);
  const value = list.at(-1)?.expression;
  return pattern ? assignmentsTo(pattern, value, text) : statementsOf(part);
}

function forFrom(node: Node, parts: readonly Part[], text: string): Statement {
  const { from, to } = node;
  const head = parts.find((part) => /^For(?:In|Of)Spec$/.test(part.type))?.list ?? [];
  const pattern = head.find(isPattern);
  const iterable = head.findLast((part) => part.expression)?.expression;
  if (!pattern || !iterable || iterable === pattern.expression) return otherStatement(node, parts, text);
  const target = targetOf(pattern, text);
  const body = parts.at(-1)?.statements ?? [];
  return { type: "for", target, iterable, body, otherwise: [], from, to };
}

function otherStatement(node: Node, parts: readonly Part[], text: string): Statement {
  const bound: Expression[] = [];
  const expressions: Expression[] = [];
  const blocks: (readonly Statement[])[] = [];
  const gather = (list: readonly Part[]): void => {
    for (const part of list) {
      if (part.statements) blocks.push(part.statements);
      else if (part.type === "VariableDefinition" || part.type.endsWith("Pattern"))
        bound.push(targetOf(part, text));
      else if (part.expression) expressions.push(part.expression);
      else if (part.list) gather(part.list);
    }
  };
  gather(parts);
  const [keyword] = parts;
  return {
    type: "other",
    keyword: keyword && /^[a-z]/.test(keyword.type) ? keyword.type : "",
    expressions,
    bound,
    blocks,
    from: node.from,
    to: node.to,
  };
}
