/** Lezer's Python statement nodes -> tree.ts, out of their converted children. */
import { argumentsFrom, parametersFrom, targetFrom } from "./pythonExpressions.ts";
import { importFrom } from "./pythonImports.ts";
import { expressionsOf, isSign, type Node, type Part, statementsOf } from "./pythonParts.ts";
import type { Expression, Statement } from "./tree.ts";

export function statementFrom(node: Node, parts: readonly Part[], text: string): Statement {
  const { from, to } = node;
  const blocks = parts.filter((part) => part.block).map((part) => part.block ?? []);
  switch (node.type) {
    case "ImportStatement":
      return importFrom(node, parts, text);
    case "ExpressionStatement": {
      const expression = targetFrom(parts);
      if (expression) return { type: "expression", expression, from, to };
      break;
    }
    case "AssignStatement":
    case "UpdateStatement":
      return assignmentFrom(node, parts, text);
    case "ReturnStatement": {
      const value = targetFrom(parts.slice(1));
      return { type: "return", ...(value ? { value } : {}), from, to };
    }
    case "DecoratedStatement": {
      const decorators = parts
        .filter((part) => part.type === "Decorator")
        .flatMap((part) => decoratorFrom(part, text));
      const inner = parts.find((part) => part.statement)?.statement;
      if (inner?.type === "function" || inner?.type === "class") return { ...inner, decorators, from, to };
      break;
    }
    case "FunctionDefinition": {
      const name = parts.find((part) => part.type === "VariableName");
      const returns = expressionsOf(parts.find((part) => part.type === "TypeDef")?.list ?? [])[0];
      const nameSpan = name ? { from: name.from, to: name.to } : { from, to: from };
      return {
        type: "function",
        name: text.slice(nameSpan.from, nameSpan.to),
        nameSpan,
        parameters: parametersFrom(parts.find((part) => part.type === "ParamList")?.list ?? [], text),
        ...(returns ? { returns } : {}),
        decorators: [],
        body: blocks[0] ?? [],
        from,
        to,
      };
    }
    case "ClassDefinition": {
      const name = parts.find((part) => part.type === "VariableName");
      const nameSpan = name ? { from: name.from, to: name.to } : { from, to: from };
      return {
        type: "class",
        name: text.slice(nameSpan.from, nameSpan.to),
        nameSpan,
        bases: argumentsFrom(parts.find((part) => part.type === "ArgList")?.list ?? []),
        decorators: [],
        body: blocks[0] ?? [],
        from,
        to,
      };
    }
    case "IfStatement":
      return { type: "if", branches: branchesFrom(parts), from, to };
    case "ForStatement": {
      const inside = parts.findIndex((part) => part.type === "in");
      const end = parts.findIndex((part) => part.block);
      const start = parts.findIndex((part) => part.type === "for");
      const target = targetFrom(parts.slice(start + 1, inside));
      const iterable = targetFrom(parts.slice(inside + 1, end < 0 ? parts.length : end));
      if (inside < 0 || !target || !iterable) break;
      return { type: "for", target, iterable, body: blocks[0] ?? [], otherwise: blocks[1] ?? [], from, to };
    }
  }
  return otherStatement(node, parts, text);
}

/** `@torch.jit.script` and `@register("x")` lie flat in Lezer's tree: names, dots and an ArgList. */
function decoratorFrom(decorator: Part, text: string): Expression[] {
  let made: Expression | undefined;
  for (const part of decorator.list ?? []) {
    const { from, to } = part;
    if (part.type === "ArgList" && made) {
      const argumentsSpan = { from, to };
      const given = argumentsFrom(part.list ?? []);
      made = {
        type: "call",
        callee: made,
        arguments: given,
        argumentsSpan,
        closed: true,
        from: made.from,
        to,
      };
    } else if (part.type === "VariableName" && made) {
      const name = text.slice(from, to);
      made = { type: "attribute", object: made, name, nameSpan: { from, to }, from: made.from, to };
    } else if (part.expression) made = part.expression;
  }
  return made ? [made] : [];
}

function branchesFrom(parts: readonly Part[]): { test?: Expression; body: readonly Statement[] }[] {
  const branches: { test?: Expression; body: readonly Statement[] }[] = [];
  let test: Expression | undefined;
  for (const part of parts) {
    if (part.block) {
      branches.push(test ? { test, body: part.block } : { body: part.block });
      test = undefined;
    } else if (part.expression) test = part.expression;
  }
  if (test) branches.push({ test, body: [] });
  return branches;
}

function assignmentFrom(node: Node, parts: readonly Part[], text: string): Statement {
  const sides: Part[][] = [[]];
  let operator = "=";
  let annotation: Expression | undefined;
  for (const part of parts) {
    if (part.type === "AssignOp" || part.type === "UpdateOp") {
      operator = text.slice(part.from, part.to);
      sides.push([]);
    } else if (part.type === "TypeDef") annotation = expressionsOf(part.list ?? [])[0];
    else sides.at(-1)?.push(part);
  }
  const value = sides.length > 1 ? targetFrom(sides.at(-1) ?? []) : undefined;
  const targets = (sides.length > 1 ? sides.slice(0, -1) : sides).flatMap((side) => targetFrom(side) ?? []);
  return {
    type: "assignment",
    targets,
    operator,
    ...(annotation ? { annotation } : {}),
    ...(value ? { value } : {}),
    from: node.from,
    to: node.to,
  };
}

function otherStatement(node: Node, parts: readonly Part[], text: string): Statement {
  const bound: Expression[] = [];
  const expressions: Expression[] = [];
  parts.forEach((part, index) => {
    if (part.expression) (parts[index - 1]?.type === "as" ? bound : expressions).push(part.expression);
    else if (part.list) expressions.push(...expressionsOf(part.list));
  });
  const keyword = parts.find(isSign);
  return {
    type: "other",
    keyword: keyword ? text.slice(keyword.from, keyword.to) : "",
    expressions,
    bound,
    blocks: parts.flatMap((part) => (part.block || part.statement ? [statementsOf(part)] : [])),
    from: node.from,
    to: node.to,
  };
}
