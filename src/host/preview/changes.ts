/** From settings that are tried out to changes of the code. Pure: the engine says which of them it can make. */
import {
  type Change,
  type Family,
  type Fix,
  type FixSource,
  familyFor,
  type Layer,
  mergeFixes,
  type Network,
  type Site,
  type WhatIf,
} from "../../engine/index.ts";
import type { Writable } from "../../protocol.ts";
import { sameSpan } from "../findings.ts";

type Setting = keyof WhatIf;

/** The layers before the output: what is tried out is tried out on them. */
const hiddenOf = ({ layers }: Network): readonly Layer[] => layers.slice(0, -1);

/** Activations of the hidden layers, each once, that are not what is asked for already. */
function sitesOf(network: Network, { id }: NonNullable<WhatIf["activation"]>): readonly Site[] {
  const sites = hiddenOf(network).flatMap(({ site }) => site ?? []);
  return sites.filter(
    (site, index) =>
      site.activation !== id && sites.findIndex((other) => sameSpan(other.span, site.span)) === index,
  );
}

/** What would have to be done to the code; undefined where no change is the same as the setting. */
export function changesFor(
  network: Network,
  settings: WhatIf,
  setting: Setting,
): readonly Change[] | undefined {
  const hidden = hiddenOf(network);
  switch (setting) {
    case "learningRate":
      return settings.learningRate === undefined
        ? undefined
        : [{ kind: "learning-rate", rate: settings.learningRate }];
    case "weights":
      // What the fix writes suits the activation: that has to be the scheme that was tried out.
      return hidden.every((layer) => layer.site !== null && familyFor(layer) === familyOf(settings))
        ? [{ kind: "initialiser", layers: hidden }]
        : undefined;
    case "bias":
      return settings.bias === null ? [{ kind: "zero-bias", layers: hidden }] : undefined;
    case "normalisation": {
      const { normalisation: norm } = settings;
      return norm?.kind === "batch" && norm.place === "before"
        ? [{ kind: "batch-norm", layers: hidden }]
        : undefined;
    }
    case "inputScale":
      return settings.inputScale === "standardised" ? [{ kind: "scale-input" }] : undefined;
    case "clipNorm":
      return settings.clipNorm ? [{ kind: "clip-gradients", norm: settings.clipNorm }] : undefined;
    case "activation":
      return activationChange(network, settings);
    case "width":
      return widths(hidden, settings.width);
    case "depth":
      return undefined;
  }
}

/** The scheme without its distribution; others than the usual ones have numbers that no fix writes. */
function familyOf({ weights }: WhatIf): Family | undefined {
  if (!weights || weights.gain !== undefined) return undefined;
  return families.find((family) => weights.scheme.startsWith(family));
}

const families: readonly Family[] = ["he", "glorot", "lecun"];

function activationChange(network: Network, { activation }: WhatIf): readonly Change[] | undefined {
  if (!activation) return undefined;
  const sites = sitesOf(network, activation);
  if (activation.id === "leaky_relu") return leakyChange(network, activation.parameters.negative_slope);
  if (sites.length === 0) return undefined;
  switch (activation.id) {
    case "elu":
    case "gelu":
    case "silu":
      return [{ kind: activation.id, sites }];
    default:
      return undefined;
  }
}

/** Of ReLU only: the slope of a Leaky ReLU that is written already is its own. */
function leakyChange(network: Network, slope: number | undefined): readonly Change[] | undefined {
  if (slope === undefined || !(slope > 0)) return undefined;
  const sites = sitesOf(network, { id: "leaky_relu", parameters: {} });
  const isRelu = sites.length > 0 && sites.every(({ activation }) => activation === "relu");
  return isRelu ? [{ kind: "leaky-relu", sites, slope }] : undefined;
}

/** Each hidden layer by itself: a layer that is made in a loop is there several times, and is not widened. */
function widths(hidden: readonly Layer[], factor: number | undefined): readonly Change[] | undefined {
  if (factor === undefined || factor === 1) return undefined;
  const changes = hidden.flatMap((layer): Change[] =>
    layer.units === null
      ? []
      : [{ kind: "widen", layer, units: Math.max(1, Math.round(layer.units * factor)) }],
  );
  const isWhole =
    changes.length === hidden.length && new Set(hidden.map(({ span }) => span.from)).size === hidden.length;
  return isWhole ? changes : undefined;
}

/** All of the changes of a setting as one fix; undefined where one of them can't be made, or not with the others. */
export function fixFor(
  network: Network,
  fixes: FixSource,
  settings: WhatIf,
  setting: Setting,
): Fix | undefined {
  const changes = changesFor(network, settings, setting);
  if (!changes || changes.length === 0) return undefined;
  const made = changes.map((change) => fixes.fix(network, change));
  const whole = made.filter((fix): fix is Fix => fix !== undefined);
  const [first] = whole;
  if (!first || whole.length < changes.length) return undefined;
  if (whole.length === 1) return first;
  const { edits, refused } = mergeFixes(whole);
  if (refused.length > 0) return undefined;
  return { ...first, title: `${first.title}, and ${whole.length - 1} more like it`, edits };
}

/** What of the settings can be written into the code as it stands. */
export function writable(network: Network, fixes: FixSource, settings: WhatIf): readonly Writable[] {
  return (Object.keys(settings) as Setting[]).flatMap((setting) => {
    const fix = fixFor(network, fixes, settings, setting);
    return fix ? [{ setting, kind: fix.kind, title: fix.title }] : [];
  });
}
