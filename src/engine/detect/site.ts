/** What the parts of the detector share: a site with its syntax, and the one way to report it. */
import { parameterByArgument } from "../activations/catalogue.ts";
import type { Spelling } from "../frameworks/index.ts";
import type { Certainty, FrameworkId, Site, SiteKind, Span } from "../model.ts";
import { numberOf } from "../syntax/constants.ts";
import { isCertain, type Resolved } from "../syntax/names.ts";
import type { Scope } from "../syntax/scopes.ts";
import { type Argument, type Call, type Expression, spanOf } from "../syntax/tree.ts";
import type { Unit } from "../units.ts";

/** A site together with the syntax that a rewrite of it has to know. */
export interface FoundSite {
  readonly site: Omit<Site, "fixes" | "noFix">;
  readonly spelling: Spelling;
  /** The expression that the site's span covers, or ends with. */
  readonly node: Expression;
  /** The call that applies or makes the activation, or that takes it as an argument. */
  readonly call?: Call;
  readonly scope: Scope;
  /** How the name was resolved; absent for strings and methods. */
  readonly via?: Resolved["via"];
}

/** A place where an activation was seen. */
export interface Sighting extends Omit<FoundSite, "site"> {
  /** Where it isn't the whole node that is meant. */
  readonly span?: Span;
  readonly kind: SiteKind;
  readonly certainty: Certainty;
  /** Set where the activation is not written, but what a layer has unless told otherwise. */
  readonly isDefault?: true;
  /** The arguments that may hold the activation's numbers. */
  readonly given?: readonly Argument[];
}

/** One run of the detector over one unit. */
export interface Detection {
  readonly unit: Unit;
  /** The framework whose names the file imports, for what no import decides. */
  readonly usual: FrameworkId;
  report(sighting: Sighting): void;
}

export function siteFrom(sighting: Sighting): FoundSite {
  const { kind, certainty, given = [], span, isDefault, ...found } = sighting;
  const { spelling, node, scope } = found;
  const site = {
    activation: spelling.activation.id,
    ...parametersFrom(spelling, given, scope),
    framework: spelling.framework,
    kind,
    span: spanOf(span ?? node),
    certainty,
    symbol: spelling.symbol,
    ...(isDefault ? { isDefault } : {}),
  };
  return { ...found, site };
}

export const certaintyOf = (resolved: Resolved): Certainty => (isCertain(resolved) ? "certain" : "likely");

/** `torch = ...; torch.nn.ReLU` names the activation itself: only the module came by way of a variable. */
export function roadTo(node: Expression, { via }: Resolved): Resolved["via"] {
  const isMember =
    node.type === "attribute" && node.object.type === "name" && /^(?:self|cls)$/.test(node.object.name);
  return via === "variable" && node.type === "attribute" && !isMember ? "import" : via;
}

/** Numbers of the activation as written, else the framework's defaults; one that is written but not readable is left out. */
function parametersFrom(
  spelling: Spelling,
  given: readonly Argument[],
  scope: Scope,
): Pick<Site, "parameters" | "defaulted"> {
  const parameters: Record<string, number> = {};
  const defaulted: string[] = [];
  const isOpen = given.some(({ spread }) => spread !== undefined);
  for (const { name, position, default: usual } of spelling.parameters) {
    const parameter = parameterByArgument(spelling.activation, name);
    if (!parameter) continue;
    const names = [name, parameter.name, ...parameter.aliases];
    const written =
      given.find((argument) => argument.name !== undefined && names.includes(argument.name)) ??
      positional(given, position);
    // Behind `*args` or `**options` may stand any number.
    if (!written && isOpen) continue;
    const value = written ? numberOf(written.value, scope) : usual;
    if (value !== undefined) parameters[parameter.name] = value;
    if (!written && value !== undefined) defaulted.push(parameter.name);
  }
  return { parameters, defaulted };
}

export function positional(given: readonly Argument[], position: number): Argument | undefined {
  const before = given.slice(0, position + 1);
  return before.length === position + 1 &&
    !before.some((argument) => argument.spread || argument.name !== undefined)
    ? before[position]
    : undefined;
}
