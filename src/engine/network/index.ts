/**
 * Sites -> networks. So far only a Sequential that is written out is read; a class or a functional model is listed
 * with a gap that says so, and gets no risk.
 */
import type { FoundSite } from "../detect.ts";
import { frameworkOf, layerOf } from "../frameworks/index.ts";
import type { FrameworkId, Gap, Layer, Network, Site, Span } from "../model.ts";
import type { Scope } from "../syntax/scopes.ts";
import type { Call, ClassDefinition, Expression } from "../syntax/tree.ts";
import { spanOf } from "../syntax/tree.ts";
import type { Unit } from "../units.ts";
import { type Facts, gather, type KnownCall, type Owner } from "./facts.ts";
import { inputReader } from "./input.ts";
import { readSequential } from "./sequential.ts";
import { trainingReader } from "./training.ts";

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

type Read = Omit<Network, "risk">;

export function readNetworks(unit: Unit, sites: readonly SiteInUnit[]): Read[] {
  const facts = gather(unit);
  const inputOf = inputReader(facts);
  const trainingOf = trainingReader(facts);
  const pretrained = facts.calls.some(({ symbol }) => PRETRAINED.test(symbol));
  const setting = facts.calls.find(({ symbol }) => INITIALISES.test(symbol))?.call;
  const byNode = new Map<Expression, SiteInUnit>(sites.map((entry) => [entry.found.node, entry]));

  const network = (
    named: {
      readonly name: string;
      readonly owner: string;
      readonly framework: FrameworkId;
      readonly span: Span;
    },
    layers: readonly Layer[],
    gaps: readonly Gap[],
  ): Read => {
    const { name, owner, framework, span } = named;
    return {
      name,
      framework,
      span,
      layers,
      input: inputOf(layers),
      ...trainingOf(framework, owner),
      pretrained,
      gaps,
    };
  };

  const literal = outermost(
    facts.calls.filter(({ symbol }) => layerOf(symbol)?.role === "sequential"),
  ).flatMap(({ call, symbol, scope }) => {
    const framework = frameworkOf(symbol)?.id;
    if (!framework) return [];
    const { layers, gaps } = readSequential(call, scope, unit, (node) => byNode.get(node));
    const within = enclosing(facts.classes, call);
    const { full, short } = ownerOf(call, scope, facts);
    if (call.arguments.length === 0)
      gaps.push({ span: spanOf(call), what: "its layers are added one by one, which is not read yet" });
    if (within) gaps.push(...classGaps(within, call, facts, sites));
    if (setting && framework === "pytorch")
      gaps.push({ span: spanOf(setting), what: "weights are initialised by code that is not read yet" });
    return [
      network({ name: full, owner: within?.name ?? short, framework, span: spanOf(call) }, layers, gaps),
    ];
  });

  const functional = facts.calls.flatMap(({ call, symbol, scope }) => {
    if ((symbol !== "keras.Model" && symbol !== "keras.models.Model") || call.arguments.length === 0)
      return [];
    const { full: name, short: owner } = ownerOf(call, scope, facts);
    const gap = { span: spanOf(call), what: `a functional model; ${SO_FAR}` };
    return [network({ name, owner, framework: "keras", span: gap.span }, [], [gap])];
  });

  const classes = facts.classes.flatMap((definition) => {
    const { name, nameSpan, to } = definition;
    const framework = modelFramework(definition, unit);
    const isUsed = sites.some(({ site }) => contains(definition, site.span));
    if (!framework || !isUsed || literal.some(({ span }) => contains(definition, span))) return [];
    const gap = { span: spanOf(nameSpan), what: `a class with its own forward pass; ${SO_FAR}` };
    return [network({ name, owner: name, framework, span: { from: nameSpan.from, to } }, [], [gap])];
  });

  return [...literal, ...functional, ...classes].sort((a, b) => a.span.from - b.span.from);
}

const SO_FAR = "only a written-out Sequential is read so far";

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

function modelFramework(definition: ClassDefinition, unit: Unit): FrameworkId | undefined {
  for (const { value } of definition.bases) {
    const symbol = unit.names.resolve(value, unit.module)?.symbol;
    if (symbol && MODEL.test(symbol)) return frameworkOf(symbol)?.id ?? "pytorch";
  }
  return undefined;
}

/** What a network is made for: a variable, a member, or the function that returns it. */
function ownerOf(call: Call, scope: Scope, facts: Facts): Owner {
  const named = facts.names.get(call);
  if (named) return named;
  const around = [...facts.unit.scopes].find(([, candidate]) => candidate === scope)?.[0];
  const name = around && "name" in around ? around.name : "Sequential";
  return { full: name, short: name };
}

/** Calls that stand in no other of these calls: a Sequential in a Sequential is a part of it. */
function outermost(calls: readonly KnownCall[]): KnownCall[] {
  let end = -1;
  return [...calls]
    .sort((a, b) => a.call.from - b.call.from || b.call.to - a.call.to)
    .filter(({ call }) => {
      const isOuter = call.from >= end;
      if (isOuter) end = call.to;
      return isOuter;
    });
}

const enclosing = (classes: readonly ClassDefinition[], span: Span): ClassDefinition | undefined =>
  classes.filter((definition) => contains(definition, span)).at(-1);

const contains = (outer: Span, inner: Span): boolean => outer.from <= inner.from && inner.to <= outer.to;
