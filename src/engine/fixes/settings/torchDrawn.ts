/** PyTorch's own weights drawn anew, by a loop behind the code that makes the layers. */
import type { Layer, Network, Span } from "../../model.ts";
import type { ClassDefinition } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import type { CodeIndex, Indexed } from "../codeIndex.ts";
import { familyFor } from "../outcome.ts";
import { type Edits, indentStep, lineAfter, symbolOf, textOf } from "./call.ts";
import { referBeside } from "./referBeside.ts";
import { toldOf } from "./torchRedrawn.ts";

/** @param layers of one network, whose weights are PyTorch's own */
export function drawnAnew(network: Network, layers: readonly Layer[], unit: Unit, index: CodeIndex): Edits {
  const place = placeOf(network, unit, index);
  // Weights that are written are drawn where they are written: a loop over all would draw them once more.
  if (!place || network.layers.some(({ weights }) => weights.span)) return undefined;
  const groups = new Map<string, Layer[]>();
  for (const layer of layers) {
    const key = `${familyFor(layer)} ${toldOf(layer, network.span, unit)} ${hasOwnBias(layer)}`;
    groups.set(key, [...(groups.get(key) ?? []), layer]);
  }
  const lines = [...groups.values()].map((group) =>
    linesFor(network, group, groups.size === 1, place, unit, index),
  );
  if (lines.includes(undefined)) return undefined;
  const edit = lineAfter(
    place.statement,
    lines.flatMap((one) => one ?? []),
    unit,
  );
  return edit && [edit];
}

/** As PyTorch draws it: a bias whose first value is written keeps that. */
const hasOwnBias = ({ bias }: Layer): boolean => bias?.span === undefined;

/** Draws layers of which each is told the same. */
function linesFor(
  network: Network,
  layers: readonly Layer[],
  isAll: boolean,
  place: Place,
  unit: Unit,
  index: CodeIndex,
): readonly string[] | undefined {
  const made = layers.map((layer) => index.at(layer.span));
  const [one] = made;
  const [first] = layers;
  if (!one || !first || made.some((found) => !isKind(found, unit))) return undefined;
  const isGlorot = familyFor(first) === "glorot";
  const name = isGlorot ? "xavier_uniform_" : "kaiming_normal_";
  const init = referBeside(`torch.nn.init.${name}`, one.scope, unit);
  const zeros = referBeside("torch.nn.init.zeros_", one.scope, unit);
  if (!init || !zeros || init.imports.length > 0 || zeros.imports.length > 0) return undefined;
  const loop = loopOver(network, layers, made as readonly Indexed[], isAll, place, unit, index);
  if (!loop || one.scope.lookup(loop.variable)) return undefined;
  const step = indentStep(unit);
  const depth = step.repeat(loop.depth);
  const told = isGlorot ? "" : `, ${toldOf(first, network.span, unit)}`;
  const zero = `${zeros.text}(${loop.variable}.bias)`;
  const biases = !hasOwnBias(first)
    ? []
    : layers.every(({ bias }) => bias)
      ? [`${depth}${zero}`]
      : layers.some(({ bias }) => bias)
        ? [`${depth}if ${loop.variable}.bias is not None:`, `${depth}${step}${zero}`]
        : [];
  return [...loop.lines, `${depth}${init.text}(${loop.variable}.weight${told})`, ...biases];
}

const isKind = (found: Indexed | undefined, unit: Unit): boolean =>
  found?.node.type === "call" &&
  /^torch\.nn\.(?:Linear|Conv[123]d)$/.test(symbolOf(found.node, found.scope, unit));

interface Place {
  readonly statement: Span;
  /** The model, as it is called there. */
  readonly owner: string;
  readonly isClass: boolean;
}

/** Behind `model = nn.Sequential(...)`, or at the end of a class's `__init__`. */
function placeOf({ span }: Network, unit: Unit, index: CodeIndex): Place | undefined {
  const own = index.classes.find(({ nameSpan, to }) => nameSpan.from === span.from && to === span.to);
  if (own) return endOfInit(own);
  const statement = index.statementAt(span);
  if (
    statement?.type !== "assignment" ||
    statement.value?.from !== span.from ||
    statement.value.to !== span.to
  )
    return undefined;
  const [target, ...others] = statement.targets;
  if (!target || others.length > 0 || (target.type !== "name" && target.type !== "attribute"))
    return undefined;
  return { statement, owner: textOf(target, unit), isClass: false };
}

