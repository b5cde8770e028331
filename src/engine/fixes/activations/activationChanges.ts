/** Changes of activations: another in their place, or none. */
import type { Site } from "../../model.ts";
import type { Asked, ChangeOf, Made, Makers } from "../change.ts";
import { merged } from "../edits.ts";
import { origins } from "../names/origins.ts";
import { gainsFor } from "./gains.ts";
import { noteOf, saidSlope } from "./leakyRelu.ts";
import { withoutActivation } from "./outputFixes.ts";
import type { Around, Rewrite } from "./proposal.ts";
import { switchSite } from "./switchSite.ts";
import { ADDS_PARAMETERS, leaky, nameOf, type Target, to } from "./target.ts";

type OnOutput = "softmax" | "sigmoid" | "softplus";
type Smooth = "prelu" | "elu" | "gelu" | "silu";
type Kind = OnOutput | Smooth | "remove-activation" | "leaky-relu";

export const activationChanges: Makers<Kind> = {
  "leaky-relu": ({ sites, slope }, asked) => switched(sites, leaky(slope), asked),
  prelu: smooth,
  elu: smooth,
  gelu: smooth,
  silu: smooth,
  "remove-activation": ({ site }, { unit, index, foundOf }) => {
    const found = foundOf(site);
    return found && { title: "Leave the output linear", edits: withoutActivation(found, unit, index) };
  },
  softmax: onOutput,
  sigmoid: onOutput,
  softplus: onOutput,
};

function smooth({ kind, sites }: ChangeOf<Smooth>, asked: Asked): Made | undefined {
  return switched(sites, to(kind), asked);
}

function onOutput({ kind, site }: ChangeOf<OnOutput>, asked: Asked): Made | undefined {
  const made = switched([site], to(kind), asked);
  return made && { ...made, title: `Use ${kind} in the place of ${site.activation}` };
}

/**
 * All of the sites or none: the effect that was estimated is that of all of them, and a network with two activations
 * by accident is nobody's wish.
 */
function switched(sites: readonly Site[], target: Target, asked: Asked): Made | undefined {
  const { network, unit, index } = asked;
  const taken: Around["taken"] = new Map();
  const rewrites: Rewrite[] = [];
  const wanted = distinctSites(sites).filter((site) => !isAlready(site, target));
  for (const [found, served] of origins(wanted, asked)) {
    const layers = network.layers.filter((layer) => served.some((site) => isSame(layer.site, site)));
    const around: Around = { unit, index: () => index, layers, taken };
    const written = found && switchSite(found, target, around);
    if (!written || "reason" in written) return undefined;
    rewrites.push(written);
  }
  const [first] = rewrites;
  if (!first) return undefined;
  const gains =
    target.id === "leaky_relu"
      ? gainsFor(network, wanted, target.slope, unit, index)
      : { edits: [], imports: [], notes: heStays(network, wanted, target) };
  const name =
    target.id === "leaky_relu" ? `Leaky ReLU (${saidSlope(first, target.slope, unit)})` : nameOf(target);
  const notes = [
    ...(target.id === "prelu" ? [ADDS_PARAMETERS] : []),
    ...rewrites.flatMap((one) => [...(one.notes ?? []), ...listed(noteOf(one, target, unit))]),
    ...listed(shared(network, wanted, target)),
    ...gains.notes,
  ];
  return {
    title: wanted.length > 1 ? `Switch ${wanted.length} activations to ${name}` : `Switch to ${name}`,
    edits: merged([...rewrites, gains]),
    ...(notes.length > 0 ? { note: [...new Set(notes)].join(" ") } : {}),
  };
}

const listed = (note: string | undefined): readonly string[] => (note === undefined ? [] : [note]);

const isSame = (a: Site | null, b: Site): boolean =>
  a !== null && a.span.from === b.span.from && a.span.to === b.span.to;

const distinctSites = (sites: readonly Site[]): readonly Site[] =>
  sites.filter((site, at) => sites.findIndex((other) => isSame(other, site)) === at);

const isAlready = ({ activation, parameters }: Site, target: Target): boolean =>
  activation === target.id && (target.id !== "leaky_relu" || parameters.negative_slope === target.slope);

/** One module may serve several layers. */
function shared({ layers }: Asked["network"], sites: readonly Site[], target: Target): string | undefined {
  const most = Math.max(
    ...sites.map(
      (site) => new Set(layers.filter((layer) => isSame(layer.site, site)).map(({ span }) => span.from)).size,
    ),
  );
  if (most < 2) return undefined;
  const slope = target.id === "prelu" ? ", and learn one slope together" : "";
  return `One activation serves ${most} layers: all of them change${slope}.`;
}

/** He's gain is that of ReLU; for none of these is there one in use that is better. */
function heStays({ layers }: Asked["network"], sites: readonly Site[], target: Target): readonly string[] {
  const isHidden =
    target.id === "prelu" || target.id === "elu" || target.id === "gelu" || target.id === "silu";
  const isTold = layers.some(
    ({ site, weights }) =>
      weights.span && /^he_/.test(weights.value.scheme) && sites.some((one) => isSame(site, one)),
  );
  return isHidden && isTold
    ? [`He's initialiser stays: it is the usual one before ${nameOf(target)} too.`]
    : [];
}
