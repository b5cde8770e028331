/** Switches where the class or function is handed on: `act_layer=nn.ReLU`. */
import type { FoundSite } from "../../detect.ts";
import { frameworkOf, layerOf, type Spelling, spellingsOf } from "../../frameworks/index.ts";
import type { Edit } from "../../model.ts";
import { argumentOf, type Call } from "../../syntax/tree.ts";
import { replace } from "../edits.ts";
import { type Reference, refer, referStandard } from "../names/refer.ts";
import { type Around, NO_NAME, type Written } from "./proposal.ts";
import { removal } from "./rewriteCall.ts";
import { argumentsFor, isInPlaceFlag, nameOf, slope, type Target } from "./target.ts";

/** Layers of torchvision that call the class they are given with `inplace=`, unless told `inplace=None`. */
const PASSES_IN_PLACE = /^torchvision\.ops\.Conv\w*NormActivation$/;

/** `act_layer=nn.ReLU` -> `act_layer=partial(nn.LeakyReLU, negative_slope=0.01)`: it is called somewhere else. */
export function rewriteReference(found: FoundSite, target: Target, to: Spelling, around: Around): Written {
  const { node, call, scope, site, spelling } = found;
  const { unit } = around;
  const owner = ownerOf(found, around);
  const isFunction = spelling.form === "function";
  if (owner?.startsWith("keras.layers.") && isFunction && call && target.id === "leaky_relu")
    return asKerasLayer(found, call, target, around);
  if (site.framework === "keras" && target.id === "leaky_relu")
    return { reason: "the class or function is handed on, to be called elsewhere" };
  if (to.symbol === "jax.example_libraries.stax.LeakyRelu")
    return { reason: "the LeakyRelu of stax has a slope of its own" };
  if (target.id === "prelu" && isFunction) return asModule(found, to, owner, around);

  const unsafe = takesInPlace(found, to, owner, around);
  if (unsafe) return { reason: unsafe };
  const name = refer(to.symbol, node, scope, unit);
  if (!name) return NO_NAME;
  const given = argumentsFor(target, to, unit);
  // A framework's own layer is known to call it with the input alone.
  const isPassedOn = !isKnownCaller(owner);
  if (site.kind === "partial" && call) {
    const kept = argumentsOfPartial(call, found, to, target, unit.text);
    if ("reason" in kept) return kept;
    const written = [name.text, ...given].join(", ");
    return {
      edits: [replace(node, written), ...kept.edits],
      imports: name.imports,
      target: to,
      isPassedOn,
    };
  }
  if (given.length === 0)
    return { edits: [replace(node, name.text)], imports: name.imports, target: to, isPassedOn };
  const partial: Reference | undefined = referStandard("functools", "partial", scope, unit, node.from);
  if (!partial) return NO_NAME;
  return {
    edits: [replace(node, `${partial.text}(${[name.text, ...given].join(", ")})`)],
    imports: [...name.imports, ...partial.imports],
    target: to,
    isPassedOn,
  };
}

/** What it is handed to: the function or class that is called with it, or with a list of it and others. */
export function ownerOf({ node, call, scope }: FoundSite, { unit, index }: Around): string | undefined {
  if (call) return unit.names.resolve(call.callee, scope)?.symbol;
  const items = index().itemsOf(node)?.items;
  const holder =
    items &&
    index().calls.find(({ node: { arguments: given } }) =>
      given.some(({ value }) => value.type === "sequence" && value.items === items),
    );
  return holder && unit.names.resolve(holder.node.callee, holder.scope)?.symbol;
}

const isKnownCaller = (owner: string | undefined): boolean =>
  owner !== undefined &&
  (frameworkOf(owner)?.activationArguments[owner] !== undefined || layerOf(owner)?.role === "sequential");

/** A LeakyReLU layer takes the function's place, and can still be saved. */
function asKerasLayer({ node, scope }: FoundSite, call: Call, target: Target, { unit }: Around): Written {
  const [layer] = spellingsOf("leaky_relu", "keras", "layer");
  const name = layer && refer(layer.symbol, call.callee, scope, unit);
  if (!layer || !name) return NO_NAME;
  return {
    edits: [replace(node, `${name.text}(${slope(target, layer, unit)})`)],
    imports: name.imports,
    target: layer,
  };
}

/** `nnx.Sequential(nnx.Linear(...), nnx.relu)`: a container calls modules and functions alike. */
function asModule(
  { node, scope }: FoundSite,
  to: Spelling,
  owner: string | undefined,
  around: Around,
): Written {
  const { unit } = around;
  if (!owner || !/^flax\.(?:linen|nnx)\.Sequential$/.test(owner))
    return { reason: "it learns its slope, and a function is handed on here" };
  const name = refer(to.symbol, node, scope, unit);
  if (!name) return NO_NAME;
  return {
    edits: [replace(node, `${name.text}()`)],
    imports: name.imports,
    target: to,
  };
}

/** Why a class without `inplace` can't take the place of one with it: whoever calls it may give that. */
function takesInPlace(
  { spelling, call }: FoundSite,
  to: Spelling,
  owner: string | undefined,
  { unit, index }: Around,
): string | undefined {
  if (!spelling.parameters.some(isInPlaceFlag) || to.parameters.some(isInPlaceFlag)) return undefined;
  if (owner && PASSES_IN_PLACE.test(owner)) {
    const flag = call && argumentOf(call, "inplace", 9)?.value;
    const isNone = flag?.type === "constant" && flag.value === null;
    return isNone ? undefined : "this layer calls it with inplace=, which that does not take";
  }
  const isGiven = index().calls.some(
    ({ node, scope }) =>
      node.arguments.some(isInPlaceFlag) && unit.names.resolve(node.callee, scope)?.via !== "import",
  );
  if (isGiven) return "something in this file is called with inplace=, which that does not take";
  return isKnownCaller(owner) || isOfThisFile(call, unit.text)
    ? undefined
    : "it is called elsewhere, maybe with inplace=";
}

/** Whether the class or function that takes it is defined in the file. */
function isOfThisFile(call: Call | undefined, text: string): boolean {
  if (!call) return true;
  const { callee } = call;
  return callee.type === "name" && new RegExp(`\\b(?:class|def)[ \\t]+${callee.name}\\b`).test(text);
}

/** `partial(nn.ReLU, inplace=True)`: the arguments behind the class. */
function argumentsOfPartial(
  call: Call,
  { spelling }: FoundSite,
  to: Spelling,
  target: Target,
  text: string,
): { readonly edits: readonly Edit[] } | { readonly reason: string } {
  const gone = new Set(
    call.arguments
      .slice(1)
      .filter(({ name }) => name !== undefined && !to.parameters.some((one) => one.name === name)),
  );
  for (const { name, spread } of call.arguments.slice(1)) {
    if (spread || name === undefined)
      return { reason: "partial is given arguments whose names are not written" };
    const isOwn = spelling.parameters.some((one) => one.name === name);
    if (name !== "inplace" && isOwn) return { reason: `partial is given ${name}` };
  }
  for (const argument of gone)
    if (argument.name !== "inplace") return { reason: `${nameOf(target)} takes no ${argument.name}` };
  return { edits: [...gone].flatMap((argument) => removal(call, argument, gone, text)) };
}
