/** One site to another activation, as someone who knows the framework would write it by hand, or the reason why not. */
import type { FoundSite } from "../../detect.ts";
import type { Form, Spelling } from "../../frameworks/index.ts";
import type { Edit } from "../../model.ts";
import type { Call } from "../../syntax/tree.ts";
import { insert, replace } from "../edits.ts";
import { refer } from "../names/refer.ts";
import { isTakenOutOf } from "../names/referTfjs.ts";
import { drawsByName } from "../newModules.ts";
import { annotated, typeChecks } from "./annotations.ts";
import { isArithmetic } from "./arithmetic.ts";
import { isChosenByName } from "./chosenByName.ts";
import { kerasPrelu } from "./kerasPrelu.ts";
import { learned } from "./learned.ts";
import { type Around, NO_NAME, OPEN_CALL, type Written } from "./proposal.ts";
import { rewriteArguments } from "./rewriteCall.ts";
import { rewriteReference } from "./switchReferences.ts";
import { rewriteConfig, rewriteString } from "./switchStrings.ts";
import { switchTfjs } from "./switchTfjs.ts";
import { argumentsFor, isInPlaceFlag, namedLayer, nameOf, spellingFor, type Target } from "./target.ts";

export function switchSite(found: FoundSite, target: Target, around: Around): Written {
  const reason = refusal(found, target, around);
  if (reason !== undefined) return { reason };
  const written =
    around.unit.language === "javascript" ? switchTfjs(found, target, around) : write(found, target, around);
  return "reason" in written
    ? { reason: `${nameOf(target)} can't be written here: ${written.reason}` }
    : written;
}

/** Why there is nothing to rewrite at all. */
function refusal(found: FoundSite, target: Target, { unit, index }: Around): string | undefined {
  const { site, via, call, scope } = found;
  const name = nameOf(target);
  if (site.isDefault) return "it is not written here, but this layer's default";
  // `const { relu } = tf` takes it out of its module, as an import does.
  const isTakenOut = site.framework === "tfjs" && call !== undefined && isTakenOutOf(call.callee, scope);
  if (via === "variable" && !isTakenOut) return `${name} is switched to where this variable gets its value`;
  if (site.framework === "sklearn")
    return `scikit-learn has no ${name} here: its perceptrons know identity, logistic, tanh and relu`;
  if (site.symbol.startsWith("torch.ao."))
    return `a quantised or fused module has no form with ${name}; change the model that it is made from`;
  if (target.id === "prelu" && site.framework === "pytorch" && drawsByName(unit.text))
    return "this file draws every parameter that is called weight by its fan, and PReLU's has none";
  if (site.framework === "pytorch" && FUSES.test(unit.text))
    return `this file fuses its modules, and there is no fused module with ${name}`;
  if (site.activation === "relu" && isArithmetic(found, unit, index()))
    return `it is arithmetic here, as of a margin or of what has to stay above 0: ${name} would be another formula`;
  if (site.activation === "relu" && isChosenByName(found, unit, index()))
    return `it is what the code calls "relu": ${name} is chosen where that name is given`;
  return undefined;
}

