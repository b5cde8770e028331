/** A traced network -> the type that everything else works with. */
import { type FoundSite, siteFrom } from "../detect/site.ts";
import { frameworkOf } from "../frameworks/index.ts";
import type { FrameworkId, Gap, Initialiser, Layer, Network, Reading, Site, Span } from "../model.ts";
import { type Expression, type FunctionDefinition, spanOf } from "../syntax/tree.ts";
import { isRestored } from "./graphTraining.ts";
import { inputReader } from "./input.ts";
import type { Activated, Draft, TensorState, Trace } from "./interpreter/tensors.ts";
import type { Module } from "./interpreter/values.ts";
import { hasBias } from "./layers/arguments.ts";
import { type Family, familyOf } from "./layers/family.ts";
import { TORCH_DEFAULT } from "./layers/initialisers.ts";
import { isWrittenOut } from "./layers/ownWeights.ts";
import { isPerceptron } from "./layers/sklearn.ts";
import type { Builder, Run } from "./program.ts";
import { trainingReader } from "./training.ts";

export interface SiteInUnit {
  readonly site: Site;
  readonly found: FoundSite;
}

/** What describes networks of one program: what is the same for all of them is looked up once. */
export function describer(
  run: Run,
  sites: readonly SiteInUnit[],
): (root: Family, trace: Trace) => Omit<Network, "risk"> | undefined {
  const siteOf = siteFinder(sites, run);
  const inputOf = inputReader(run);
  const trainingOf = trainingReader(run);
  return (root, { drafts, gaps, ends, data }) => {
    const { name, span } = nameOf(root, run);
    const hasActivation = drafts.some(({ activation }) => activation);
    const inside = sites.some(({ site }) => span.from <= site.span.from && site.span.to <= span.to);
    if (drafts.length === 0 ? !(inside && gaps.length > 0) : !hasActivation && drafts.length < 2)
      return undefined;
    const framework = frameworkFor(root, drafts);
    const paths = new Map(
      familyOf(root).flatMap(([path, one]) => (path === "" ? [] : [[one, path] as const])),
    );
    const places = new Map(drafts.map((draft, place) => [draft, place] as const));
    const unread = [...new Set(drafts.map(({ module }) => module.unread))].flatMap((node): Gap[] =>
      node ? [{ span: spanOf(node), what: "weights are initialised by code that is not read" }] : [],
    );
    return {
      name,
      framework,
      span,
      layers: drafts.map((draft) => ({
        ...layerFrom(draft, paths.get(draft.module), siteOf, inputsOf(draft, places)),
        ...(ends?.has(draft) ? { isOutput: true as const } : {}),
      })),
      input: inputOf(drafts, data),
      ...trainingOf(root, framework),
      pretrained: isPretrained(root, run),
      gaps: unique([...gaps, ...unread]),
    };
  };
}

function unique(gaps: readonly Gap[]): readonly Gap[] {
  const seen = new Map(gaps.map((gap) => [`${gap.span.from} ${gap.what}`, gap]));
  return [...seen.values()];
}

function layerFrom(
  draft: Draft,
  path: string | undefined,
  siteOf: (activated: Activated) => Site,
  inputs: readonly number[],
): Layer {
  const {
    kind,
    module,
    fanIn,
    units,
    kernelArea,
    activation,
    normalisation,
    residual,
    dropout,
    groups,
    window,
    isOpen,
  } = draft;
  return {
    kind,
    // A place in a list is no name: the order of the layers says it already.
    ...(path === undefined || /^[\d.]+$/.test(path) ? {} : { name: path }),
    span: spanOf(module.node),
    fanIn,
    units,
    kernelArea,
    weights: module.weights ?? TORCH_DEFAULT,
    bias: biasOf(module),
    normalisation,
    site: activation && siteOf(activation),
    residual,
    dropout,
    inputs,
    ...(groups > 1 ? { groups } : {}),
    ...(window ? { window } : {}),
    ...(isOpen ? { isOpen } : {}),
  };
}

