/**
 * Sites -> networks. So far only a Sequential that is written out is read; a class or a functional model is listed
 * with a gap that says so, and gets no risk.
 */
import type { FoundSite } from "../detect.ts";
import { frameworkOf, layerOf } from "../frameworks/index.ts";
import type { FrameworkId, Gap, Network, Site, Span } from "../model.ts";
import type { Scope } from "../syntax/scopes.ts";
import type { Call, ClassDefinition, Expression } from "../syntax/tree.ts";
import { spanOf } from "../syntax/tree.ts";
import type { Unit } from "../units.ts";
import { type Facts, gather } from "./facts.ts";
import { readInput } from "./input.ts";
import { readSequential } from "./sequential.ts";
import { readTraining } from "./training.ts";

/** Base classes of models. */
const MODEL =
  /^(?:torch\.nn\.Module|keras\.(?:models\.)?Model|keras\.layers\.Layer|pytorch_lightning\.\w+|lightning\.(?:pytorch\.)?\w+)$/;

/** Weights that come from somewhere else than the initialiser. */
const PRETRAINED = /(?:^|\.)(?:load_state_dict|from_pretrained|load_weights|load_model)$/;

/** Code that draws or sets weights after the layers are made. */
const INITIALISES =
  /^torch\.nn\.init\.|(?:^|\.)(?:normal_|uniform_|fill_|zero_|constant_|trunc_normal_|reset_parameters)$/;

export interface SiteInUnit {
  readonly site: Site;
  readonly found: FoundSite;
}

export function readNetworks(unit: Unit, sites: readonly SiteInUnit[]): Omit<Network, "risk">[] {
  const facts = gather(unit);
  const byNode = new Map<Expression, SiteInUnit>(sites.map((entry) => [entry.found.node, entry]));
  const sequentials = outermost(facts.calls.filter(({ symbol }) => layerOf(symbol)?.role === "sequential"));
  const networks = sequentials.flatMap(({ call, symbol, scope }) => {
    const framework = frameworkOf(symbol)?.id;
    const owner = ownerOf(call, scope, unit);
    if (!framework) return [];
    const { layers, gaps } = readSequential(call, scope, unit, (node) => byNode.get(node));
    if (call.arguments.length === 0)
      gaps.push({ span: spanOf(call), what: "its layers are added one by one, which is not read yet" });
    const within = enclosing(facts.classes, call);
    const more = [
      ...gaps,
      ...fileGaps(facts, framework),
      ...(within ? classGaps(within, call, facts, sites) : []),
    ];
    return [
      {
        name: owner.full,
        framework,
        span: spanOf(call),
        layers,
        input: readInput(facts, layers),
        ...readTraining(facts, framework, within?.name ?? owner.short),
        pretrained: facts.calls.some(({ symbol: name }) => PRETRAINED.test(name)),
        gaps: more,
      },
    ];
  });
  const unread = [...unreadClasses(facts, sites, networks), ...functionalModels(facts)];
  return [...networks, ...unread].sort((a, b) => a.span.from - b.span.from);
}

/** Model classes with activations of which no part was read. */
function unreadClasses(
  facts: Facts,
  sites: readonly SiteInUnit[],
  read: readonly Omit<Network, "risk">[],
): Omit<Network, "risk">[] {
  return facts.classes.flatMap((definition) => {
    const framework = modelFramework(definition, facts.unit);
    const inside = sites.some(({ site }) => contains(definition, site.span));
    const isRead = read.some(({ span }) => contains(definition, span));
    if (!framework || !inside || isRead) return [];
    const what =
      "it is a class with a forward pass of its own: so far only a Sequential that is written out is read";
    const span = { from: definition.nameSpan.from, to: definition.to };
    return [unread(facts, framework, definition.name, span, { span: spanOf(definition.nameSpan), what })];
  });
}

