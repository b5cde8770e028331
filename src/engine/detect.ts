/** Tree + frameworks -> sites: every place where an activation is configured or applied, and nothing else. */
import { methodCall, symbolCall } from "./detect/calls.ts";
import { configured } from "./detect/configs.ts";
import { lookup } from "./detect/lookups.ts";
import { reference } from "./detect/references.ts";
import { type Detection, type FoundSite, siteFrom } from "./detect/site.ts";
import { likelyString, stringArguments } from "./detect/strings.ts";
import { unwritten } from "./detect/unwritten.ts";
import { frameworkOf, frameworks } from "./frameworks/index.ts";
import type { FrameworkId } from "./model.ts";
import type { Resolved } from "./syntax/names.ts";
import type { Argument, Call, Expression } from "./syntax/tree.ts";
import { type Place, walk } from "./syntax/walk.ts";
import type { Unit } from "./units.ts";

export type { FoundSite } from "./detect/site.ts";

/** All sites in the order of the text; those with `isDefault` are not written in it. */
export function detect(unit: Unit): FoundSite[] {
  const found = new Map<string, FoundSite>();
  const detection: Detection = {
    unit,
    usual: usualFramework(unit),
    report: (sighting) => {
      const { node, isDefault, spelling, certainty } = sighting;
      const key = `${node.from} ${node.to} ${isDefault ? spelling.activation.id : ""}`;
      // The same place seen twice, or by way of several layers: the first that proves it stands.
      const known = found.get(key)?.site.certainty;
      if (!known || (known === "likely" && certainty === "certain")) found.set(key, siteFrom(sighting));
    },
  };
  /** Arguments of the call that a lookup is the callee of: `getattr(nn, "LeakyReLU")(0.2)`. */
  const next = new Map<Expression, readonly Argument[]>();
  walk(unit.program, unit.scopes, (node, place) => {
    switch (node.type) {
      case "call":
        next.set(node.callee, node.arguments);
        lookup(node, place.scope, next.get(node) ?? [], detection);
        call(node, place, detection);
        configured(node, place, detection);
        break;
      case "subscript":
        lookup(node, place.scope, next.get(node) ?? [], detection);
        break;
      case "dictionary":
        configured(node, place, detection);
        break;
      case "string":
        likelyString(node, place, detection);
        break;
      case "name":
      case "attribute":
        reference(node, place, detection);
        break;
    }
  });
  return [...found.values()].sort(
    (a, b) => a.site.span.from - b.site.span.from || a.site.span.to - b.site.span.to,
  );
}

function call(node: Call, { role, scope }: Place, detection: Detection): void {
  if (role === "annotation" || role === "base") return;
  const resolved = detection.unit.names.resolve(node.callee, scope);
  if (resolved && symbolCall(node, resolved, scope, detection)) return;
  if (resolved) {
    const meant = withoutPartial(node, resolved);
    const owner = meant === node ? resolved : detection.unit.names.resolve(meant.callee, scope);
    if (owner) stringArguments(meant, owner, scope, detection);
    unwritten(node, resolved, scope, detection);
  }
  if (!resolved || resolved.via === "convention") methodCall(node, scope, detection);
}

/** `partial(Dense, activation="relu")` -> `Dense(activation="relu")`, with the places of what is written. */
function withoutPartial(node: Call, { symbol }: Resolved): Call {
  const [first, ...rest] = node.arguments;
  return symbol === "functools.partial" && first && !first.spread && first.name === undefined
    ? { ...node, callee: first.value, arguments: rest }
    : node;
}

/** Frameworks that a file uses beside the one its layers come from. */
const BESIDE: ReadonlySet<FrameworkId> = new Set<FrameworkId>(["tensorflow", "mmcv", "sklearn"]);

/** The framework whose names the file imports, for what no import decides. */
function usualFramework(unit: Unit): FrameworkId {
  if (unit.language === "javascript") return "tfjs";
  const count = new Map<FrameworkId, number>();
  for (const bindings of unit.module.bindings.values()) {
    for (const binding of bindings) {
      if (binding.kind !== "import") continue;
      const id = frameworkOf(binding.symbol)?.id;
      if (id) count.set(id, (count.get(id) ?? 0) + 1);
    }
  }
  if (count.has("tensorflow")) count.set("keras", (count.get("keras") ?? 0) + (count.get("tensorflow") ?? 0));
  const [most] = [...count].filter(([id]) => !BESIDE.has(id)).sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? (count.has("sklearn") ? "sklearn" : (frameworks[0]?.id ?? "pytorch"));
}
