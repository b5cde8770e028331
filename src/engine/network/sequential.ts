/** A Sequential that is written out -> its layers. What can't be read becomes a gap; a width is never guessed. */
import type { FoundSite } from "../detect.ts";
import { type LayerSpelling, layerOf } from "../frameworks/index.ts";
import type { Gap, Initialiser, Layer, Reading, Site } from "../model.ts";
import { constantOf, numberOf } from "../syntax/constants.ts";
import type { Scope } from "../syntax/scopes.ts";
import { type Argument, argumentOf, type Call, type Expression, spanOf } from "../syntax/tree.ts";
import type { Unit } from "../units.ts";
import { kerasInitialiser, TORCH_DEFAULT } from "./initialisers.ts";
import { inputShape, perAxis, type Shape, slide, volume } from "./shapes.ts";

export interface ReadLayers {
  readonly layers: readonly Layer[];
  readonly gaps: Gap[];
}

/** A layer while those that follow may still add to it. */
type Draft = { -readonly [K in keyof Layer]: Layer[K] };

/** @param siteOf the site that an expression is, if it is one */
export function readSequential(
  sequential: Call,
  scope: Scope,
  unit: Unit,
  siteOf: (node: Expression) => { readonly site: Site; readonly found: FoundSite } | undefined,
): ReadLayers {
  const layers: Draft[] = [];
  const gaps: Gap[] = [];
  let shape: Shape | undefined;
  /** Layers with weights so far, read or not. */
  let count = 0;
  /** The layer that what follows belongs to; undefined behind one that could not be read. */
  let current: Draft | undefined;
  const words = (node: Expression): string => shortened(unit.text.slice(node.from, node.to));
  const gap = (node: Expression, what: string): void => void gaps.push({ span: spanOf(node), what });

  const activate = (node: Expression, site: Site): void => {
    if (current && !current.site) current.site = site;
    else if (count === 0) gap(node, "an activation stands before the first layer with weights");
  };

  const item = (node: Expression): void => {
    const known = siteOf(node);
    if (known && node.type === "call") {
      activate(node, known.site);
      return;
    }
    const symbol = node.type === "call" ? unit.names.resolve(node.callee, scope)?.symbol : undefined;
    const spelling = symbol === undefined ? undefined : layerOf(symbol);
    if (node.type !== "call" || !spelling) {
      if (symbol === "keras.layers.Activation" && node.type === "call") {
        const argument = argumentOf(node, "activation", 0)?.value;
        const named = argument && siteOf(argument);
        if (argument && named) {
          activate(argument, named.site);
          return;
        }
      }
      count += 1;
      current = undefined;
      gap(node, `what ${words(node)} does is not known`);
      return;
    }
    layer(node, spelling);
  };

  const layer = (call: Call, spelling: LayerSpelling): void => {
    const isKeras = spelling.framework === "keras";
    if (isKeras) shape ??= inputShape(call, scope, spelling.role === "input" ? 0 : undefined);
    switch (spelling.role) {
      case "sequential":
        items(call);
        return;
      case "batch-norm":
      case "layer-norm": {
        const kind = spelling.role === "batch-norm" ? "batch" : "layer";
        if (current) current.normalisation ??= { kind, place: current.site ? "after" : "before" };
        return;
      }
      case "dense":
      case "conv": {
        count += 1;
        const made = isKeras ? kerasLayer(call, spelling) : torchLayer(call, spelling);
        current = typeof made === "string" ? undefined : made;
        if (typeof made === "string") gap(call, made);
        else layers.push(made);
        return;
      }
      case "flatten": {
        const size = shape && volume(shape);
        if (isKeras) shape = size === undefined ? undefined : [size];
        return;
      }
      case "pool-to-vector":
        if (shape) shape = shape.slice(-1);
        return;
      case "keeps-units":
        if (isKeras && shape && /Pool/.test(spelling.symbol)) shape = pooled(call, shape, scope);
        else if (isKeras && /Padding/.test(spelling.symbol))
          shape = shape?.map((size, axis, all) => (axis === all.length - 1 ? size : undefined));
        return;
    }
  };

  const torchLayer = (call: Call, spelling: LayerSpelling): Draft | string => {
    const [input, output] = spelling.parameters;
    const inputs = numberOf(argumentOf(call, input?.name ?? "", 0)?.value, scope);
    const units = numberOf(argumentOf(call, output?.name ?? "", 1)?.value, scope);
    if (inputs === undefined || units === undefined) return `width of layer ${count} is not known`;
    let kernelArea = 1;
    let groups = 1;
    if (spelling.role === "conv") {
      const rank = Number(/(\d)d$/.exec(spelling.symbol)?.[1] ?? 2);
      const kernel = volume(perAxis(constantArgument(call, "kernel_size", 2, scope), rank));
      const split = argumentOf(call, "groups", 6);
      const known = split ? numberOf(split.value, scope) : 1;
      if (kernel === undefined || known === undefined) return `kernel of layer ${count} is not known`;
      kernelArea = kernel;
      groups = known;
    }
    const hasBias = constantArgument(call, "bias", spelling.role === "conv" ? 7 : 2, scope) !== false;
    return draft(
      call,
      spelling.role === "conv" ? "conv" : "dense",
      (inputs / groups) * kernelArea,
      units,
      kernelArea,
      TORCH_DEFAULT,
      hasBias ? TORCH_DEFAULT : null,
    );
  };

  const kerasLayer = (call: Call, spelling: LayerSpelling): Draft | string => {
    const isConv = spelling.role === "conv";
    const units = numberOf(argumentOf(call, isConv ? "filters" : "units", 0)?.value, scope);
    const inputs = shape?.at(-1);
    const before = shape;
    if (units === undefined) {
      shape = undefined;
      return `width of layer ${count} is not known`;
    }
    // However many axes there are, a dense layer makes the last one as long as it is wide.
    shape = before ? [...before.slice(0, -1), units] : isConv ? undefined : [units];
    if (inputs === undefined || !before) return `width of the input of layer ${count} is not known`;
    let kernelArea = 1;
    if (isConv) {
      const spatial = before.slice(0, -1);
      const kernel = perAxis(constantArgument(call, "kernel_size", 1, scope), spatial.length);
      const stride = perAxis(constantArgument(call, "strides", 2, scope) ?? 1, spatial.length);
      const padding = constantArgument(call, "padding", 3, scope) === "same" ? "same" : "valid";
      const area = volume(kernel);
      if (area === undefined) return `kernel of layer ${count} is not known`;
      kernelArea = area;
      shape = [...slide(spatial, kernel, stride, padding), units];
    }
    const weights = kerasInitialiser(call, "kernel_initializer", scope, unit);
    const bias = kerasInitialiser(call, "bias_initializer", scope, unit);
    if (!weights || !bias) return `initialiser of layer ${count} is not known`;
    const hasBias = constantArgument(call, "use_bias", undefined, scope) !== false;
    const made = draft(
      call,
      isConv ? "conv" : "dense",
      inputs * kernelArea,
      units,
      kernelArea,
      weights,
      hasBias ? bias : null,
    );
    const activation = argumentOf(call, "activation", isConv ? 7 : 1)?.value;
    const site = activation && siteOf(activation)?.site;
    if (site) made.site = site;
    else if (activation && !(activation.type === "constant" && activation.value === null)) {
      return `what ${words(activation)} is as an activation is not known`;
    }
    return made;
  };

  const items = (call: Call): void => {
    for (const node of elementsOf(call, scope, unit)) {
      if (node.what === undefined) item(node.node);
      else gap(node.node, node.what);
    }
  };

  items(sequential);
  return { layers, gaps };
}

