/** What networks without module objects are called. */
import type { Expression, FunctionDefinition } from "../syntax/tree.ts";
import type { Reached } from "./graphs.ts";
import type { Draft } from "./interpreter/tensors.ts";
import type { FunctionValue } from "./interpreter/values.ts";
import type { Builder, Run } from "./program.ts";

/** Functions that do everything, and give a network no name. */
const WHOLE_PROGRAM = /^_?(?:main|train\w*|run\w*|test\w*|learn\w*|fit|__init__)$/;

/**
 * The innermost function or class in which all layers are applied; else the variable that holds the output; else the
 * function that the last layer is applied in.
 */
export function builderOf(
  { drafts, ends }: Pick<Reached, "drafts" | "ends">,
  node: Expression,
  run: Run,
): Builder | undefined {
  const [first, ...others] = drafts.map(({ within }) => within);
  const common = (first ?? []).filter((one, depth) =>
    others.every((other) => other[depth]?.definition === one.definition),
  );
  const last = drafts.at(-1);
  return (
    innermost(common) ??
    globalOf(drafts.filter((draft) => ends.has(draft)).reverse(), run) ??
    variableOf(last?.module.node, run) ??
    innermost(last?.within ?? []) ??
    variableOf(node, run)
  );
}

function innermost(functions: readonly FunctionValue[]): Builder | undefined {
  for (const one of [...functions].reverse()) {
    const named = nameOf(one);
    if (named && !WHOLE_PROGRAM.test(named.name)) return named;
  }
  return undefined;
}

/** A variable of the program itself: of the output as it is, before one of its activation. */
function globalOf([last]: readonly Draft[], run: Run): Builder | undefined {
  if (!last) return undefined;
  for (const which of ["pending", "settled"] as const)
    for (const [name, value] of run.globals) {
      const binding = run.unit.module.bindings.get(name)?.findLast(({ kind }) => kind === "value");
      if (value.type !== "tensor" || !value.state[which].includes(last)) continue;
      if (binding?.kind !== "value") continue;
      const { from, to } = binding.value;
      return { name, nameSpan: { from, to }, to };
    }
  return undefined;
}

function nameOf({ definition, owner }: FunctionValue): Builder | undefined {
  if (owner) return owner.definition;
  return definition.type === "function" && definition.name !== ""
    ? (definition as FunctionDefinition)
    : undefined;
}

function variableOf(node: Expression | undefined, run: Run): Builder | undefined {
  if (!node) return undefined;
  let best: Builder | undefined;
  for (const scope of run.unit.scopes.values())
    for (const bindings of [scope.bindings, scope.members])
      for (const [name, all] of bindings)
        for (const binding of all) {
          if (binding.kind !== "value") continue;
          const { from, to } = binding.value;
          const isTighter = !best || to - from < best.to - best.nameSpan.from;
          if (from <= node.from && node.to <= to && isTighter) best = { name, nameSpan: { from, to }, to };
        }
  return best;
}
