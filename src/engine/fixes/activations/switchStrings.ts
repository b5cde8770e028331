/** Switches where the activation is chosen by a string or a dictionary. */
import type { FoundSite } from "../../detect.ts";
import { spellingsOf } from "../../frameworks/index.ts";
import type { Argument } from "../../syntax/tree.ts";
import { replace } from "../edits.ts";
import { refer, referStandard } from "../names/refer.ts";
import { kerasPrelu } from "./kerasPrelu.ts";
import { splitLayer } from "./kerasSplit.ts";
import { type Around, NO_NAME, OPEN_CALL, type Written } from "./proposal.ts";
import { removal } from "./rewriteCall.ts";
import { argumentsFor, nameOf, slope, spellingFor, type Target, wordOf } from "./target.ts";

const UNKNOWN_NAMES = { reason: "it is chosen by a name, and which names are understood there is not known" };
const NO_WORD = { reason: "this file is written for a Keras that may not know that name" };
const BY_EXPRESSION = { reason: "the activation is chosen by an expression" };

/** Layers that take nothing but the names that they know, and what to do instead. */
const NAMES_ONLY: readonly (readonly [RegExp, (target: string) => string])[] = [
  [/^torch\.nn\.RNN/, () => "torch.nn.RNN knows only 'tanh' and 'relu'"],
  [/^mxnet\.gluon\.rnn\./, () => "Gluon's RNN knows only 'relu' and 'tanh'"],
  [
    /^mxnet\.gluon\./,
    (target) =>
      `Gluon's layers take only names of activations without a slope; ${target} is a layer of its own`,
  ],
  [
    /^paddle\./,
    (target) =>
      `Paddle's layers take only names of activations, with slopes of their own; ${target} is a layer of its own`,
  ],
  [/^keras\.activations\./, () => "the function is looked up by its name"],
];

export function rewriteString(found: FoundSite, target: Target, around: Around): Written {
  const { site, call, scope } = found;
  const { unit } = around;
  if (site.certainty === "likely") return UNKNOWN_NAMES;
  if (!call) return { reason: "the name is kept in a variable, which may be used for something else too" };
  if (!call.closed) return OPEN_CALL;
  const owner = unit.names.resolve(call.callee, scope)?.symbol ?? "";
  const isLayer = owner === "mxnet.gluon.nn.Activation" || owner === "keras.layers.Activation";
  if (isLayer && (site.framework === "mxnet" || isWithoutWord(target)))
    return activationLayer(found, target, around);
  if (owner === "mxnet.nd.Activation" || owner === "mxnet.npx.activation")
    return mxnetOperator(found, owner, target, around);
  if (!isWithoutWord(target)) {
    const word = wordFor(found, owner, target, around);
    if (word) return word;
  }
  const reason = NAMES_ONLY.find(([pattern]) => pattern.test(owner))?.[1];
  if (reason !== undefined) return { reason: reason(nameOf(target).replace("Leaky ReLU", "LeakyReLU")) };
  if (site.framework === "keras")
    return target.id === "prelu" ? splitLayer(found, call, around) : kerasArgument(found, target, around);
  return /^torch\.nn\.Transformer/.test(owner) ? transformer(found, target, around) : UNKNOWN_NAMES;
}

/** Leaky ReLU's name has a slope of its own, and PReLU has none. */
const isWithoutWord = ({ id }: Target): boolean => id === "leaky_relu" || id === "prelu";

