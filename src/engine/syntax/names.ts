/** From a name in the code to the symbol it stands for: `F.relu` -> `torch.nn.functional.relu`. */
import { type Binding, isClass, type Scope } from "./scopes.ts";
import type { Expression } from "./tree.ts";

export interface Resolved {
  /** Canonical qualified name. */
  readonly symbol: string;
  /** Qualified name as this file's imports spell it: `tensorflow.keras.layers.ReLU`. */
  readonly written: string;
  /**
   * What led there: an import, an import by way of a variable (`act = nn.ReLU`), the default of a parameter (a
   * caller may pass something else), or only the usual alias of a module (`nn`, `F`, `tf`) that is not imported here.
   */
  readonly via: "import" | "variable" | "parameter" | "convention";
}

type Raw = Omit<Resolved, "symbol">;

/** Whether a resolved name is proved. */
export const isCertain = (resolved: Resolved): boolean =>
  resolved.via === "import" || resolved.via === "variable";

/** Longest chain of aliases that is followed. */
const LONGEST_CHAIN = 12;

/** What a language and its frameworks say about names. */
export interface Naming {
  /** Maps a qualified name to the one the catalogue uses (`tensorflow.keras.X` -> `keras.X`). */
  canonical(symbol: string): string;
  /** Whether a canonical symbol is a known one, or only below a framework; decides what `import *` may have brought. */
  isKnown(symbol: string): "symbol" | "framework" | undefined;
  /** What people call modules, for files whose imports are elsewhere or not typed yet. */
  readonly conventions: Readonly<Record<string, string>>;
  /** Modules that a framework passes to a function: `hybrid_forward` gets one as `F`. */
  readonly passed?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export class Names {
  constructor(private readonly naming: Naming) {}

  /** The symbol of a name or attribute chain, as seen from `scope`; undefined for everything else. */
  resolve(expression: Expression, scope: Scope): Resolved | undefined {
    const found = this.raw(expression, scope, 0);
    return found && { symbol: this.naming.canonical(found.written), ...found };
  }

  private raw(expression: Expression, scope: Scope, depth: number): Raw | undefined {
    if (depth > LONGEST_CHAIN) return undefined;
    if (expression.type === "name") return this.name(expression.name, scope, depth);
    if (expression.type !== "attribute") return undefined;
    const { object, name } = expression;
    const owner = classOf(object, scope);
    if (owner) {
      const bindings = owner.attribute(name);
      return bindings && this.choose(bindings, depth);
    }
    const base = this.raw(object, scope, depth + 1);
    return base && { written: `${base.written}.${name}`, via: base.via };
  }

  private name(name: string, scope: Scope, depth: number): Raw | undefined {
    const bindings = scope.lookup(name);
    if (bindings) {
      const chosen = this.choose(bindings, depth);
      const isElsewhere = !chosen || chosen.written.startsWith(".");
      if (!isElsewhere || !Object.hasOwn(this.naming.conventions, name) || !bindings.every(isOpen))
        return chosen;
    } else {
      const starred = this.starred(name, scope.module.stars);
      if (starred) return starred;
    }
    const { conventions } = this.naming;
    const conventional = Object.hasOwn(conventions, name) ? conventions[name] : undefined;
    return conventional === undefined ? undefined : { written: conventional, via: "convention" };
  }

  /** Of several `import *` the one that is known to have the name; else the first of a framework. */
  private starred(name: string, stars: readonly string[]): Raw | undefined {
    let possible: Raw | undefined;
    for (const module of stars) {
      const written = `${module}.${name}`;
      const known = this.naming.isKnown(this.naming.canonical(written));
      if (known === "symbol") return { written, via: "import" };
      if (known) possible ??= { written, via: "import" };
    }
    return possible;
  }

  /** One meaning out of several bindings: `try: import a except: import b` takes the first known; a clash has none. */
  private choose(bindings: readonly Binding[], depth: number): Raw | undefined {
    const found: Raw[] = [];
    for (const binding of bindings) {
      if (binding.kind === "value" && binding.value.type === "constant" && binding.value.value === null)
        continue;
      const resolved = this.binding(binding, depth);
      if (!resolved) return undefined;
      if (
        !found.some(
          (other) => this.naming.canonical(other.written) === this.naming.canonical(resolved.written),
        )
      )
        found.push(resolved);
    }
    if (found.length <= 1) return found[0];
    return bindings.every((binding) => binding.kind === "import") ? found[0] : undefined;
  }

  private binding(binding: Binding, depth: number): Raw | undefined {
    switch (binding.kind) {
      case "import":
        return { written: binding.symbol, via: "import" };
      case "value":
        return through("variable", this.raw(binding.value, binding.scope, depth + 1));
      case "parameter": {
        const { parameter, owner } = binding;
        const module = owner && this.naming.passed?.[owner.name]?.[parameter.name];
        if (module !== undefined) return { written: module, via: "import" };
        const value = parameter.default;
        return value && through("parameter", this.raw(value, binding.scope, depth + 1));
      }
      default:
        return undefined;
    }
  }
}

const WEAKNESS: readonly Resolved["via"][] = ["import", "variable", "parameter", "convention"];

/** A chain is as strong as its weakest link. */
function through(via: Resolved["via"], resolved: Raw | undefined): Raw | undefined {
  if (!resolved) return undefined;
  return {
    written: resolved.written,
    via: WEAKNESS[Math.max(WEAKNESS.indexOf(via), WEAKNESS.indexOf(resolved.via))] ?? via,
  };
}

/** The class of this file that an expression names: `self`, `cls`, or the class itself. */
export function classOf(expression: Expression, scope: Scope): Scope | undefined {
  if (expression.type !== "name") return undefined;
  const { name } = expression;
  if (name === "self" || name === "cls") return scope.enclosingClass;
  const [only, ...others] = scope.lookup(name) ?? [];
  return only && others.length === 0 && isClass(only) ? only.inner : undefined;
}

/** A name that may still be what it is usually: a function returned it, or the user's own module has it. */
function isOpen(binding: Binding): boolean {
  switch (binding.kind) {
    case "import":
      return binding.symbol.startsWith(".");
    case "value":
      return (
        binding.value.type === "call" || (binding.value.type === "constant" && binding.value.value === null)
      );
    default:
      return binding.kind === "unknown";
  }
}
