/** From a name in the code to the symbol it stands for: `F.relu` -> `torch.nn.functional.relu`. */
import type { Binding, Scope } from "./scopes.ts";
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

export class Names {
  /**
   * @param canonical maps a qualified name to the one the catalogue uses (`tensorflow.keras.X` -> `keras.X`)
   * @param isKnown whether a canonical symbol belongs to a framework; decides what `import *` may have brought
   * @param conventions what people call modules by convention, for files whose imports are elsewhere or not typed yet
   */
  constructor(
    private readonly canonical: (symbol: string) => string,
    private readonly isKnown: (symbol: string) => boolean,
    private readonly conventions: Readonly<Record<string, string>>,
  ) {}

  /** The symbol of a name or attribute chain, as seen from `scope`; undefined for everything else. */
  resolve(expression: Expression, scope: Scope): Resolved | undefined {
    const found = this.raw(expression, scope, 0);
    return found && { symbol: this.canonical(found.written), ...found };
  }

  private raw(expression: Expression, scope: Scope, depth: number): Raw | undefined {
    if (depth > LONGEST_CHAIN) return undefined;
    if (expression.type === "name") return this.name(expression.name, scope, depth);
    if (expression.type !== "attribute") return undefined;
    const { object, name } = expression;
    if (object.type === "name" && (object.name === "self" || object.name === "cls")) {
      const owner = scope.enclosingClass;
      const bindings = [...(owner?.members.get(name) ?? []), ...(owner?.bindings.get(name) ?? [])];
      return bindings.length > 0 ? this.choose(bindings, depth) : undefined;
    }
    const base = this.raw(object, scope, depth + 1);
    return base && { written: `${base.written}.${name}`, via: base.via };
  }

  private name(name: string, scope: Scope, depth: number): Raw | undefined {
    const bindings = scope.lookup(name);
    if (bindings) return this.choose(bindings, depth);
    for (const module of scope.module.stars) {
      const written = `${module}.${name}`;
      if (this.isKnown(this.canonical(written))) return { written, via: "import" };
    }
    const conventional = Object.hasOwn(this.conventions, name) ? this.conventions[name] : undefined;
    return conventional === undefined ? undefined : { written: conventional, via: "convention" };
  }

  /** One meaning out of several bindings: `try: import a except: import b` takes the first known; a clash has none. */
  private choose(bindings: readonly Binding[], depth: number): Raw | undefined {
    const found: Raw[] = [];
    for (const binding of bindings) {
      if (binding.kind === "value" && binding.value.type === "constant" && binding.value.value === null)
        continue;
      const resolved = this.binding(binding, depth);
      if (!resolved) return undefined;
      if (!found.some((other) => this.canonical(other.written) === this.canonical(resolved.written)))
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
        const value = binding.parameter.default;
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
