/** Edits of how weights and biases are drawn, and of layers' widths. */
import { layerOf } from "../frameworks/index.ts";
import type { Edit, Layer, Network, Span } from "../model.ts";
import type { Call } from "../syntax/tree.ts";
import { argumentOf } from "../syntax/tree.ts";
import type { Unit } from "../units.ts";
import { type CodeIndex, type Indexed, indentOf } from "./codeIndex.ts";
import { withSpread } from "./drawnWeights.ts";
import { lineEnding } from "./imports.ts";
import { replace } from "./proposal.ts";
import { refer } from "./refer.ts";
import { isLiteral } from "./trainingFixes.ts";

type Edits = readonly Edit[] | undefined;

/** One edit list of several; undefined where one of them can't be made, or there is none. Each place once. */
function all(list: readonly Edits[]): Edits {
  if (list.length === 0 || list.includes(undefined)) return undefined;
  const edits = list.flatMap((one) => one ?? []);
  return [...new Map(edits.map((edit) => [`${edit.span.from} ${edit.span.to} ${edit.text}`, edit])).values()];
}

const distinct = (spans: readonly (Span | undefined)[]): readonly Span[] => [
  ...new Map(spans.flatMap((span) => (span ? [[`${span.from} ${span.to}`, span] as const] : []))).values(),
];

/** Weights with a spread that suits what follows, where it is written how they are drawn; else PyTorch's drawn anew. */
export function initialiser(network: Network, layers: readonly Layer[], unit: Unit, index: CodeIndex): Edits {
  if (network.framework === "tensorflow") return withSpread(network, layers, unit, index);
  const spans = distinct(layers.map(({ weights }) => weights.span));
  const edits = spans.map((span) => {
    const layer = layers.find(({ weights }) => weights.span?.from === span.from);
    return layer && redrawn(span, layer, unit, index);
  });
  if (spans.length > 0) return all(edits);
  return network.framework === "pytorch" ? drawnAnew(network, layers, unit, index) : undefined;
}

function redrawn(span: Span, layer: Layer, unit: Unit, index: CodeIndex): Edits {
  const activation = layer.site?.activation ?? "linear";
  const isRectified = /relu/.test(activation);
  const given = index.argumentAt(span);
  if (given) {
    const quote = unit.text[given.argument.value.to - 1] === "'" ? "'" : '"';
    return [replace(given.argument.value, `${quote}${isRectified ? "he_normal" : "glorot_uniform"}${quote}`)];
  }
  const found = index.at(span);
  if (found?.node.type !== "call" || !found.node.closed) return undefined;
  const target = targetOf(found.node, unit);
  if (target === undefined) return undefined;
  const slope = layer.site?.parameters.negative_slope;
  const told =
    slope === undefined || activation === "relu"
      ? 'nonlinearity="relu"'
      : `a=${slope}, nonlinearity="leaky_relu"`;
  const isUniform = /uniform_$/.test(calleeName(found.node));
  const form = isUniform ? "uniform_" : "normal_";
  return isRectified
    ? rewritten(found, `kaiming_${form}`, `${target}, ${told}`, unit)
    : rewritten(found, `xavier_${form}`, target, unit);
}

const calleeName = ({ callee }: Call): string =>
  callee.type === "attribute" || callee.type === "name" ? callee.name : "";

/** The tensor that `nn.init.zeros_(w)` or `w.data.zero_()` fills, as it is written. */
function targetOf(call: Call, { text }: Unit): string | undefined {
  const { callee, arguments: given } = call;
  if (/^(?:fill|zero|normal|uniform|trunc_normal)_$/.test(calleeName(call)) && callee.type === "attribute") {
    const receiver = text.slice(callee.object.from, callee.object.to);
    if (/(?:weight|bias)(?:\.data)?$/.test(receiver)) return receiver;
  }
  const first = argumentOf(call, "tensor", 0);
  return first && given.length > 0 ? text.slice(first.value.from, first.value.to) : undefined;
}

