/** Initialisers that layers are given as an argument: He's by name, which takes no slope, and variance over fan. */
import type { Edit } from "../../model.ts";
import type { Scope } from "../../syntax/scopes.ts";
import { type Argument, argumentOf, type Call, type Expression, lastName } from "../../syntax/tree.ts";
import type { Unit } from "../../units.ts";
import type { CodeIndex } from "../codeIndex.ts";
import { replace } from "../edits.ts";
import { refer } from "../names/refer.ts";
import { quoted } from "../settings/call.ts";
import { referBeside } from "../settings/referBeside.ts";
import type { Gains, Whole } from "./gains.ts";

/** Layers from which He's initialiser, which takes no slope, is written out: 4 % a layer at 0.2 make 37 % in 8. */
export const DEEP_FROM = 8;

const NOTHING: Gains = { edits: [], imports: [], notes: [] };

/** He's scale is 2 over the inputs, that for a slope a 2 / (1 + a²) (He et al. 2015, arXiv:1502.01852). */
const RELU_SCALE = 2;
const scaleFor = (slope: number): number => Number((RELU_SCALE / (1 + slope ** 2)).toPrecision(6));

const HE = /^(?:he|kaiming)_?(normal|uniform)$/i;
const VARIANCE = /^variance_?scaling$/i;

interface Given {
  readonly argument: Argument;
  readonly scope: Scope;
}

export function namedGain(
  { argument, scope }: Given,
  slope: number,
  network: Whole,
  unit: Unit,
  index: CodeIndex,
): Gains {
  const value = network.isWhole ? meantBy(argument.value, scope) : argument.value;
  const name = nameOf(value);
  if (value.type === "call" && VARIANCE.test(name)) return { ...NOTHING, edits: rescaled(value, slope) };
  const form = HE.exec(name)?.[1]?.toLowerCase();
  if (form === undefined) return NOTHING;
  const isPlain = value.type === "string" || (value.type === "call" && value.arguments.length === 0);
  const written =
    network.isDeep && isPlain ? writtenOut(value, argument, form, scope, slope, unit, index) : undefined;
  const off = Math.round(slope ** 2 * 100);
  return (
    written ?? {
      ...NOTHING,
      notes: [`He's initialiser takes no slope here: the signal's variance grows by ${off} % a layer.`],
    }
  );
}

/** What a name of the file stands for, where it stands for one thing; else the expression itself. */
export function meantBy(value: Expression, scope: Scope): Expression {
  const [binding, ...others] = value.type === "name" ? (scope.lookup(value.name) ?? []) : [];
  return binding?.kind === "value" && others.length === 0 ? binding.value : value;
}

/** `he_normal` of `"he_normal"`, `nn.initializers.he_normal()` or `he_normal`. */
const nameOf = (value: Expression): string =>
  (value.type === "string" ? value.value : lastName(value.type === "call" ? value.callee : value)) ?? "";

/** `VarianceScaling(2.0, ...)` -> `VarianceScaling(1.92308, ...)`; another scale was not meant for a rectifier. */
function rescaled(call: Call, slope: number): readonly Edit[] {
  const scale = argumentOf(call, "scale", 0)?.value;
  return call.closed && scale?.type === "number" && scale.value === RELU_SCALE
    ? [replace(scale, `${scaleFor(slope)}`)]
    : [];
}

/** The same as variance over fan, which takes the slope's scale; undefined where that can't be named. */
function writtenOut(
  value: Expression,
  argument: Argument,
  form: string,
  scope: Scope,
  slope: number,
  unit: Unit,
  index: CodeIndex,
): Gains | undefined {
  const callee = index.itemsOf(argument.value)?.call?.callee;
  const scale = scaleFor(slope);
  const word = (one: string): string => quoted(one, argument, unit);
  if (unit.language === "javascript") {
    const name = referBeside("tf.initializers.varianceScaling", scope, unit);
    if (!name || name.imports.length > 0 || value.type !== "string") return undefined;
    // Its `normal` is what heNormal draws; any other word would be drawn as a uniform.
    const text = `${name.text}({ scale: ${scale}, mode: ${word("fanIn")}, distribution: ${word(form)} })`;
    return { ...NOTHING, edits: [replace(value, text)] };
  }
  const [mode, drawn] = [word("fan_in"), word(form === "normal" ? "truncated_normal" : "uniform")];
  const symbol = value.type === "call" ? unit.names.resolve(value.callee, scope)?.symbol : "keras.";
  const module = symbol?.slice(0, symbol.lastIndexOf(".")) ?? "";
  if (module.startsWith("keras")) {
    const name = refer("keras.initializers.VarianceScaling", callee, scope, unit);
    const text = `${name?.text}(scale=${scale}, mode=${mode}, distribution=${drawn})`;
    return name && { ...NOTHING, edits: [replace(value, text)], imports: name.imports };
  }
  if (value.type !== "call" || !/^(?:jax|flax)\./.test(module)) return undefined;
  const name = refer(`${module}.variance_scaling`, value.callee, scope, unit);
  const text = `${name?.text}(${scale}, ${mode}, ${drawn})`;
  return name && { ...NOTHING, edits: [replace(value, text)], imports: name.imports };
}
