/**
 * Which name is bound where: modules, functions and classes as scopes. Independent of any framework; flow inside a
 * scope is not followed (a name with several bindings has several meanings).
 */
import type {
  Argument,
  ClassDefinition,
  Expression,
  FunctionDefinition,
  Import,
  Parameter,
  Program,
  Statement,
} from "./tree.ts";

export type Binding =
  | { readonly kind: "import"; readonly symbol: string; readonly statement: Import }
  | { readonly kind: "value"; readonly value: Expression; readonly scope: Scope }
  | {
      readonly kind: "parameter";
      readonly parameter: Parameter;
      readonly scope: Scope;
      /** The function whose parameter it is; a lambda has no name. */
      readonly owner?: FunctionDefinition;
    }
  | {
      readonly kind: "definition";
      readonly definition: FunctionDefinition | ClassDefinition;
      /** What is bound inside it. */
      readonly inner: Scope;
    }
  /** A loop variable, an unpacked tuple, `with ... as`: some value. */
  | { readonly kind: "unknown" };

const DEEPEST_INHERITANCE = 12;

export class Scope {
  readonly bindings = new Map<string, Binding[]>();
  /** Modules of `from module import *`. */
  readonly stars: string[] = [];
  /** `self.name = ...` in the methods of a class. */
  readonly members = new Map<string, Binding[]>();

  constructor(
    readonly kind: "module" | "class" | "function" | "expression",
    readonly parent: Scope | undefined,
    /** The base classes of a class. */
    readonly bases: readonly Argument[] = [],
  ) {}

  bind(name: string, binding: Binding): void {
    const known = this.bindings.get(name);
    if (known) known.push(binding);
    else this.bindings.set(name, [binding]);
  }

  /** Bindings of the name as seen from here; undefined where it is bound nowhere in the file. */
  lookup(name: string): readonly Binding[] | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      // A class body is not seen from the functions inside it.
      if (scope.kind === "class" && scope !== this) continue;
      const found = scope.bindings.get(name);
      if (found) return found;
    }
    return undefined;
  }

  get module(): Scope {
    return this.parent?.module ?? this;
  }

  get enclosingClass(): Scope | undefined {
    return this.kind === "class" ? this : this.parent?.enclosingClass;
  }

  /**
   * Bindings of an attribute of this class: `self.act = ...`, `act = ...` in its body, else those of the nearest base
   * class in this file that has some.
   */
  attribute(name: string, depth = 0): readonly Binding[] | undefined {
    const own = [...(this.members.get(name) ?? []), ...(this.bindings.get(name) ?? [])];
    if (own.length > 0 || depth > DEEPEST_INHERITANCE) return own.length > 0 ? own : undefined;
    for (const base of this.bases) {
      if (base.value.type !== "name") continue;
      const inherited = this.parent
        ?.lookup(base.value.name)
        ?.find(isClass)
        ?.inner.attribute(name, depth + 1);
      if (inherited) return inherited;
    }
    return undefined;
  }
}

/** A binding that is a class of this file. */
export const isClass = (binding: Binding): binding is Binding & { kind: "definition" } =>
  binding.kind === "definition" && binding.definition.type === "class";

/** Scope of each function and class of a program, and of the program itself. */
export type Scopes = ReadonlyMap<FunctionDefinition | ClassDefinition | Program, Scope>;

export function scopesOf(program: Program): Scopes {
  const scopes = new Map<FunctionDefinition | ClassDefinition | Program, Scope>();
  const module = new Scope("module", undefined);
  scopes.set(program, module);

  const block = (statements: readonly Statement[], scope: Scope): void => {
    for (const statement of statements) bindStatement(statement, scope);
  };

  const bindStatement = (statement: Statement, scope: Scope): void => {
    switch (statement.type) {
      case "import":
        for (const { symbol, binds } of statement.names) {
          if (binds !== undefined) scope.bind(binds, { kind: "import", symbol, statement });
          else scope.stars.push(symbol.slice(0, -2));
        }
        break;
      case "assignment":
        for (const target of statement.targets) bindTarget(target, statement.value, scope);
        break;
      case "function": {
        const inner = new Scope("function", scope);
        scope.bind(statement.name, { kind: "definition", definition: statement, inner });
        scopes.set(statement, inner);
        // Defaults are evaluated outside the function.
        for (const parameter of statement.parameters)
          inner.bind(parameter.name, { kind: "parameter", parameter, scope, owner: statement });
        block(statement.body, inner);
        break;
      }
      case "class": {
        const inner = new Scope("class", scope, statement.bases);
        scope.bind(statement.name, { kind: "definition", definition: statement, inner });
        scopes.set(statement, inner);
        block(statement.body, inner);
        break;
      }
      case "if":
        for (const branch of statement.branches) block(branch.body, scope);
        break;
      case "for":
        bindTarget(statement.target, undefined, scope);
        block(statement.body, scope);
        block(statement.otherwise, scope);
        break;
      case "other":
        for (const target of statement.bound) bindTarget(target, undefined, scope);
        for (const inner of statement.blocks) block(inner, scope);
        break;
    }
  };

  block(program.body, module);
  return scopes;
}

function bindTarget(target: Expression, value: Expression | undefined, scope: Scope): void {
  const binding: Binding = value ? { kind: "value", value, scope } : { kind: "unknown" };
  if (target.type === "name") scope.bind(target.name, binding);
  else if (target.type === "attribute" && target.object.type === "name" && target.object.name === "self") {
    const members = scope.enclosingClass?.members;
    const known = members?.get(target.name);
    if (known) known.push(binding);
    else members?.set(target.name, [binding]);
  } else if (target.type === "sequence") {
    const values = value?.type === "sequence" ? value.items : [];
    target.items.forEach((item, index) => {
      bindTarget(item.value, pairable(target.items, values) ? values[index]?.value : undefined, scope);
    });
  }
}

const pairable = (targets: readonly Argument[], values: readonly Argument[]): boolean =>
  targets.length === values.length && ![...targets, ...values].some((item) => item.spread);
