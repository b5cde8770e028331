/** ReLU -> Leaky ReLU at one site, as someone who knows the framework would write it by hand, or the reason why not. */
import type { FoundSite } from "../detect.ts";
import { type Form, type Spelling, spellingsOf } from "../frameworks/index.ts";
import type { Unit } from "../units.ts";
import { rewriteReference } from "./leakyReferences.ts";
import { rewriteConfig, rewriteString } from "./leakyStrings.ts";
import { NO_NAME, OPEN_CALL, type Proposal, replace, slope, slopeName, type Written } from "./proposal.ts";
import { refer } from "./refer.ts";
import { rewriteArguments } from "./rewriteCall.ts";

export { type Proposal, SLOPE } from "./proposal.ts";

export function leakyRelu(found: FoundSite, unit: Unit): Proposal {
  const refused = refusal(found);
  if (refused !== undefined) return { reason: refused };
  const written = write(found, unit);
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

/** Why there is nothing to rewrite at all. */
function refusal({ site, via }: FoundSite): string | undefined {
  if (via === "variable") return "Leaky ReLU is switched to where this variable gets its value";
  if (site.framework === "sklearn")
    return "scikit-learn has no Leaky ReLU: its perceptrons know identity, logistic, tanh and relu";
  if (site.symbol.startsWith("torch.ao."))
    return "a quantised or fused module has no form with Leaky ReLU; change the model that it is made from";
  return undefined;
}

function write(found: FoundSite, unit: Unit): Written {
  const { site, call } = found;
  switch (site.kind) {
    case "string_arg":
    case "config_value":
      return rewriteString(found, unit);
    case "config_dict":
      return rewriteConfig(found, unit);
    case "lookup":
      return { reason: "the activation is looked up by its name" };
  }
  const target = targetOf(found);
  if (!target) return { reason: `${site.framework} has no Leaky ReLU of this form` };
  if (site.kind === "method_call") return rewriteMethod(found, target, unit);
  if (site.kind === "reference" || site.kind === "partial") return rewriteReference(found, target, unit);
  return call ? rewriteCall(found, target, unit) : { reason: "the call is not complete" };
}

/** The layer or function that takes the site's place. */
function targetOf({ site, spelling }: FoundSite): Spelling | undefined {
  // Caffe's ReLU takes the slope itself.
  if (site.framework === "caffe") return spelling;
  const form: Form = spelling.form === "method" ? "function" : spelling.form;
  const candidates = spellingsOf("leaky_relu", site.framework, form);
  const isInPlace = spelling.symbol.endsWith("_");
  const module = spelling.symbol.slice(0, spelling.symbol.lastIndexOf(".") + 1);
  const suits = candidates.filter((candidate) => candidate.symbol.endsWith("_") === isInPlace);
  return (
    suits.find(
      ({ symbol }) =>
        module !== "" && symbol.startsWith(module) && !symbol.slice(module.length).includes("."),
    ) ?? suits[0]
  );
}

/** `nn.ReLU(inplace=True)`, `F.relu(x)`. */
function rewriteCall({ call, spelling, scope }: FoundSite, target: Spelling, unit: Unit): Written {
  if (!call?.closed) return OPEN_CALL;
  if (target.framework === "caffe" && call.arguments.some(({ name }) => name === "relu_param"))
    return { reason: "its numbers are given together, as relu_param" };
  const rewritten = rewriteArguments(call, spelling, target, [slope(target, unit)]);
  if ("reason" in rewritten) return rewritten;
  if (target === spelling) return { edits: rewritten.edits, target };
  const name = refer(target.symbol, call.callee, scope, unit);
  if (!name) return NO_NAME;
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
