/** Tree + frameworks -> sites: every place where an activation is configured or applied, and nothing else. */
import { parameterByArgument } from "./activations/catalogue.ts";
import {
  canonicalSymbol,
  frameworkOf,
  frameworks,
  type Spelling,
  spellingsNamed,
  wordOf,
} from "./frameworks/index.ts";
import type { Certainty, FrameworkId, Site, SiteKind } from "./model.ts";
import { numberOf } from "./syntax/constants.ts";
import { isCertain, type Resolved } from "./syntax/names.ts";
import type { Scope } from "./syntax/scopes.ts";
import { type Argument, argumentOf, type Call, type Expression, spanOf } from "./syntax/tree.ts";
import { type Place, walk } from "./syntax/walk.ts";
import type { Unit } from "./units.ts";

/** A site together with the syntax that a rewrite of it has to know. */
export interface FoundSite {
  readonly site: Omit<Site, "fixes" | "noFix">;
  readonly spelling: Spelling;
  /** The expression that the site's span covers. */
  readonly node: Expression;
  /** The call that applies or makes the activation, or that takes it as an argument. */
  readonly call?: Call;
  readonly scope: Scope;
  /** How the name was resolved; absent for strings and methods. */
  readonly via?: Resolved["via"];
}

/** Keywords by which layers of any origin take the name of an activation. */
const ACTIVATION_KEYWORD =
  /^(?:\w+_)?(?:activation|act)(?:_(?:fn|func|function|layer|type|name))?$|^nonlinearity$/;

/** Initialisers are told an activation to choose their gain; that configures no activation. */
const INITIALISER = /kaiming|xavier|calculate_gain|init/i;

export function detect(unit: Unit): FoundSite[] {
  const found: FoundSite[] = [];
  const usual = usualFramework(unit);

  const add = (
    spelling: Spelling,
    kind: SiteKind,
    node: Expression,
    certainty: Certainty,
    scope: Scope,
    call: Call | undefined,
    configured: readonly Argument[],
    via?: Resolved["via"],
  ): void => {
    const site = {
      activation: spelling.activation.id,
      ...parametersFrom(spelling, configured, scope),
      framework: spelling.framework,
      kind,
      span: spanOf(node),
      certainty,
      symbol: spelling.symbol,
    };
    found.push({ site, spelling, node, scope, ...(call ? { call } : {}), ...(via ? { via } : {}) });
  };

  const symbolCall = (call: Call, resolved: Resolved, scope: Scope): boolean => {
    const spelling = meantBy(resolved.symbol, call.arguments);
    if (!spelling || resolved.via === "parameter") return false;
    const kind = spelling.form === "layer" ? "class_call" : "func_call";
    add(
      spelling,
      kind,
      call,
      certainty(resolved),
      scope,
      call,
      call.arguments,
      roadTo(call.callee, resolved),
    );
    return true;
  };

  /** `getattr(nn, "ReLU")`. */
  const lookupCall = (call: Call, scope: Scope): void => {
    if (call.callee.type !== "name" || call.callee.name !== "getattr") return;
    const [owner, name] = call.arguments;
    const resolved = owner && unit.names.resolve(owner.value, scope);
    if (!resolved || name?.value.type !== "string" || name.value.value === undefined) return;
    const spelling = meantBy(canonicalSymbol(`${resolved.written}.${name.value.value}`), []);
    if (spelling) add(spelling, "lookup", call, certainty(resolved), scope, call, []);
  };

  /** `x.relu()` on a tensor: nothing proves that x is one, so these stay likely. */
  const methodCall = (call: Call, scope: Scope): void => {
    const { callee } = call;
    if (callee.type !== "attribute" || usual !== "pytorch" || callee.object.type === "string") return;
    if (callee.object.type === "name" && /^(?:self|cls|super)$/.test(callee.object.name)) return;
    const spelling = wordOf("pytorch", "method", callee.name);
    if (!spelling || call.arguments.length > spelling.parameters.length) return;
    if (unit.names.resolve(callee.object, scope)) return;
    add(spelling, "method_call", call, "likely", scope, call, call.arguments);
  };

  const call = (node: Call, { role, scope }: Place): void => {
    if (role === "annotation" || role === "base") return;
    const resolved = unit.names.resolve(node.callee, scope);
    if (resolved && symbolCall(node, resolved, scope)) return;
    if (resolved) stringArguments(node, resolved, scope);
    else {
      lookupCall(node, scope);
      methodCall(node, scope);
    }
    likelyStrings(node, resolved, scope);
  };

  /** `Dense(10, "relu")`: the callee is known to take an activation there. */
  const stringArguments = (node: Call, resolved: Resolved, scope: Scope): void => {
    const framework = frameworkOf(resolved.symbol);
    for (const [name, position] of Object.entries(framework?.activationArguments[resolved.symbol] ?? {})) {
      const value = argumentOf(node, name, position)?.value;
      for (const text of value && framework ? stringsIn(value) : []) {
        const spelling = framework && meaningOf(text, framework.id);
        if (spelling) add(spelling, "string_arg", text, certainty(resolved), scope, node, []);
      }
    }
  };

  /** `conv_block(x, activation="relu")`: plausible, but what conv_block does with it is not known. */
  const likelyStrings = (node: Call, resolved: Resolved | undefined, scope: Scope): void => {
    const known = resolved && frameworkOf(resolved.symbol)?.activationArguments[resolved.symbol];
    if (known || (resolved && INITIALISER.test(resolved.symbol)) || isInitialiser(node)) return;
    for (const argument of node.arguments) {
      if (argument.name === undefined || !ACTIVATION_KEYWORD.test(argument.name)) continue;
      for (const text of stringsIn(argument.value)) {
        const spelling = meaningOf(text, usual);
        if (spelling) add(spelling, "string_arg", text, "likely", scope, node, []);
      }
    }
  };

  /** `act_layer=nn.ReLU`, `{"relu": F.relu}`: handed on, to be made or applied elsewhere. */
  const reference = (node: Expression, place: Place): void => {
    if (place.role !== "value") return;
    const resolved = unit.names.resolve(node, place.scope);
    if (!resolved) return;
    // A variable's own site is where the activation was written.
    const via = roadTo(node, resolved);
    if (via === "variable" || via === "parameter") return;
    const partial = isPartial(unit, place) ? place.call : undefined;
    // In partial(f, 0.2) positions are those of f's arguments.
    const given = partial?.arguments.slice(1) ?? [];
    const spelling = meantBy(resolved.symbol, given);
    if (!spelling) return;
    add(
      spelling,
      partial ? "partial" : "reference",
      node,
      certainty(resolved),
      place.scope,
      place.call,
      given,
    );
  };

  walk(unit.program, unit.scopes, (node, place) => {
    if (node.type === "call") call(node, place);
    else if (node.type === "name" || node.type === "attribute") reference(node, place);
  });
  return found.sort((a, b) => a.site.span.from - b.site.span.from || a.site.span.to - b.site.span.to);
}

