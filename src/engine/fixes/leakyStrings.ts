/** ReLU -> Leaky ReLU where the activation is chosen by a string or a dictionary. */
import type { FoundSite } from "../detect.ts";
import { type Spelling, spellingsOf } from "../frameworks/index.ts";
import type { Unit } from "../units.ts";
import { NO_NAME, OPEN_CALL, replace, SLOPE, slope, type Written } from "./proposal.ts";
import { refer, referStandard } from "./refer.ts";

const UNKNOWN_NAMES = { reason: "it is chosen by a name, and which names are understood there is not known" };

/** Layers that take nothing but the names that they know, and what to do instead. */
const NAMES_ONLY: readonly (readonly [RegExp, string])[] = [
  [/^torch\.nn\.RNN/, "torch.nn.RNN knows only 'tanh' and 'relu'"],
  [/^mxnet\.gluon\.rnn\./, "Gluon's RNN knows only 'relu' and 'tanh'"],
  [
    /^mxnet\.gluon\./,
    "Gluon's layers take only names of activations without a slope; LeakyReLU is a layer of its own",
  ],
  [
    /^paddle\./,
    "Paddle's layers take only names of activations, with slopes of their own; LeakyReLU is a layer of its own",
  ],
  [/^keras\.activations\./, "the function is looked up by its name"],
];

export function rewriteString(found: FoundSite, unit: Unit): Written {
  const { site, call, scope } = found;
  if (site.certainty === "likely") return UNKNOWN_NAMES;
  if (!call) return { reason: "the name is kept in a variable, which may be used for something else too" };
  if (!call.closed) return OPEN_CALL;
  const owner = unit.names.resolve(call.callee, scope)?.symbol ?? "";
  if (owner === "mxnet.gluon.nn.Activation" || owner === "keras.layers.Activation")
    return activationLayer(found, unit);
  if (owner === "mxnet.nd.Activation" || owner === "mxnet.npx.activation")
    return mxnetOperator(found, owner, unit);
  const reason = NAMES_ONLY.find(([pattern]) => pattern.test(owner))?.[1];
  if (reason !== undefined) return { reason };
  if (site.framework === "keras") return kerasArgument(found, unit);
  return /^torch\.nn\.Transformer/.test(owner) ? transformer(found, unit) : UNKNOWN_NAMES;
}

/** `Dense(64, activation="relu")` -> `activation=layers.LeakyReLU(...)`. */
function kerasArgument({ node, call, scope }: FoundSite, unit: Unit): Written {
  const [target] = spellingsOf("leaky_relu", "keras", "layer");
  const name = target && refer(target.symbol, call?.callee, scope, unit);
  if (!target || !name) return NO_NAME;
  return { edits: [...name.imports, replace(node, `${name.text}(${slope(target, unit)})`)], target };
}

/** `Activation("relu")` -> `LeakyReLU(...)`. */
function activationLayer({ site, node, call, scope }: FoundSite, unit: Unit): Written {
  const argument = call?.arguments.find(({ value }) => value === node);
  if (!call || !argument) return { reason: "the activation is chosen by an expression" };
  const [target] = spellingsOf("leaky_relu", site.framework, "layer");
  const name = target && refer(target.symbol, call.callee, scope, unit);
  if (!target || !name) return NO_NAME;
  return {
    edits: [...name.imports, replace(call.callee, name.text), replace(argument, slope(target, unit))],
    target,
  };
}

/** `mx.sym.Activation(x, act_type="relu")` -> `mx.sym.LeakyReLU(x, act_type="leaky", slope=0.01)`. */
function mxnetOperator({ node, call, scope }: FoundSite, owner: string, unit: Unit): Written {
  const argument = call?.arguments.find(({ value }) => value === node);
  if (!call || !argument) return { reason: "the activation is chosen by an expression" };
  const module = owner.slice(0, owner.lastIndexOf("."));
  const target = spellingsOf("leaky_relu", "mxnet", "function").find(({ symbol }) =>
    symbol.startsWith(`${module}.`),
  );
  const name = target && refer(target.symbol, call.callee, scope, unit);
  if (!target || !name) return NO_NAME;
  const quote = unit.text[node.to - 1] ?? "'";
  return {
    edits: [
      ...name.imports,
      replace(call.callee, name.text),
      replace(argument, `act_type=${quote}leaky${quote}, ${slope(target, unit)}`),
    ],
    target,
  };
}

/** `TransformerEncoderLayer(8, 2, activation="relu")` takes a function as well, but of the names only relu and gelu. */
function transformer({ node, scope }: FoundSite, unit: Unit): Written {
  const [target] = spellingsOf("leaky_relu", "pytorch", "function");
  const name = target && refer(target.symbol, undefined, scope, unit);
  const partial = referStandard("functools", "partial", scope, unit);
  if (!target || !name || !partial) return NO_NAME;
  const written = `${partial.text}(${name.text}, ${slope(target, unit)})`;
  return { edits: [...name.imports, ...partial.imports, replace(node, written)], target };
}

/** `dict(type="ReLU", inplace=True)` -> `dict(type="LeakyReLU", negative_slope=0.01, inplace=True)`; or in braces. */
export function rewriteConfig({ node, call }: FoundSite, unit: Unit): Written {
  if (call && !call.closed) return OPEN_CALL;
  const target = leakyConfig();
  const quote = unit.text[node.to - 1] ?? '"';
  const added = call ? `negative_slope=${SLOPE}` : `${quote}negative_slope${quote}: ${SLOPE}`;
  if (!target) return UNKNOWN_NAMES;
  return { edits: [replace(node, `${quote}${target.symbol}${quote}, ${added}`)], target };
}

const leakyConfig = (): Spelling | undefined => spellingsOf("leaky_relu", "mmcv", "string")[0];
