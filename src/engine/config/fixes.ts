/** Changes that can be asked for of configurations: activations only, since nothing else is known of who reads them. */
import { ADDS_PARAMETERS, SLOPE, type Target } from "../fixes/activations/target.ts";
import type { Change, Edit, FixSource, Site } from "../model.ts";
import { type ConfigSite, type Rewritten, titleOf } from "./sites.ts";

export const configFixes = (found: readonly ConfigSite[]): FixSource => ({
  fix(_network, change) {
    const asked = askedIn(change);
    if (!asked) return undefined;
    const { target, sites } = asked;
    const rewritten: Rewritten[] = [];
    for (const site of new Set(sites)) {
      if (isAlready(site, target)) continue;
      const way = found.find((one) => one.site === site)?.to(target);
      // All or none, as in code.
      if (!way || typeof way === "string") return undefined;
      // A slope that is built in is no other than it was.
      if (way.own && isAlready(site, { ...target, slope: way.own.slope })) continue;
      rewritten.push(way);
    }
    const [first] = rewritten;
    if (!first) return undefined;
    const edits: readonly Edit[] = rewritten.flatMap((one) => one.edits);
    const notes = new Set([
      ...(target.id === "prelu" ? [ADDS_PARAMETERS] : []),
      ...rewritten.flatMap(({ note }) => (note === undefined ? [] : [note])),
    ]);
    const title = titleOf(target, first);
    return {
      title:
        rewritten.length > 1
          ? title.replace("Switch to", `Switch ${rewritten.length} activations to`)
          : title,
      kind: change.kind,
      edits,
      applicability: "changes-training",
      ...(notes.size > 0 ? { note: [...notes].join(" ") } : {}),
    };
  },
  lossTakes: () => undefined,
});

function askedIn(change: Change): { readonly target: Target; readonly sites: readonly Site[] } | undefined {
  switch (change.kind) {
    case "leaky-relu":
      return { target: { id: "leaky_relu", slope: change.slope }, sites: change.sites };
    case "prelu":
    case "elu":
    case "gelu":
    case "silu":
      return { target: { id: change.kind, slope: SLOPE }, sites: change.sites };
    case "remove-activation":
      return { target: { id: "linear", slope: SLOPE }, sites: [change.site] };
    case "softmax":
    case "sigmoid":
    case "softplus":
      return { target: { id: change.kind, slope: SLOPE }, sites: [change.site] };
    default:
      return undefined;
  }
}

const isAlready = ({ activation, parameters }: Site, { id, slope }: Target): boolean =>
  activation === id && (id !== "leaky_relu" || parameters.negative_slope === slope);
