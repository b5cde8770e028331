/** ReLU -> Leaky ReLU at one site, as someone who knows the framework would write it by hand, or the reason why not. */
import type { FoundSite } from "../detect.ts";
import { type Form, type Spelling, spellingsOf } from "../frameworks/index.ts";
import type { Edit, Fix } from "../model.ts";
import type { Expression } from "../syntax/tree.ts";
import type { Unit } from "../units.ts";
import { slopeArgument } from "./kerasVersion.ts";
import { type Reference, refer, referStandard } from "./refer.ts";
import { rewriteArguments } from "./rewriteCall.ts";

/**
 * Slope of the negative half: the value of Maas, Hannun and Ng 2013 and PyTorch's default. It is always written out,
 * since the frameworks' own defaults are 0.01, 0.2 and 0.3.
 */
export const SLOPE = 0.01;

export type Proposal = { readonly fix: Fix } | { readonly reason: string };

type Written =
  | { readonly edits: readonly Edit[]; readonly target: Spelling; readonly isPassedOn?: boolean }
  | { readonly reason: string };

export function leakyRelu(found: FoundSite, unit: Unit): Proposal {
  if (found.via === "variable")
    return { reason: "Leaky ReLU is switched to where this variable gets its value" };
  const target = targetOf(found);
  if (!target) return { reason: `${found.site.framework} has no Leaky ReLU that could be written here` };
  const written = write(found, target, unit);
  if ("reason" in written) return { reason: `Leaky ReLU can't be written here: ${written.reason}` };
  const note = written.isPassedOn
    ? "It is called elsewhere: check that the slope is not given there too."
    : slopeName(written.target, unit) === "alpha" && written.target.framework === "keras"
      ? "Keras 2 calls the slope alpha, Keras 3 negative_slope; this file is written for Keras 2."
      : undefined;
  return {
    fix: {
      title: `Switch to Leaky ReLU (${slope(written.target, unit)})`,
      kind: "leaky-relu",
      edits: written.edits,
      applicability: written.isPassedOn ? "changes-training" : "safe",
      ...(note === undefined ? {} : { note }),
    },
  };
}

/** The layer or function that takes the site's place. */
function targetOf({ site, spelling, call }: FoundSite): Spelling | undefined {
  const form: Form =
    site.kind === "string_arg" ? "layer" : spelling.form === "method" ? "function" : spelling.form;
  const candidates = spellingsOf("leaky_relu", site.framework, form);
  const isInPlace = spelling.symbol.endsWith("_");
  const module = spelling.symbol.slice(0, spelling.symbol.lastIndexOf("."));
  const suits = candidates.filter((candidate) => candidate.symbol.endsWith("_") === isInPlace);
  if (call === undefined && suits.length === 0) return undefined;
  return suits.find((candidate) => candidate.symbol.startsWith(`${module}.`)) ?? suits[0];
}

/** The argument that takes the slope: the parameter with a default, behind the input. */
function slopeName(target: Spelling, unit: Unit): string {
  if (target.framework === "keras") return slopeArgument(unit.text);
  return target.parameters.find((parameter) => parameter.default !== undefined)?.name ?? "negative_slope";
}

const slope = (target: Spelling, unit: Unit): string => `${slopeName(target, unit)}=${SLOPE}`;

function write(found: FoundSite, target: Spelling, unit: Unit): Written {
  const { site, call } = found;
  switch (site.kind) {
    case "class_call":
    case "func_call":
      return call ? rewriteCall(found, target, unit) : { reason: "the call is not complete" };
    case "method_call":
      return rewriteMethod(found, target, unit);
    case "string_arg":
      return rewriteString(found, target, unit);
    case "reference":
    case "partial":
      return rewriteReference(found, target, unit);
    default:
      return { reason: "the activation is looked up by its name" };
  }
}

const NO_NAME = { reason: "its name is used for something else in this file" };
const OPEN_CALL = { reason: "the call is not closed yet" };