function endOfInit({ body }: ClassDefinition): Place | undefined {
  const init = body.find((one) => one.type === "function" && one.name === "__init__");
  const last = init?.type === "function" ? init.body.at(-1) : undefined;
  const isSimple = last?.type === "assignment" || last?.type === "expression";
  return isSimple ? { statement: last, owner: "self", isClass: true } : undefined;
}

interface Loop {
  readonly variable: string;
  /** Steps of indentation of what is done with each. */
  readonly depth: number;
  readonly lines: readonly string[];
}

/** Layers that are named one by one, rather than found among all modules. */
const MOST_NAMED = 8;

/**
 * Over the layers themselves where each can be named; else over all modules of these kinds, where the only ones beside
 * them are outputs.
 */
function loopOver(
  network: Network,
  layers: readonly Layer[],
  made: readonly Indexed[],
  isAll: boolean,
  { owner, isClass }: Place,
  unit: Unit,
  index: CodeIndex,
): Loop | undefined {
  const step = indentStep(unit);
  const others = network.layers.filter((layer) => !layers.includes(layer));
  const paths = isClass ? layers.map(pathOf) : placesIn(network, made, unit, index);
  const named = [...new Set(paths)];
  const list = isClass ? listOf(named, made, unit, index) : undefined;
  if (list !== undefined && !others.some((layer) => pathOf(layer)?.startsWith(`${list}[`)))
    return { variable: "layer", depth: 1, lines: [`for layer in ${owner}${list}:`] };
  if (others.length > 0 && named.length <= MOST_NAMED && !named.includes(undefined)) {
    const all = named.map((path) => owner + path);
    return all[0] !== undefined && all.length === 1
      ? { variable: all[0], depth: 0, lines: [] }
      : { variable: "layer", depth: 1, lines: forEach(all, step) };
  }
  if (!isAll || others.some((other) => !other.isOutput || other.normalisation)) return undefined;
  const kinds = [...new Set(made.map(({ node }) => node.type === "call" && textOf(node.callee, unit)))];
  return {
    variable: "module",
    depth: 2,
    lines: [
      `for module in ${owner}.modules():`,
      `${step}if isinstance(module, ${kinds.length > 1 ? `(${kinds.join(", ")})` : kinds[0]}):`,
    ],
  };
}

/** `.hidden` of `.hidden[0]`, `.hidden[1]`, ...: a list of nothing else, `nn.ModuleList(nn.Linear(n, n) for _ in range(5))`. */
function listOf(
  paths: readonly (string | undefined)[],
  made: readonly Indexed[],
  unit: Unit,
  index: CodeIndex,
): string | undefined {
  const [path] = paths;
  const list = path?.endsWith("[0]") ? path.slice(0, -"[0]".length) : undefined;
  if (paths.length < 2 || paths.some((one, at) => one !== `${list}[${at}]`)) return undefined;
  const [one] = made;
  if (!one || made.some(({ node }) => node !== one.node)) return undefined;
  const isWhole = index.calls.some(({ node, scope }) => {
    const [given, ...others] = node.arguments;
    return (
      symbolOf(node, scope, unit) === "torch.nn.ModuleList" &&
      others.length === 0 &&
      given?.value.type === "comprehension" &&
      given.value.element === one.node
    );
  });
  return isWhole ? list : undefined;
}

/** Longest line that a formatter leaves as it is: Black's limit, less some indentation. */
const LONGEST_LINE = 80;

function forEach(names: readonly string[], step: string): readonly string[] {
  const line = `for layer in (${names.join(", ")}):`;
  return line.length <= LONGEST_LINE
    ? [line]
    : ["for layer in (", ...names.map((name) => `${step}${name},`), "):"];
}

/** `.features[0]` of `features.0` */
const pathOf = ({ name }: Layer): string | undefined =>
  name !== undefined && /^[A-Za-z_]\w*(?:\.\w+)*$/.test(name)
    ? `.${name}`.replace(/\.(\d+)(?=\.|$)/g, "[$1]")
    : undefined;

/** `[0]`: places in a flat `nn.Sequential`. */
function placesIn(
  network: Network,
  made: readonly Indexed[],
  unit: Unit,
  index: CodeIndex,
): readonly (string | undefined)[] {
  const found = index.at(network.span);
  const isFlat =
    found?.node.type === "call" && symbolOf(found.node, found.scope, unit) === "torch.nn.Sequential";
  const items = isFlat && found.node.type === "call" ? found.node.arguments : [];
  if (items.some(({ spread, name }) => spread || name !== undefined)) return [undefined];
  return made.map(({ node }) => {
    const at = items.findIndex(({ value }) => value === node);
    return at < 0 ? undefined : `[${at}]`;
  });
}