/** `activation="relu"` -> `activation="elu"`, where that name is understood; undefined: the word is none there. */
function wordFor(
  { site, node }: FoundSite,
  owner: string,
  target: Target,
  { unit }: Around,
): Written | undefined {
  const isTransformer = /^torch\.nn\.Transformer/.test(owner);
  if (isTransformer ? target.id !== "gelu" : !/^(?:keras\.|mxnet\.gluon\.nn\.|paddle\.)/.test(owner))
    return undefined;
  const word = wordOf(target, site.framework, unit);
  if (!word) return site.framework === "keras" ? NO_WORD : undefined;
  const written = unit.text.slice(node.from, node.to);
  const quote = /^(["'])[^"']*\1$/.exec(written)?.[1];
  return quote ? { edits: [replace(node, `${quote}${word.symbol}${quote}`)], target: word } : BY_EXPRESSION;
}

/** `Dense(64, activation="relu")` -> `activation=layers.LeakyReLU(...)`. */
function kerasArgument({ node, call, scope }: FoundSite, target: Target, { unit }: Around): Written {
  const [layer] = spellingsOf(target.id, "keras", "layer");
  const name = layer && refer(layer.symbol, call?.callee, scope, unit);
  if (!layer || !name) return NO_NAME;
  return {
    edits: [replace(node, `${name.text}(${slope(target, layer, unit)})`)],
    imports: name.imports,
    target: layer,
  };
}

const argumentWith = ({ node, call }: FoundSite): Argument | undefined =>
  call?.arguments.find(({ value }) => value === node);

/** `Activation("relu")` -> `LeakyReLU(...)`. */
function activationLayer(found: FoundSite, target: Target, around: Around): Written {
  const { site, call, scope } = found;
  const { unit } = around;
  const argument = argumentWith(found);
  if (!call || !argument) return BY_EXPRESSION;
  const layer = spellingFor(target, site.framework, "layer", unit);
  const name = layer && refer(layer.symbol, call.callee, scope, unit);
  if (!layer || !name) return layer ? NO_NAME : { reason: `${site.framework} has no layer for it` };
  const learnt =
    layer.symbol === "keras.layers.PReLU" ? kerasPrelu(call.callee, undefined, scope, around) : undefined;
  if (learnt && "reason" in learnt) return learnt;
  const given = [...argumentsFor(target, layer, unit), ...(learnt?.written ?? [])].join(", ");
  const isMore = given === "" && call.arguments.length > 1;
  if (isMore) return { reason: "it has more arguments than the name" };
  return {
    edits: [replace(call.callee, name.text), replace(argument, given)],
    imports: [...name.imports, ...(learnt?.imports ?? [])],
    target: layer,
  };
}

/** `mx.sym.Activation(x, act_type="relu")` -> `mx.sym.LeakyReLU(x, act_type="leaky", slope=0.01)`. */
function mxnetOperator(found: FoundSite, owner: string, target: Target, { unit }: Around): Written {
  const { node, call, scope } = found;
  const argument = argumentWith(found);
  if (!call || !argument) return BY_EXPRESSION;
  if (target.id === "prelu")
    return { reason: "it learns its slope, which this operator is given as an input" };
  const quote = unit.text[node.to - 1] ?? "'";
  const [word] = spellingsOf(target.id, "mxnet", "string");
  if (word) return { edits: [replace(node, `${quote}${word.symbol}${quote}`)], target: word };
  const module = owner.slice(0, owner.lastIndexOf("."));
  const operator = spellingsOf(target.id, "mxnet", "function").find(
    ({ symbol, parameters }) =>
      symbol.startsWith(`${module}.`) && parameters.some(({ name }) => name === "act_type"),
  );
  const name = operator && refer(operator.symbol, call.callee, scope, unit);
  if (!operator || !name) return operator ? NO_NAME : { reason: "MXNet has no operator for it" };
  const given = argumentsFor(target, operator, unit).map((one) => one.replaceAll("'", quote));
  const written = target.id === "leaky_relu" ? [`act_type=${quote}leaky${quote}`, ...given] : given;
  return {
    edits: [replace(call.callee, name.text), replace(argument, written.join(", "))],
    imports: name.imports,
    target: operator,
  };
}

/** `TransformerEncoderLayer(8, 2, activation="relu")` takes a function as well, but of the names only relu and gelu. */
function transformer({ node, scope }: FoundSite, target: Target, { unit }: Around): Written {
  if (target.id === "prelu") return { reason: "it learns its slope, and this layer takes a function" };
  const [to] = spellingsOf(target.id, "pytorch", "function");
  const name = to && refer(to.symbol, undefined, scope, unit, node.from);
  if (!to || !name) return NO_NAME;
  const given = argumentsFor(target, to, unit);
  if (given.length === 0) return { edits: [replace(node, name.text)], imports: name.imports, target: to };
  const partial = referStandard("functools", "partial", scope, unit, node.from);
  if (!partial) return NO_NAME;
  const written = `${partial.text}(${[name.text, ...given].join(", ")})`;
  return { edits: [replace(node, written)], imports: [...name.imports, ...partial.imports], target: to };
}

/** `dict(type="ReLU", inplace=True)` -> `dict(type="LeakyReLU", negative_slope=0.01, inplace=True)`; or in braces. */
export function rewriteConfig({ node, call, spelling }: FoundSite, target: Target, around: Around): Written {
  if (call && !call.closed) return OPEN_CALL;
  const { text } = around.unit;
  const [to] = spellingsOf(target.id, "mmcv", "string");
  if (!to) return UNKNOWN_NAMES;
  const quote = text[node.to - 1] ?? '"';
  const name = `${quote}${to.symbol}${quote}`;
  const gone = spelling.parameters.filter(
    ({ name: one }) => !to.parameters.some((other) => other.name === one),
  );
  const given = new Set(call?.arguments.filter(({ name: one }) => gone.some((other) => other.name === one)));
  // Where a dictionary in braces has its other entries is not told by the string in it.
  const inBraces = call ? undefined : gone.find((one) => isInBraces(one.name, node.to, text));
  if (inBraces) return { reason: `${nameOf(target)} takes no ${inBraces.name}` };
  const edits = [...given].flatMap((one) => (call ? removal(call, one, given, text) : []));
  if (target.id !== "leaky_relu") return { edits: [replace(node, name), ...edits], target: to };
  const written = call ? `negative_slope=${target.slope}` : `${quote}negative_slope${quote}: ${target.slope}`;
  return { edits: [replace(node, `${name}, ${written}`), ...edits], target: to };
}

const isInBraces = (name: string, from: number, text: string): boolean =>
  text.slice(from, text.indexOf("}", from)).includes(name);