/** `nn.ReLU(inplace=True)`, `F.relu(x)`. */
function rewriteCall({ call, spelling, scope }: FoundSite, target: Spelling, unit: Unit): Written {
  if (!call?.closed) return OPEN_CALL;
  const name = refer(target.symbol, call.callee, scope, unit);
  if (!name) return NO_NAME;
  const rewritten = rewriteArguments(call, spelling, target, [slope(target, unit)]);
  if ("reason" in rewritten) return rewritten;
  return { edits: [...name.imports, replace(call.callee, name.text), ...rewritten.edits], target };
}

/** `x.relu()` -> `F.leaky_relu(x, negative_slope=0.01)`. */
function rewriteMethod({ call, scope }: FoundSite, target: Spelling, unit: Unit): Written {
  if (!call?.closed || call.callee.type !== "attribute") return OPEN_CALL;
  const name = refer(target.symbol, undefined, scope, unit);
  if (!name) return NO_NAME;
  const dot = unit.text.lastIndexOf(".", call.callee.nameSpan.from - 1);
  return {
    edits: [
      ...name.imports,
      { span: { from: call.from, to: call.from }, text: `${name.text}(` },
      { span: { from: dot, to: call.to }, text: `, ${slope(target, unit)})` },
    ],
    target,
  };
}

/** `Dense(64, activation="relu")` -> `activation=layers.LeakyReLU(...)`; `Activation("relu")` -> `LeakyReLU(...)`. */
function rewriteString({ site, node, call, scope }: FoundSite, target: Spelling, unit: Unit): Written {
  if (site.framework !== "keras" || site.certainty === "likely") {
    return { reason: "it is chosen by a name, and which names are understood there is not known" };
  }
  if (!call?.closed) return OPEN_CALL;
  const owner = unit.names.resolve(call.callee, scope)?.symbol;
  if (owner === "keras.activations.get") return { reason: "the function is looked up by its name" };
  const name = refer(target.symbol, call.callee, scope, unit);
  if (!name) return NO_NAME;
  if (owner === "keras.layers.Activation") {
    const argument = call.arguments.find(({ value }) => value === node);
    if (!argument) return { reason: "the activation is chosen by an expression" };
    return {
      edits: [...name.imports, replace(call.callee, name.text), replace(argument, slope(target, unit))],
      target,
    };
  }
  return { edits: [...name.imports, replace(node, `${name.text}(${slope(target, unit)})`)], target };
}

/** `act_layer=nn.ReLU` -> `act_layer=partial(nn.LeakyReLU, negative_slope=0.01)`: it is called somewhere else. */
function rewriteReference(found: FoundSite, target: Spelling, unit: Unit): Written {
  const { node, call, scope, site } = found;
  const layer = kerasLayerTaking(found, unit);
  if (layer) {
    const name = refer(layer.symbol, call?.callee, scope, unit);
    if (!name) return NO_NAME;
    return { edits: [...name.imports, replace(node, `${name.text}(${slope(layer, unit)})`)], target: layer };
  }
  if (site.framework === "keras")
    return { reason: "the class or function is handed on, to be called elsewhere" };
  const name = refer(target.symbol, node, scope, unit);
  const partial: Reference | undefined =
    site.kind === "partial" && call
      ? { text: "", imports: [] }
      : referStandard("functools", "partial", scope, unit);
  if (!name || !partial) return NO_NAME;
  const written =
    partial.text === ""
      ? `${name.text}, ${slope(target, unit)}`
      : `${partial.text}(${name.text}, ${slope(target, unit)})`;
  return {
    edits: [...name.imports, ...partial.imports, replace(node, written)],
    target,
    isPassedOn: true,
  };
}

/** A Keras layer that this function is handed to takes a LeakyReLU layer in its place, and can still be saved. */
function kerasLayerTaking({ call, scope, spelling }: FoundSite, unit: Unit): Spelling | undefined {
  const owner = call && unit.names.resolve(call.callee, scope)?.symbol;
  if (spelling.form !== "function" || !owner?.startsWith("keras.layers.")) return undefined;
  return spellingsOf("leaky_relu", "keras", "layer")[0];
}

const replace = ({ from, to }: Expression | { from: number; to: number }, text: string): Edit => ({
  span: { from, to },
  text,
});