/** Another function of `torch.nn.init` in the place of a call. */
function rewritten({ node, scope }: Indexed, name: string, given: string, unit: Unit): Edits {
  if (node.type !== "call") return undefined;
  const isInit = unit.names.resolve(node.callee, scope)?.symbol.startsWith("torch.nn.init.");
  const refered = refer(`torch.nn.init.${name}`, isInit ? node.callee : undefined, scope, unit);
  return refered && [...refered.imports, replace(node, `${refered.text}(${given})`)];
}

/** `for module in model.modules(): ...` behind the code that makes the layers. */
function drawnAnew(network: Network, layers: readonly Layer[], unit: Unit, index: CodeIndex): Edits {
  if (layers.length === 0 || layers.some(({ site }) => site && !/relu/.test(site.activation)))
    return undefined;
  const place = endOfMaking(network, unit, index);
  if (!place) return undefined;
  const kinds = new Set<string>();
  for (const { span } of layers) {
    const made = index.at(span)?.node;
    if (made?.type !== "call") return undefined;
    kinds.add(unit.text.slice(made.callee.from, made.callee.to));
  }
  const [one] = layers;
  const made = one && index.at(one.span);
  if (made?.node.type !== "call" || ![...kinds].every((kind) => /(?:Linear|Conv[123]d)$/.test(kind)))
    return undefined;
  const init = refer("torch.nn.init.kaiming_normal_", made.node.callee, made.scope, unit);
  const zeros = refer("torch.nn.init.zeros_", made.node.callee, made.scope, unit);
  if (!init || !zeros || init.imports.length > 0 || made.scope.lookup("module")) return undefined;
  const { at, owner, indent } = place;
  const step = /\n([ \t]+)\S/.exec(unit.text)?.[1]?.includes("\t") ? "\t" : "    ";
  const lines = [
    `for module in ${owner}.modules():`,
    `${step}if isinstance(module, ${kinds.size > 1 ? `(${[...kinds].join(", ")})` : [...kinds].join("")}):`,
    `${step}${step}${init.text}(module.weight, nonlinearity="relu")`,
    ...(layers.every(({ bias }) => bias) ? [`${step}${step}${zeros.text}(module.bias)`] : []),
  ];
  return [
    {
      span: { from: at, to: at },
      text: lines.map((line) => `${lineEnding(unit.text)}${indent}${line}`).join(""),
    },
  ];
}

interface Making {
  readonly at: number;
  readonly owner: string;
  readonly indent: string;
}