/** `torch.ao.quantization.fuse_modules` knows ReLU only, and fails on others. */
const FUSES = /\bfuse_modules(?:_qat)?\s*\(/;

function write(found: FoundSite, target: Target, around: Around): Written {
  const { site, call, spelling } = found;
  switch (site.kind) {
    case "string_arg":
    case "config_value":
      return rewriteString(found, target, around);
    case "config_dict":
      return rewriteConfig(found, target, around);
    case "lookup":
      return { reason: "the activation is looked up by its name" };
  }
  const form: Form = spelling.form === "method" ? "function" : spelling.form;
  if (target.id === "prelu" && form === "function" && site.framework !== "caffe")
    return learned(found, around);
  const to =
    site.framework === "caffe" && target.id === "leaky_relu"
      ? spelling // Caffe's ReLU takes the slope itself.
      : (spellingFor(target, site.framework, form, around.unit, spelling.symbol) ??
        (site.kind === "class_call" ? namedLayer(target, site.framework, form, around.unit) : undefined));
  if (!to) return { reason: `${site.framework} has no ${nameOf(target)} of this form` };
  if (site.kind === "method_call") return rewriteMethod(found, target, to, around);
  if (site.kind === "reference" || site.kind === "partial")
    return rewriteReference(found, target, to, around);
  return call ? rewriteCall(found, call, target, to, around) : { reason: "the call is not complete" };
}

/** `nn.ReLU(inplace=True)`, `F.relu(x)`. */
function rewriteCall(found: FoundSite, call: Call, target: Target, to: Spelling, around: Around): Written {
  const { spelling, scope } = found;
  const { unit } = around;
  if (!call.closed) return OPEN_CALL;
  if (to.framework === "caffe" && call.arguments.some(({ name }) => name === "relu_param"))
    return { reason: "its numbers are given together, as relu_param" };
  const isKerasPrelu = to.symbol === "keras.layers.PReLU";
  const learnt = isKerasPrelu ? kerasPrelu(call.callee, undefined, scope, around) : undefined;
  if (learnt && "reason" in learnt) return learnt;
  const added = [...argumentsFor(target, to, unit), ...(learnt?.written ?? []), ...inPlaceBy(spelling, to)];
  const rewritten = rewriteArguments(call, spelling, to, added, unit.text);
  if ("reason" in rewritten) return rewritten;
  if (to === spelling) return { edits: rewritten.edits, target: to };
  if (rewritten.dropsInPlace && isOnlyInPlace(found, call, around))
    return { reason: `its result is not used, as it works in place; ${nameOf(target)} does not` };
  const name = refer(to.symbol, call.callee, scope, unit);
  if (!name) return NO_NAME;
  return {
    edits: [replace(call.callee, name.text), ...rewritten.edits, ...annotated(call, name.text, around)],
    imports: [...name.imports, ...(learnt?.imports ?? [])],
    target: to,
    notes: [...(rewritten.dropsInPlace ? [notInPlace(target)] : []), ...typeChecks(found, around)],
  };
}

/** `torch.relu_(x)` -> `F.silu(x, inplace=True)`: what has no name with an underscore takes the flag. */
const inPlaceBy = (from: Spelling, to: Spelling): readonly string[] =>
  from.symbol.endsWith("_") && !to.symbol.endsWith("_") && to.parameters.some(isInPlaceFlag)
    ? ["inplace=True"]
    : [];

const notInPlace = (target: Target): string =>
  `${nameOf(target)} has no in-place form: what else reads its input gets it unchanged now.`;

/** Whether the call, or a call of the attribute that it is kept in, is a statement: `self.relu(x)`. */
function isOnlyInPlace({ spelling }: FoundSite, call: Call, { index }: Around): boolean {
  const isStatement = (node: Call): boolean => {
    const statement = index().statementAt(node);
    return statement?.type === "expression" && statement.expression === node;
  };
  if (spelling.form === "function") return isStatement(call);
  const kept = index().statementAt(call);
  const [holder] = kept?.type === "assignment" ? kept.targets : [];
  if (holder?.type !== "attribute" && holder?.type !== "name") return false;
  return index().calls.some(
    ({ node }) =>
      (node.callee.type === "attribute" || node.callee.type === "name") &&
      node.callee.name === holder.name &&
      isStatement(node),
  );
}

/** `x.relu()` -> `F.leaky_relu(x, negative_slope=0.01)`. */
function rewriteMethod(
  { call, scope, spelling }: FoundSite,
  target: Target,
  to: Spelling,
  around: Around,
): Written {
  const { unit } = around;
  if (!call?.closed || call.callee.type !== "attribute") return OPEN_CALL;
  if (call.arguments.length > 0) return { reason: "its method is given arguments" };
  const name = refer(to.symbol, undefined, scope, unit, call.from);
  if (!name) return NO_NAME;
  const given = [...argumentsFor(target, to, unit), ...inPlaceBy(spelling, to)];
  return { edits: wrapped(call, name.text, given, unit.text), imports: name.imports, target: to };
}

/** Puts what a method is called on into the brackets of a function. */
export function wrapped(call: Call, name: string, given: readonly string[], text: string): readonly Edit[] {
  const dot =
    call.callee.type === "attribute" ? text.lastIndexOf(".", call.callee.nameSpan.from - 1) : call.to;
  return [
    insert(call.from, `${name}(`),
    replace({ from: dot, to: call.to }, `${given.map((one) => `, ${one}`).join("")})`),
  ];
}
