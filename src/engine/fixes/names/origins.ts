/** From the sites that are to change to the places where that has to be written. */
import type { FoundSite } from "../../detect.ts";
import type { Site } from "../../model.ts";
import { classOf } from "../../syntax/names.ts";
import type { Asked } from "../change.ts";

/**
 * Each place that has to change, with the sites that it serves: `self.act(x)` changes where `self.act` gets its value.
 * The outer of two that begin at one place comes first, as its text does.
 */
export function origins(
  sites: readonly Site[],
  asked: Asked,
): ReadonlyMap<FoundSite | undefined, readonly Site[]> {
  const served = new Map<FoundSite | undefined, Site[]>();
  for (const site of sites) {
    const found = asked.foundOf(site);
    const origin = found?.via === "variable" ? (sourceOf(found, asked) ?? found) : found;
    served.set(origin, [...(served.get(origin) ?? []), site]);
  }
  return new Map([...served].sort(([a], [b]) => order(a) - order(b) || end(b) - end(a)));
}

const order = (found: FoundSite | undefined): number => found?.site.span.from ?? 0;
const end = (found: FoundSite | undefined): number => found?.site.span.to ?? 0;

function sourceOf({ node, scope }: FoundSite, { foundAt }: Asked): FoundSite | undefined {
  const callee = node.type === "call" ? node.callee : node;
  const bindings =
    callee.type === "name"
      ? scope.lookup(callee.name)
      : callee.type === "attribute"
        ? classOf(callee.object, scope)?.attribute(callee.name)
        : undefined;
  const [only, ...others] = bindings ?? [];
  return only?.kind === "value" && others.length === 0 ? foundAt(only.value) : undefined;
}
