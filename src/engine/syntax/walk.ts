/** Visits every expression of a program once, in the order of the text, with its scope and its role. */
import { Scope, type Scopes } from "./scopes.ts";
import type { Argument, Call, Expression, Parameter, Program, Statement } from "./tree.ts";

/**
 * Where an expression stands. Only in `value` and `callee` does it configure or apply anything; `test` is an
 * operand of a comparison or an isinstance check, `key` a key of a dictionary, `base` a base class.
 */
export type Role =
  | "value"
  | "callee"
  | "annotation"
  | "test"
  | "key"
  | "base"
  | "target"
  | "object"
  | "statement";

export interface Place extends Giving {
  readonly role: Role;
  readonly scope: Scope;
}

/** To what an expression is given; each side of a choice (`a if c else b`, `a or b`) is given to the same. */
export interface Giving {
  /** The call that this is an argument of. */
  readonly call?: Call;
  readonly argument?: Argument;
  /** The name it is given to: a keyword, a parameter, a variable or attribute, a key. Items of a list share it. */
  readonly label?: string;
}

const NOTHING: Giving = {};

export type Visitor = (expression: Expression, place: Place) => void;

const TYPE_CHECKS = new Set(["isinstance", "issubclass", "hasattr", "type", "super", "cast", "TypeVar"]);
const INHERITED: ReadonlySet<Role> = new Set<Role>(["annotation", "test", "key"]);
const COMPARISONS = new Set(["==", "!=", "<", ">", "<=", ">=", "in", "not in", "is", "is not"]);

export function walk(program: Program, scopes: Scopes, visit: Visitor): void {
  const expression = (node: Expression | undefined, role: Role, scope: Scope, giving = NOTHING): void => {
    if (!node) return;
    visit(node, { role, scope, ...giving });
    // What a role forbids for the whole it forbids for its parts: `x: Callable[[T], nn.ReLU]`.
    const inner: Role = INHERITED.has(role) ? role : "value";
    switch (node.type) {
      case "attribute":
        expression(node.object, "object", scope);
        break;
      case "call": {
        expression(node.callee, "callee", scope);
        // What a call is given inside a test is not tested itself: `assert build(nn.ReLU)(x) == 1`.
        const given: Role = isCheck(node) ? "test" : role === "annotation" ? role : "value";
        for (const item of node.arguments)
          expression(item.value, given, scope, {
            call: node,
            argument: item,
            ...labelled(item.name),
          });
        break;
      }
      case "subscript":
        expression(node.object, "object", scope);
        for (const index of node.indices) expression(index, role === "annotation" ? role : "key", scope);
        break;
      case "string":
        for (const part of node.parts) expression(part, "object", scope);
        break;
      case "sequence":
        for (const item of node.items)
          expression(item.value, role === "target" ? "target" : inner, scope, labelled(giving.label));
        break;
      case "dictionary":
        for (const entry of node.entries) {
          expression(entry.key, "key", scope);
          expression(
            entry.value,
            inner,
            scope,
            labelled(entry.key?.type === "string" ? entry.key.value : undefined),
          );
        }
        break;
      case "lambda": {
        const own = new Scope("expression", scope);
        parameters(node.parameters, scope, own);
        expression(node.body, inner, own);
        break;
      }
      case "conditional":
        expression(node.whenTrue, inner, scope, giving);
        expression(node.test, "test", scope);
        expression(node.whenFalse, inner, scope, giving);
        break;
      case "unary":
        expression(node.operand, node.operator === "not" ? "test" : inner, scope);
        break;
      case "binary": {
        // `act or nn.ReLU` hands on one of its sides; other operators make something new of both.
        const isChoice = node.operator === "or" || node.operator === "and";
        const side: Role = COMPARISONS.has(node.operator) ? "test" : inner;
        for (const operand of [node.left, node.right]) {
          if (isChoice) expression(operand, inner, scope, giving);
          else expression(operand, side, scope);
        }
        break;
      }
      case "comprehension": {
        const own = new Scope("expression", scope);
        for (const clause of node.clauses) {
          expression(clause.iterable, inner, own);
          bindNames(clause.target, own);
          for (const condition of clause.conditions) expression(condition, "test", own);
        }
        expression(node.element, inner, own);
        expression(node.value, inner, own);
        break;
      }
      case "opaque":
        for (const child of node.children) expression(child, inner, scope);
        break;
    }
  };

  const parameters = (list: readonly Parameter[], scope: Scope, own?: Scope): void => {
    for (const parameter of list) {
      expression(parameter.annotation, "annotation", scope);
      expression(parameter.default, "value", scope, labelled(parameter.name));
      own?.bind(parameter.name, { kind: "parameter", parameter, scope });
    }
  };

  const block = (statements: readonly Statement[], scope: Scope): void => {
    for (const item of statements) statement(item, scope);
  };

  const statement = (node: Statement, scope: Scope): void => {
    switch (node.type) {
      case "assignment":
        for (const target of node.targets) expression(target, "target", scope);
        expression(node.annotation, "annotation", scope);
        expression(node.value, "value", scope, labelled(nameOf(node.targets)));
        break;
      case "expression":
        expression(node.expression, "statement", scope);
        break;
      case "return":
        expression(node.value, "value", scope);
        break;
      case "function":
        for (const decorator of node.decorators) expression(decorator, "base", scope);
        parameters(node.parameters, scope);
        expression(node.returns, "annotation", scope);
        block(node.body, scopes.get(node) ?? scope);
        break;
      case "class":
        for (const decorator of node.decorators) expression(decorator, "base", scope);
        for (const base of node.bases)
          expression(base.value, base.name === undefined ? "base" : "value", scope);
        block(node.body, scopes.get(node) ?? scope);
        break;
      case "if":
        for (const branch of node.branches) {
          expression(branch.test, "test", scope);
          block(branch.body, scope);
        }
        break;
      case "for":
        expression(node.target, "target", scope);
        expression(node.iterable, "value", scope);
        block(node.body, scope);
        block(node.otherwise, scope);
        break;
      case "other": {
        const role: Role = node.keyword === "assert" || node.keyword === "while" ? "test" : "object";
        for (const item of node.expressions) expression(item, role, scope);
        for (const inner of node.blocks) block(inner, scope);
        break;
      }
    }
  };

  block(program.body, scopes.get(program) ?? new Scope("module", undefined));
}

/** `isinstance(m, nn.ReLU)`, `self.assertIs(act, nn.ReLU)`. */
function isCheck({ callee }: Call): boolean {
  const name = callee.type === "name" || callee.type === "attribute" ? callee.name : "";
  return (callee.type === "name" && TYPE_CHECKS.has(name)) || /^assert/.test(name);
}

const labelled = (label: string | undefined): Giving => (label === undefined ? NOTHING : { label });

/** The name that an assignment gives a value to: `act`, `self.act`. */
function nameOf(targets: readonly Expression[]): string | undefined {
  const [target] = targets;
  return target?.type === "name" || target?.type === "attribute" ? target.name : undefined;
}

function bindNames(target: Expression, scope: Scope): void {
  if (target.type === "name") scope.bind(target.name, { kind: "unknown" });
  else if (target.type === "sequence") for (const item of target.items) bindNames(item.value, scope);
}
