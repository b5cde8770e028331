/** What lens and hover say, in words and ranges: the estimate does not carry two digits. Pure. */
import {
  activationById,
  type FrameworkId,
  frameworkNames,
  type Initialiser,
  type Layer,
  type Network,
  type OptimiserKind,
  type Site,
} from "../engine/index.ts";

export const frameworkName = (id: FrameworkId): string => frameworkNames[id] ?? id;

export function activationName(id: string): string {
  return activationById(id)?.name ?? id.replaceAll("_", " ");
}

/** A number as in code, but with a true minus sign. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "undefined";
  return String(Number(value.toPrecision(4))).replace("-", "−");
}

/** A learning rate as people write it: 0.05, 1e-3. */
export const rate = (value: number): string =>
  value > 0 && value < 0.01 ? value.toExponential().replace("e+", "e") : String(value);

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** "Leaky ReLU 0.3 (Keras default)". A default is only named where frameworks disagree about it. */
export function siteWords(site: Site): string {
  const name = activationName(site.activation);
  if (site.isDefault) return `${name} by default`;
  const written = Object.entries(site.parameters).filter(([key]) => !site.defaulted.includes(key));
  const quiet = site.certainty === "likely" ? " (likely)" : "";
  if (written.length > 2) return name + quiet;
  if (written.length > 0) return `${name} ${written.map(([, value]) => number(value)).join(", ")}${quiet}`;
  const slope = site.parameters.negative_slope ?? site.parameters.alpha;
  if (site.activation === "leaky_relu" && slope !== undefined) {
    return `${name} ${number(slope)} (${frameworkName(site.framework)} default)${quiet}`;
  }
  return name + quiet;
}

/** Several sites of one line: "ReLU ×3", "ReLU ×2, Sigmoid". */
export function sitesWords(sites: readonly Site[]): string {
  const counts = new Map<string, number>();
  for (const site of sites) counts.set(siteWords(site), (counts.get(siteWords(site)) ?? 0) + 1);
  return [...counts].map(([words, count]) => (count > 1 ? `${words} ×${count}` : words)).join(", ");
}

/** Below this, a share of dead units is no news. */
export const notableShare = 0.1;

const schemes: Readonly<Record<Initialiser["scheme"], string>> = {
  torch_default: "PyTorch default",
  he_normal: "He",
  he_uniform: "He",
  glorot_normal: "Glorot",
  glorot_uniform: "Glorot",
  lecun_normal: "LeCun",
  lecun_uniform: "LeCun",
  orthogonal: "orthogonal",
  normal: "normal",
  uniform: "uniform",
  constant: "constant",
};

export function initialiserWords({ scheme, std }: Initialiser): string {
  if (scheme === "normal" && std !== undefined) return `N(0, ${number(std)}²) init`;
  return `${schemes[scheme]} init`;
}

const optimisers: Readonly<Record<OptimiserKind, string>> = {
  sgd: "SGD",
  momentum: "SGD with momentum",
  adam: "Adam",
  rmsprop: "RMSprop",
};

/** "Adam 1e-3", or null when it is not in the file: an assumption belongs into the hover. */
export function optimiserWords({ optimiser, learningRate }: Network): string | null {
  if (optimiser.assumption !== undefined) return null;
  const name = optimisers[optimiser.value];
  return learningRate.assumption === undefined ? `${name} ${rate(learningRate.value)}` : name;
}

/** The scheme that most hidden layers use. */
export function usualInitialiser(network: Network): string | null {
  return mostCommon(network.layers.slice(0, -1).map((layer) => initialiserWords(layer.weights.value)));
}

export function usualActivation(network: Network): string | null {
  return mostCommon(
    network.layers.flatMap((layer) => (layer.site ? [activationName(layer.site.activation)] : [])),
  );
}

function mostCommon(words: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** "784-256×3-10", or "conv 1-32-64, dense 3136-10"; long chains lose their middle. */
export function widthWords(layers: readonly Layer[]): string {
  const chains: { kind: Layer["kind"]; widths: (number | null)[] }[] = [];
  for (const layer of layers) {
    const last = chains.at(-1);
    if (last?.kind === layer.kind) last.widths.push(layer.units);
    else chains.push({ kind: layer.kind, widths: [inputsOf(layer), layer.units] });
  }
  const mixed = chains.length > 1 || chains[0]?.kind === "conv";
  return chains.map(({ kind, widths }) => (mixed ? `${kind} ` : "") + chainWords(widths)).join(", ");
}

function inputsOf({ fanIn, kernelArea }: Layer): number | null {
  return fanIn === null || kernelArea === null ? null : fanIn / kernelArea;
}

function chainWords(widths: readonly (number | null)[]): string {
  const runs: { width: number | string; count: number }[] = [];
  for (const width of widths.map((known) => known ?? "?")) {
    const last = runs.at(-1);
    if (last?.width === width) last.count++;
    else runs.push({ width, count: 1 });
  }
  const words = runs.flatMap(({ width, count }) =>
    count > 3 ? [`${width}×${count}`] : Array.from({ length: count }, () => String(width)),
  );
  return (words.length > 8 ? [...words.slice(0, 4), "…", ...words.slice(-2)] : words).join("-");
}

/**
 * What drives the risk: the setting whose change helps most, others that weigh nearly as much, and the depth. Only
 * settings that can be named as a property of this network: "double the width" is a cure, not a cause.
 */
export function causeWords(network: Network): string {
  const named = (network.risk?.counterfactuals ?? []).flatMap(({ factor, effect }) => {
    const words = effect < -0.03 ? factorWords(factor, network) : null;
    return words === null ? [] : [{ words, effect }];
  });
  const most = Math.min(...named.map(({ effect }) => effect));
  const heavy = named.filter(({ effect }) => effect <= most / 2).map(({ words }) => words);
  const pieces: (string | null)[] = [...new Set(heavy)].slice(0, 2);
  if (pieces.length === 0) pieces.push(usualInitialiser(network));
  return [...pieces, plural(network.layers.length, "layer")].filter((piece) => piece !== null).join(", ");
}

function factorWords(factor: string, network: Network): string | null {
  if (/initialis/i.test(factor)) return usualInitialiser(network);
  if (/learning|\blr\b|\bstep/i.test(factor)) {
    const { value, assumption } = network.learningRate;
    return assumption === undefined ? `learning rate ${rate(value)}` : null;
  }
  if (/bias/i.test(factor)) {
    const biases = network.layers.flatMap((layer) => (layer.bias ? [layer.bias.value] : []));
    const constant = biases.find(({ scheme, mean }) => scheme === "constant" && (mean ?? 0) !== 0);
    return constant?.mean === undefined ? null : `biases start at ${number(constant.mean)}`;
  }
  if (/input/i.test(factor)) return network.input.value.scale === "raw" ? "unscaled input" : null;
  return null;
}
