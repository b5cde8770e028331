/** What the readers of a network look up again and again, gathered in one walk over the file. */
import type { Span } from "../model.ts";
import { numberOf } from "../syntax/constants.ts";
import type { Scope } from "../syntax/scopes.ts";
import type { Call, ClassDefinition, Expression } from "../syntax/tree.ts";
import { spanOf } from "../syntax/tree.ts";
import { walk } from "../syntax/walk.ts";
import type { Unit } from "../units.ts";

export interface KnownCall {
  readonly call: Call;
  /** Canonical name of the callee; for a method of an unknown object `.name`. */
  readonly symbol: string;
  readonly scope: Scope;
}

/** Gathered once for a file: each network asks, and a file may hold thousands. */
export interface Facts {
  readonly unit: Unit;
  readonly calls: readonly KnownCall[];
  /** The variable, member or function's variable that a value is assigned to. */
  readonly names: ReadonlyMap<Expression, Owner>;
  /** Divisions by 255: how images are brought to 0..1 by hand. */
  readonly by255: readonly Span[];
  readonly classes: readonly ClassDefinition[];
}

export interface Owner {
  /** `MLP.net` for `self.net` in class MLP. */
  readonly full: string;
  readonly short: string;
}

export function gather(unit: Unit): Facts {
  const calls: KnownCall[] = [];
  const by255: Span[] = [];
  const note = (node: Expression, scope: Scope): void => {
    if (node.type === "call") {
      const symbol = unit.names.resolve(node.callee, scope)?.symbol;
      if (symbol !== undefined) calls.push({ call: node, symbol, scope });
      else if (node.callee.type === "attribute")
        calls.push({ call: node, symbol: `.${node.callee.name}`, scope });
    } else if (node.type === "binary" && node.operator === "/" && numberOf(node.right, scope) === 255)
      by255.push(spanOf(node));
  };
  walk(unit.program, unit.scopes, (node, { scope }) => note(node, scope));
  // `x /= 255` is a statement, not an expression.
  for (const match of unit.text.matchAll(/\/=\s*255\b/g))
    by255.push({ from: match.index, to: match.index + match[0].length });
  const classes = [...unit.scopes.keys()].filter((node): node is ClassDefinition => "bases" in node);
  return { unit, calls, names: owners(unit), by255, classes };
}

function owners(unit: Unit): Map<Expression, Owner> {
  const names = new Map<Expression, Owner>();
  for (const [node, scope] of unit.scopes) {
    for (const [short, bindings] of scope.bindings) {
      for (const binding of bindings)
        if (binding.kind === "value") names.set(binding.value, { full: short, short });
    }
    const owner = "name" in node ? `${node.name}.` : "";
    for (const [short, bindings] of scope.members) {
      for (const binding of bindings) {
        if (binding.kind === "value") names.set(binding.value, { full: `${owner}${short}`, short });
      }
    }
  }
  return names;
}