/** The layers whose output a layer reads, through whatever stands between. */
function inputsOf(draft: Draft, places: ReadonlyMap<Draft, number>): readonly number[] {
  const seen = new Set<TensorState>([draft.input.state]);
  const found = new Set<number>();
  for (const state of seen) {
    const place = state.layer && places.get(state.layer);
    if (place !== undefined) found.add(place);
    // A layer that is not in the network was in a branch that is in doubt: what it read is read instead.
    else for (const before of state.layer ? [state.layer.input.state] : state.from) seen.add(before);
    if (seen.size > MOST_STATES) break;
  }
  return [...found].sort((a, b) => a - b);
}

const MOST_STATES = 2000;

function biasOf(module: Module): Reading<Initialiser> | null {
  if (isWrittenOut(module)) return module.bias ?? null;
  if (module.layer && !hasBias({ layer: module.layer, given: module.given })) return null;
  return module.bias ?? TORCH_DEFAULT;
}

/** The site that an activation is; one that the detector did not report is made up, and never warned about. */
function siteFinder(sites: readonly SiteInUnit[], run: Run): (activated: Activated) => Site {
  const byNode = new Map<Expression, Site>();
  const bySpan = new Map<string, Site>();
  for (const { site, found } of sites) {
    byNode.set(found.node, site);
    bySpan.set(`${site.span.from} ${site.span.to}`, site);
    if (found.call && site.isDefault) byNode.set(found.call, site);
  }
  return ({ spelling, site: node }) => {
    const known = byNode.get(node) ?? bySpan.get(`${node.from} ${node.to}`);
    if (known && known.activation === spelling.activation.id) return known;
    const given = node.type === "call" ? node.arguments : [];
    const made = siteFrom({
      spelling,
      kind: "class_call",
      node,
      certainty: "likely",
      scope: run.unit.module,
      given,
    });
    return { ...made.site, fixes: [], noFix: "it is not written here" };
  };
}

/** What a network is called, and the code that it is: a class, a builder function, or the call that makes it. */
function nameOf(root: Family, run: Run): { readonly name: string; readonly span: Span } {
  const builder = run.builders.get(root) ?? builderOf(root, run);
  if (builder) return { name: builder.name, span: { from: builder.nameSpan.from, to: builder.to } };
  if (root.type === "instance") {
    const { name, nameSpan, to } = root.of.definition;
    return { name, span: { from: nameSpan.from, to } };
  }
  return {
    name:
      run.nameOf(root.node) ?? perceptronName(root, run) ?? enclosing(root.node, run)?.name ?? "Sequential",
    span: spanOf(root.node),
  };
}

/** `clf = MLPClassifier().fit(X, y)`; in a pipeline it has the name of its class. */
function perceptronName(root: Module, run: Run): string | undefined {
  if (!isPerceptron(root)) return undefined;
  const fitted = run.uses.find(({ network }) => network === root);
  const { symbol } = root.layer;
  return (fitted && run.nameOf(fitted.node)) ?? symbol.slice(symbol.lastIndexOf(".") + 1);
}

/** The function that gives a container to others; for a class only where several functions make networks of it. */
function builderOf(root: Family, run: Run): Builder | undefined {
  const own = run.returned.get(root)?.definition;
  if (own?.type !== "function") return undefined;
  if (root.type === "module") return own;
  const all = [...run.returned].flatMap(([value, { definition }]) =>
    value.type === "instance" && value.of === root.of ? [definition] : [],
  );
  return new Set(all).size > 1 ? own : undefined;
}

/** The function that a call stands in. */
function enclosing(node: Expression, run: Run): FunctionDefinition | undefined {
  let found: FunctionDefinition | undefined;
  for (const definition of run.unit.scopes.keys()) {
    if (!("parameters" in definition) || node.from < definition.from || node.to > definition.to) continue;
    if (!found || definition.from > found.from) found = definition;
  }
  return found;
}

function frameworkFor(root: Family, drafts: readonly Draft[]): FrameworkId {
  const layer =
    drafts[0]?.module.layer?.framework ?? (root.type === "module" ? root.layer?.framework : undefined);
  if (layer) return layer;
  const base =
    root.type === "instance" ? root.of.foreignBases.flatMap((symbol) => frameworkOf(symbol)?.id ?? []) : [];
  return base[0] ?? "pytorch";
}

function isPretrained(root: Family, run: Run): boolean {
  return (
    isRestored(root, run) || run.loaded.has(root) || familyOf(root).some(([, one]) => run.loaded.has(one))
  );
}