/** `Sequential(a, b)`, `Sequential([a, b])`, `Sequential(OrderedDict([("name", a), ...]))`. */
function elementsOf(call: Call, scope: Scope, unit: Unit): { node: Expression; what?: string }[] {
  const [first] = call.arguments;
  const inner = first?.value;
  let list: readonly Argument[] = call.arguments.filter(
    ({ name }) => name === undefined || name === "layers",
  );
  if (list.length === 1 && inner?.type === "sequence") list = inner.items;
  else if (
    list.length === 1 &&
    inner?.type === "call" &&
    unit.names.resolve(inner.callee, scope)?.symbol === "collections.OrderedDict"
  ) {
    const pairs = inner.arguments[0]?.value;
    if (pairs?.type !== "sequence") return [{ node: inner, what: "the layers are named elsewhere" }];
    return pairs.items.map(({ value }) => {
      const layer = value.type === "sequence" ? value.items[1]?.value : undefined;
      return layer ? { node: layer } : { node: value, what: "a layer is built in code that is not read yet" };
    });
  }
  return list.map(({ value, spread }) =>
    spread
      ? { node: value, what: "a list of layers is built in code that is not read yet" }
      : { node: value },
  );
}

function pooled(call: Call, shape: Shape, scope: Scope): Shape {
  const spatial = shape.slice(0, -1);
  const window = perAxis(constantArgument(call, "pool_size", 0, scope) ?? 2, spatial.length);
  const stride = perAxis(constantArgument(call, "strides", 1, scope) ?? null, spatial.length);
  const padding = constantArgument(call, "padding", 2, scope) === "same" ? "same" : "valid";
  const step = stride.every((size) => size === undefined) ? window : stride;
  return [...slide(spatial, window, step, padding), shape.at(-1)];
}

function draft(
  call: Call,
  kind: Layer["kind"],
  fanIn: number,
  units: number,
  kernelArea: number,
  weights: Reading<Initialiser>,
  bias: Reading<Initialiser> | null,
): Draft {
  const span = spanOf(call);
  return {
    kind,
    span,
    fanIn,
    units,
    kernelArea,
    weights,
    bias,
    normalisation: null,
    site: null,
    residual: false,
    dropout: 0,
  };
}

const constantArgument = (call: Call, name: string, position: number | undefined, scope: Scope) => {
  const argument = argumentOf(call, name, position);
  return argument && constantOf(argument.value, scope);
};

const shortened = (text: string): string => {
  const line = text.replace(/\s+/g, " ");
  return line.length > 40 ? `${line.slice(0, 37)}...` : line;
};
