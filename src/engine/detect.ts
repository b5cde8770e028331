/** Tree + frameworks -> sites: every place where an activation is configured or applied, and nothing else. */
import { lookupCall, methodCall, symbolCall } from "./detect/calls.ts";
import { reference } from "./detect/references.ts";
import { type Detection, type FoundSite, siteFrom } from "./detect/site.ts";
import { likelyStrings, stringArguments } from "./detect/strings.ts";
import { frameworkOf, frameworks } from "./frameworks/index.ts";
import type { FrameworkId } from "./model.ts";
import type { Call } from "./syntax/tree.ts";
import { type Place, walk } from "./syntax/walk.ts";
import type { Unit } from "./units.ts";

export type { FoundSite } from "./detect/site.ts";

export function detect(unit: Unit): FoundSite[] {
  const found: FoundSite[] = [];
  const detection: Detection = {
    unit,
    usual: usualFramework(unit),
    report: (sighting) => found.push(siteFrom(sighting)),
  };
  walk(unit.program, unit.scopes, (node, place) => {
    if (node.type === "call") call(node, place, detection);
    else if (node.type === "name" || node.type === "attribute") reference(node, place, detection);
  });
  return found.sort((a, b) => a.site.span.from - b.site.span.from || a.site.span.to - b.site.span.to);
}

function call(node: Call, { role, scope }: Place, detection: Detection): void {
  if (role === "annotation" || role === "base") return;
  const resolved = detection.unit.names.resolve(node.callee, scope);
  if (resolved && symbolCall(node, resolved, scope, detection)) return;
  if (resolved) stringArguments(node, resolved, scope, detection);
  else {
    lookupCall(node, scope, detection);
    methodCall(node, scope, detection);
  }
  likelyStrings(node, resolved, scope, detection);
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