/** Behind `model = nn.Sequential(...)`, or at the end of a class's `__init__`. */
function endOfMaking({ span }: Network, unit: Unit, index: CodeIndex): Making | undefined {
  const init = index.functions.find(
    ({ name, from, to }) => name === "__init__" && span.from <= from && to <= span.to,
  );
  const last = init?.body.at(-1);
  const statement = init ? last : index.statementAt(span);
  if (!statement) return undefined;
  const indent = indentOf(statement, unit.text);
  const [target] = statement.type === "assignment" ? statement.targets : [];
  const isModel =
    statement.type === "assignment" &&
    statement.value?.from === span.from &&
    target?.type === "name" &&
    statement.targets.length === 1;
  if (indent === undefined || (!init && !isModel)) return undefined;
  const rest = /^[ \t]*(?:#[^\r\n]*)?(?=\r|\n|$)/.exec(unit.text.slice(statement.to));
  const isSimple = statement.type === "assignment" || statement.type === "expression";
  if (!rest || !isSimple) return undefined;
  return {
    at: statement.to + rest[0].length,
    owner: init ? "self" : target?.type === "name" ? target.name : "model",
    indent,
  };
}

/** Biases that start below 0, at 0. */
export function zeroBias(layers: readonly Layer[], unit: Unit, index: CodeIndex): Edits {
  const low = layers.filter(({ bias }) => (bias?.value.mean ?? 0) < 0);
  return all(
    distinct(low.map(({ bias }) => bias?.span)).map((span) => {
      const given = index.argumentAt(span);
      if (given) {
        const quote = unit.text.includes("'") && !unit.text.includes('"') ? "'" : '"';
        return [replace(given.argument.value, `${quote}zeros${quote}`)];
      }
      const found = index.at(span);
      if (found?.node.type !== "call" || !found.node.closed) return undefined;
      const symbol = unit.names.resolve(found.node.callee, found.scope)?.symbol;
      if (symbol?.startsWith("tensorflow.")) return undefined;
      const target = targetOf(found.node, unit);
      return target === undefined ? undefined : rewritten(found, "zeros_", target, unit);
    }),
  );
}

/** A batch normalisation in front of each activation that is an item of its own in a PyTorch container. */
export function batchNorm(layers: readonly Layer[], unit: Unit, index: CodeIndex): Edits {
  const missing = layers.filter(({ normalisation, site }) => !normalisation && site);
  return all(
    missing.map((layer) => {
      const { site, units } = layer;
      const own = site && index.at(site.span);
      const isAlone = layers.filter((other) => other.site?.span.from === site?.span.from).length === 1;
      if (!own || !site || units === null || !isAlone || site.framework !== "pytorch") return undefined;
      if (own.node.type !== "call" || site.kind !== "class_call") return undefined;
      const place = index.itemsOf(own.node);
      const container = place?.call && unit.text.slice(place.call.callee.from, place.call.callee.to);
      const made = index.at(layer.span)?.node;
      if (!container || !/Sequential$/.test(container) || made?.type !== "call") return undefined;
      const axes = layer.kind === "dense" ? "1" : /Conv([123])d$/.exec(calleeName(made))?.[1];
      const name = axes && refer(`torch.nn.BatchNorm${axes}d`, own.node.callee, own.scope, unit);
      if (!name || name.imports.length > 0) return undefined;
      const indent = indentOf(own.node, unit.text);
      const between = indent === undefined ? ", " : `,${lineEnding(unit.text)}${indent}`;
      return [{ span: { from: own.node.from, to: own.node.from }, text: `${name.text}(${units})${between}` }];
    }),
  );
}

const UNITS = /^(?:units|out_features)$/;
const INPUTS = /^(?:in_features)$/;

/** More units, and as many inputs of the layers behind, where both are numbers in their calls. */
export function widen(
  layer: Layer,
  readers: readonly Layer[],
  units: number,
  unit: Unit,
  index: CodeIndex,
): Edits {
  if (layer.units === null) return undefined;
  const was = layer.units;
  const own = numberAt(layer, UNITS, was, unit, index);
  if (own === undefined || readers.some((reader) => reader.span.from === layer.span.from)) return undefined;
  const behind = readers.map((reader) => numberAt(reader, INPUTS, was, unit, index));
  if (behind.includes(undefined)) return undefined;
  return [own, ...behind].flatMap((span) =>
    span && span !== "inferred" ? [{ span, text: String(units) }] : [],
  );
}

/** The number of that argument; `inferred` where the layer takes none. */
function numberAt(
  layer: Layer,
  names: RegExp,
  value: number,
  unit: Unit,
  index: CodeIndex,
): Span | "inferred" | undefined {
  const found = index.at(layer.span);
  if (found?.node.type !== "call") return undefined;
  const symbol = unit.names.resolve(found.node.callee, found.scope)?.symbol;
  const parameter = symbol ? layerOf(symbol)?.parameters.find(({ name }) => names.test(name)) : undefined;
  if (symbol && !parameter && names === INPUTS) return "inferred";
  const given = parameter && argumentOf(found.node, parameter.name, parameter.position)?.value;
  return given && isLiteral(given, value, unit) ? { from: given.from, to: given.to } : undefined;
}
