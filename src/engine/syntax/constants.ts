/** Values that stand in the code as they are: literals, arithmetic on them, and names bound once to such a value. */
import { classOf } from "./names.ts";
import type { Binding, Scope } from "./scopes.ts";
import type { Expression } from "./tree.ts";

export type Constant = number | string | boolean | null | readonly Constant[];

/** The value of an expression; undefined where it can't be told without running the code. */
export function constantOf(expression: Expression, scope: Scope, depth = 0): Constant | undefined {
  if (depth > 20) return undefined;
  const inner = (node: Expression): Constant | undefined => constantOf(node, scope, depth + 1);
  switch (expression.type) {
    case "number":
      return Number.isNaN(expression.value) ? undefined : expression.value;
    case "string":
    case "constant":
      return expression.value;
    case "sequence": {
      const items = expression.items.map((item) => (item.spread ? undefined : inner(item.value)));
      return items.includes(undefined) ? undefined : (items as readonly Constant[]);
    }
    case "unary": {
      const value = inner(expression.operand);
      if (typeof value !== "number") return undefined;
      return expression.operator === "-" ? -value : expression.operator === "+" ? value : undefined;
    }
    case "binary": {
      const left = inner(expression.left);
      const right = inner(expression.right);
      return typeof left === "number" && typeof right === "number"
        ? arithmetic(expression.operator, left, right)
        : undefined;
    }
    case "name":
      return boundOnce(scope.lookup(expression.name), depth);
    case "attribute":
      return boundOnce(classOf(expression.object, scope)?.attribute(expression.name), depth);
    default:
      return undefined;
  }
}

/** The value of a name that has only one. */
function boundOnce(bindings: readonly Binding[] | undefined, depth: number): Constant | undefined {
  const [only, ...others] = bindings ?? [];
  return only?.kind === "value" && others.length === 0
    ? constantOf(only.value, only.scope, depth + 1)
    : undefined;
}

function arithmetic(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? undefined : left / right;
    case "//":
      return right === 0 ? undefined : Math.floor(left / right);
    case "**":
      return left ** right;
    default:
      return undefined;
  }
}

export const numberOf = (expression: Expression | undefined, scope: Scope): number | undefined => {
  const value = expression && constantOf(expression, scope);
  return typeof value === "number" ? value : undefined;
};
