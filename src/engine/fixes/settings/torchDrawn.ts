/** PyTorch's own weights drawn anew, by a loop behind the code that makes the layers. */
import type { Layer, Network, Span } from "../../model.ts";
import type { ClassDefinition } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import type { CodeIndex, Indexed } from "../codeIndex.ts";
import { familyFor } from "../outcome.ts";
import { type Edits, indentStep, lineAfter, symbolOf, textOf } from "./call.ts";
import { referBeside } from "./referBeside.ts";
import { toldOf } from "./torchRedrawn.ts";

/** @param layers of one network, whose weights and biases are PyTorch's own */
export function drawnAnew(network: Network, layers: readonly Layer[], unit: Unit, index: CodeIndex): Edits {
  const made = layers.map((layer) => index.at(layer.span));
  const [one] = made;
  const [first] = layers;
  if (!one || !first || made.some((found) => !isKind(found, unit))) return undefined;
  const told = new Set(layers.map((layer) => `${familyFor(layer)} ${toldOf(layer, network.span, unit)}`));
  const place = placeOf(network, unit, index);
  // Weights that are written are drawn where they are written: a loop over all would draw them once more.
  if (told.size !== 1 || !place || network.layers.some(({ weights }) => weights.span)) return undefined;
  const isGlorot = familyFor(first) === "glorot";
  const name = isGlorot ? "xavier_uniform_" : "kaiming_normal_";
  const init = referBeside(`torch.nn.init.${name}`, one.scope, unit);
  const zeros = referBeside("torch.nn.init.zeros_", one.scope, unit);
  if (!init || !zeros || init.imports.length > 0 || zeros.imports.length > 0) return undefined;
  const loop = loopOver(network, layers, made as readonly Indexed[], place, unit, index);
  if (!loop || one.scope.lookup(loop.variable)) return undefined;
  const step = indentStep(unit);
  const depth = step.repeat(loop.lines.length);
  const weight = `${loop.variable}.weight`;
  const given = isGlorot ? weight : `${weight}, ${toldOf(first, network.span, unit)}`;
  const zero = `${zeros.text}(${loop.variable}.bias)`;
  const biases = layers.every(({ bias }) => bias)
    ? [`${depth}${zero}`]
    : layers.some(({ bias }) => bias)
      ? [`${depth}if ${loop.variable}.bias is not None:`, `${depth}${step}${zero}`]
      : [];
  const lines = [...loop.lines, `${depth}${init.text}(${given})`, ...biases];
  const edit = lineAfter(place.statement, lines, unit);
  return edit && [edit];
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
  readonly lines: readonly string[];
}

/**
 * Over the layers by name where each has one of its own; else over all modules of these kinds, where the only ones
 * beside them are outputs, and of the same make.
 */
function loopOver(
  network: Network,
  layers: readonly Layer[],
  made: readonly Indexed[],
  { owner, isClass }: Place,
  unit: Unit,
  index: CodeIndex,
): Loop | undefined {
  const step = indentStep(unit);
  const names = new Set(layers.map(({ name }) => name));
  const others = network.layers.filter((layer) => !layers.includes(layer));
  const isPlain = isClass && [...names].every((name) => name !== undefined && /^[a-z_]\w*$/i.test(name));
  if (isPlain && others.length > 0 && names.size <= 6)
    return {
      variable: "layer",
      lines: [
        `for layer in (${[...names].map((name) => `${owner}.${name}`).join(", ")}${names.size === 1 ? "," : ""}):`,
      ],
    };
  if (others.some((other) => !other.isOutput || other.normalisation)) return undefined;
  const kinds = [...new Set(made.map(({ node }) => node.type === "call" && textOf(node.callee, unit)))];
  const tail = isClass ? undefined : tailOf(network, others, made, unit, index);
  const all = tail ? `${owner}[:-${tail}]` : `${owner}.modules()`;
  return {
    variable: "module",
    lines: [
      `for module in ${all}:`,
      `${step}if isinstance(module, ${kinds.length > 1 ? `(${kinds.join(", ")})` : kinds[0]}):`,
    ],
  };
}

/**
 * Items of a flat `nn.Sequential` from its output layer on, 0 where all layers are meant; undefined where the layers are
 * no items of it.
 */
function tailOf(
  network: Network,
  others: readonly Layer[],
  made: readonly Indexed[],
  unit: Unit,
  index: CodeIndex,
): number | undefined {
  const [output, ...more] = others;
  if (!output) return 0;
  const found = index.at(network.span);
  if (more.length > 0 || found?.node.type !== "call") return undefined;
  if (symbolOf(found.node, found.scope, unit) !== "torch.nn.Sequential") return undefined;
  const items = found.node.arguments;
  const at = items.findIndex(({ value }) => value.from === output.span.from && value.to === output.span.to);
  const isEach = made.every(({ node }) => items.some(({ value }) => value === node));
  return at < 0 || !isEach || items.some(({ spread }) => spread) ? undefined : items.length - at;
}