/** `torch = ...; torch.nn.ReLU` names the activation itself: only the module came by way of a variable. */
function roadTo(node: Expression, { via }: Resolved): Resolved["via"] {
  const isMember =
    node.type === "attribute" && node.object.type === "name" && /^(?:self|cls)$/.test(node.object.name);
  return via === "variable" && node.type === "attribute" && !isMember ? "import" : via;
}

const certainty = (resolved: Resolved): Certainty => (isCertain(resolved) ? "certain" : "likely");

/** The activation behind a symbol; some need an argument to be themselves (`gelu(x, approximate="tanh")`). */
function meantBy(symbol: string, given: readonly Argument[]): Spelling | undefined {
  const candidates = spellingsNamed(symbol);
  const isMet = ({ parameters }: Spelling): boolean =>
    parameters.every(({ name, position, required }) => {
      if (required === undefined) return true;
      const value = (given.find((argument) => argument.name === name) ?? positional(given, position))?.value;
      return value?.type === "string" || value?.type === "constant"
        ? literal(value.value) === required
        : false;
    });
  const demanding = candidates.find(
    (candidate) => candidate.parameters.some(({ required }) => required) && isMet(candidate),
  );
  return demanding ?? candidates.find(isMet);
}

/** A value as the catalogue's signatures write it. */
function literal(value: string | boolean | null | undefined): string {
  if (typeof value === "string") return `'${value}'`;
  return value === true ? "True" : value === false ? "False" : "None";
}

function isPartial(unit: Unit, { call, argument, scope }: Place): boolean {
  if (!call || call.arguments[0] !== argument) return false;
  return unit.names.resolve(call.callee, scope)?.symbol === "functools.partial";
}

function isInitialiser(node: Call): boolean {
  const { callee } = node;
  return INITIALISER.test(callee.type === "attribute" || callee.type === "name" ? callee.name : "");
}

/** String literals that an argument may evaluate to: itself, or both sides of `"relu" if deep else "tanh"`. */
function stringsIn(expression: Expression): (Expression & { type: "string" })[] {
  if (expression.type === "string") return [expression];
  if (expression.type === "conditional")
    return [...stringsIn(expression.whenTrue), ...stringsIn(expression.whenFalse)];
  return [];
}

/** What a string means to a framework; Keras has the longest list of words, which others borrow. */
function meaningOf(text: Expression & { type: "string" }, framework: FrameworkId): Spelling | undefined {
  const word = text.value;
  if (word === undefined) return undefined;
  const own = wordOf(framework, "string", word);
  if (own) return own;
  const borrowed = wordOf("keras", "string", word.toLowerCase());
  return borrowed && { ...borrowed, framework };
}

/** The framework whose names the file imports, for what no import decides. */
function usualFramework(unit: Unit): FrameworkId {
  const count = new Map<FrameworkId, number>();
  for (const bindings of unit.module.bindings.values()) {
    for (const binding of bindings) {
      if (binding.kind !== "import") continue;
      const id = frameworkOf(binding.symbol)?.id;
      if (id) count.set(id, (count.get(id) ?? 0) + 1);
    }
  }
  if (count.has("tensorflow")) count.set("keras", (count.get("keras") ?? 0) + (count.get("tensorflow") ?? 0));
  const [most] = [...count].filter(([id]) => id !== "tensorflow").sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? frameworks[0]?.id ?? "pytorch";
}

/** Numbers of the activation as written, else the framework's defaults; one that is written but not readable is left out. */
function parametersFrom(
  spelling: Spelling,
  given: readonly Argument[],
  scope: Scope,
): Pick<Site, "parameters" | "defaulted"> {
  const parameters: Record<string, number> = {};
  const defaulted: string[] = [];
  for (const { name, position, default: usual } of spelling.parameters) {
    const parameter = parameterByArgument(spelling.activation, name);
    if (!parameter) continue;
    const names = [name, parameter.name, ...parameter.aliases];
    const written =
      given.find((argument) => argument.name !== undefined && names.includes(argument.name)) ??
      positional(given, position);
    const value = written ? numberOf(written.value, scope) : usual;
    if (value !== undefined) parameters[parameter.name] = value;
    if (!written && value !== undefined) defaulted.push(parameter.name);
  }
  return { parameters, defaulted };
}

function positional(given: readonly Argument[], position: number): Argument | undefined {
  const before = given.slice(0, position + 1);
  return before.length === position + 1 &&
    !before.some((argument) => argument.spread || argument.name !== undefined)
    ? before[position]
    : undefined;
}
