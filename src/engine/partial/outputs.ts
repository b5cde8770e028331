/**
 * TensorFlow 1 builds no model objects: what goes into a loss is followed back to where it was made, through names,
 * reshapes and functions of the file. Where that is a ReLU, it is the network's output.
 */
import type { FoundSite } from "../detect.ts";
import type { Loss, Network, Site } from "../model.ts";
import { classOf } from "../syntax/names.ts";
import type { Binding, Scope } from "../syntax/scopes.ts";
import {
  type Call,
  type Expression,
  type FunctionDefinition,
  type Return,
  type Statement,
  spanOf,
} from "../syntax/tree.ts";
import { walk } from "../syntax/walk.ts";
import type { Unit } from "../units.ts";
import { layerOf, networkOf } from "./made.ts";

export interface Known {
  readonly site: Site;
  readonly found: FoundSite;
}

/** Losses by their name below `tensorflow.`, and the arguments that may hold the outputs. */
const LOSSES: readonly (readonly [name: RegExp, loss: Loss, outputs: RegExp])[] = [
  [/^nn\.(?:sparse_)?softmax_cross_entropy_with_logits(?:_v2)?$/, "cross-entropy", /^logits$/],
  [/^nn\.sigmoid_cross_entropy_with_logits$/, "cross-entropy", /^logits$/],
  [
    /^losses\.(?:sparse_)?softmax_cross_entropy$|^losses\.sigmoid_cross_entropy$/,
    "cross-entropy",
    /^logits$/,
  ],
  [/^(?:math\.)?squared_difference$/, "squared-error", /^[xy]$/],
  [/^losses\.(?:mean_squared_error|huber_loss|absolute_difference)$/, "squared-error", /^predictions$/],
];

/** Operations that hand on what they are given, entry by entry. */
const HANDS_ON =
  /^tensorflow\.(?:reshape|squeeze|gather|gather_nd|identity|cast|to_float|multiply|reduce_sum)$/;

const DEEPEST = 12;

export function outputs(unit: Unit, sites: readonly Known[]): readonly Network[] {
  if (unit.language !== "python" || !/\.minimize\(|apply_gradients\(/.test(unit.text)) return [];
  const seen = new Set<Site>();
  const networks: Network[] = [];
  const byCall = new Map(
    sites.flatMap((known) => {
      const { site, found } = known;
      const { node, call, scope } = found;
      if (site.kind === "func_call" && node.type === "call") return [[node, known] as const];
      // What a function of the file does with an activation that it is given is its own affair.
      const owner = call && unit.names.resolve(call.callee, scope)?.symbol;
      return call && owner && /^(?:tensorflow|keras)\./.test(owner) ? [[call, known] as const] : [];
    }),
  );
  const calls = new Map<FunctionDefinition, number>();
  const losses: {
    readonly node: Call;
    readonly scope: Scope;
    readonly loss: Loss;
    readonly outputs: RegExp;
  }[] = [];
  walk(unit.program, unit.scopes, (node, { scope }) => {
    if (node.type !== "call") return;
    const definition = definitionOf(node, scope);
    if (definition) calls.set(definition, (calls.get(definition) ?? 0) + 1);
    const symbol = unit.names.resolve(node.callee, scope)?.symbol ?? "";
    if (!symbol.startsWith("tensorflow.")) return;
    const known = LOSSES.find(([name]) => name.test(symbol.slice("tensorflow.".length)));
    if (known) losses.push({ node, scope, loss: known[1], outputs: known[2] });
  });
  for (const { node, scope, loss, outputs: names } of losses) {
    for (const { name, value, spread } of node.arguments) {
      if (spread || (name !== undefined && !names.test(name))) continue;
      const end = madeBy(value, scope, 0);
      if (!end || seen.has(end.known.site)) continue;
      seen.add(end.known.site);
      const { site } = end.known;
      const own = layerOf(site, spanOf(site.span), { isOutput: true });
      // In a function that is called for several layers, the same ReLU is that of the others too.
      const layers = end.isShared ? [own, { ...own }] : [own];
      const span = spanOf(node);
      networks.push(
        networkOf(span, layers, { loss: { value: loss, span }, optimiser: { value: "adam", span } }),
      );
    }
  }
  return networks;

  function madeBy(
    node: Expression,
    scope: Scope,
    depth: number,
  ): { readonly known: Known; readonly isShared: boolean } | undefined {
    if (depth > DEEPEST) return undefined;
    const bound = bindingsOf(node, scope);
    if (bound) {
      const [only, ...others] = bound;
      return only?.kind === "value" && others.length === 0
        ? madeBy(only.value, only.scope, depth + 1)
        : undefined;
    }
    if (node.type === "binary" && node.operator === "*")
      return madeBy(node.left, scope, depth + 1) ?? madeBy(node.right, scope, depth + 1);
    if (node.type !== "call") return undefined;
    const known = byCall.get(node);
    if (known) return { known, isShared: false };
    const definition = definitionOf(node, scope);
    if (definition) {
      const [given, ...others] = returnsOf(definition.body);
      const inner = unit.scopes.get(definition);
      if (!given?.value || others.length > 0 || !inner) return undefined;
      const end = madeBy(given.value, inner, depth + 1);
      return end && { ...end, isShared: end.isShared || (calls.get(definition) ?? 0) > 1 };
    }
    const symbol = unit.names.resolve(node.callee, scope)?.symbol ?? "";
    if (!HANDS_ON.test(symbol)) return undefined;
    const given = symbol.endsWith(".multiply") ? node.arguments.slice(0, 2) : node.arguments.slice(0, 1);
    for (const { value } of given) {
      const end = madeBy(value, scope, depth + 1);
      if (end) return end;
    }
    return undefined;
  }
}

function bindingsOf(node: Expression, scope: Scope): readonly Binding[] | undefined {
  if (node.type === "name") return scope.lookup(node.name) ?? [];
  return node.type === "attribute" ? (classOf(node.object, scope)?.attribute(node.name) ?? []) : undefined;
}

/** The function of the file that a call runs. */
function definitionOf({ callee }: Call, scope: Scope): FunctionDefinition | undefined {
  const [only, ...others] = callee.type === "name" ? (scope.lookup(callee.name) ?? []) : [];
  if (only?.kind !== "definition" || others.length > 0 || only.definition.type !== "function")
    return undefined;
  const { definition } = only;
  return definition;
}

function returnsOf(body: readonly Statement[]): readonly Return[] {
  return body.flatMap((statement): readonly Return[] => {
    switch (statement.type) {
      case "return":
        return [statement];
      case "if":
        return statement.branches.flatMap((branch) => returnsOf(branch.body));
      case "for":
        return [...returnsOf(statement.body), ...returnsOf(statement.otherwise)];
      case "other":
        return statement.blocks.flatMap(returnsOf);
      default:
        return [];
    }
  });
}