/** `keras.Model(inputs, outputs)`. */
function functionalModels(facts: Facts): Omit<Network, "risk">[] {
  return facts.calls.flatMap(({ call, symbol, scope }) => {
    if ((symbol !== "keras.Model" && symbol !== "keras.models.Model") || call.arguments.length === 0)
      return [];
    const span = spanOf(call);
    const what = "it is a functional model: so far only a Sequential that is written out is read";
    return [unread(facts, "keras", ownerOf(call, scope, facts.unit).full, span, { span, what })];
  });
}

/** A network of which nothing is known but that it is there. */
function unread(
  facts: Facts,
  framework: FrameworkId,
  name: string,
  span: Span,
  gap: Gap,
): Omit<Network, "risk"> {
  return {
    name,
    framework,
    span,
    layers: [],
    input: readInput(facts, []),
    ...readTraining(facts, framework, name),
    pretrained: false,
    gaps: [gap],
  };
}

/** What stands beside a Sequential in its class makes it a part of a network, not the whole. */
function classGaps(
  definition: ClassDefinition,
  call: Call,
  facts: Facts,
  sites: readonly SiteInUnit[],
): Gap[] {
  const outside = (span: Span): boolean => contains(definition, span) && !contains(call, span);
  const layer = facts.calls.find(({ call: other, symbol }) => {
    const role = layerOf(symbol)?.role;
    return (role === "dense" || role === "conv" || role === "sequential") && outside(other);
  })?.call;
  const beside = layer ?? sites.find(({ site }) => outside(site.span))?.site.span;
  return beside
    ? [
        {
          span: spanOf(beside),
          what: `more of ${definition.name} stands here, in code that is not read yet`,
        },
      ]
    : [];
}

/** What holds for every network of a file. */
function fileGaps(facts: Facts, framework: FrameworkId): Gap[] {
  const setting =
    framework === "pytorch" ? facts.calls.find(({ symbol }) => INITIALISES.test(symbol)) : undefined;
  return setting
    ? [{ span: spanOf(setting.call), what: "weights are initialised by code that is not read yet" }]
    : [];
}

function modelFramework(definition: ClassDefinition, unit: Unit): FrameworkId | undefined {
  for (const { value } of definition.bases) {
    const symbol = unit.names.resolve(value, unit.module)?.symbol;
    if (symbol && MODEL.test(symbol)) return frameworkOf(symbol)?.id ?? "pytorch";
  }
  return undefined;
}

/** The variable, member or function that a Sequential is made for. */
function ownerOf(call: Call, scope: Scope, unit: Unit): { full: string; short: string } {
  const named = (
    entries: Iterable<readonly [string, readonly { kind: string; value?: unknown }[]]>,
  ): string | undefined => {
    for (const [name, bindings] of entries)
      if (bindings.some((binding) => binding.value === call)) return name;
    return undefined;
  };
  const owner = scope.enclosingClass;
  const className = owner && [...unit.scopes].find(([, candidate]) => candidate === owner)?.[0];
  const member = owner && named(owner.members);
  if (className && "name" in className && member !== undefined)
    return { full: `${className.name}.${member}`, short: member };
  const local = named(scope.bindings);
  if (local !== undefined) return { full: local, short: local };
  const around = [...unit.scopes].find(([, candidate]) => candidate === scope)?.[0];
  const name = around && "name" in around ? around.name : "Sequential";
  return { full: name, short: name };
}

/** Calls that stand in no other of these calls: a Sequential in a Sequential is a part of it. */
const outermost = <T extends { readonly call: Call }>(calls: readonly T[]): T[] =>
  calls.filter(({ call }) => !calls.some((other) => other.call !== call && contains(other.call, call)));

const enclosing = (classes: readonly ClassDefinition[], span: Span): ClassDefinition | undefined =>
  classes.filter((definition) => contains(definition, span)).at(-1);

const contains = (outer: Span, inner: Span): boolean => outer.from <= inner.from && inner.to <= outer.to;
