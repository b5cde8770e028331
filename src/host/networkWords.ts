/** A network in one line of words, for lens, hover and tree. Pure. */
import {
  type Layer,
  levelWords,
  type Network,
  type OptimiserKind,
  rangeWords,
  unitsWords,
} from "../engine/index.ts";
import {
  activationName,
  initialiserWords,
  inputsOf,
  normalisationWords,
  number,
  plural,
  rate,
  shortened,
} from "./words.ts";

/** A lens that is longer is cut off in an editor of usual width, and pushes its links out of sight. */
const longest = 110;

/** "Net: 5 layers, 784-256-256-10, ReLU": what matters least is left out until it fits. */
export function networkLineWords(network: Network, isFlagged: boolean): string {
  const name = shortened(network.name, 40);
  return `${name}: ${networkWords(network, isFlagged, longest - name.length - 2)}`;
}

/** @param isFlagged some finding is about this network */
export function networkWords(network: Network, isFlagged: boolean, room = longest): string {
  const { layers, gaps } = network;
  if (layers.length === 0 && gaps[0]) return `network not read: ${gaps[0].what}`;
  const end = gaps.length > 0 ? gapWords(network) : networkRiskWords(network, isFlagged);
  const count = plural(layers.length, "layer") + (gaps.length > 0 ? " read" : "");
  const [short, ...shorter] = widthChoices(layers);
  // What could be read of a network with gaps says little about its training: the gaps are the news.
  const training = gaps.length > 0 ? [] : [usualInitialiser(network), optimiserWords(network)];
  const features = [
    usualActivation(network),
    normalisationsWords(layers),
    residualWords(layers),
    ...training,
  ];
  const described = features.filter((piece) => piece !== null);
  const line = (widths: string | undefined, kept: number): string =>
    [count, widths, ...described.slice(0, kept)].filter(Boolean).join(", ");
  const all = described.length;
  const choices = [
    line(short, all),
    ...shorter.map((widths) => line(widths, all)),
    ...described.map((_, index) => line(shorter.at(-1) ?? short, all - 1 - index)),
  ];
  const spare = room - Math.min(end.length, 60);
  const start = choices.find(({ length }) => length <= spare) ?? choices.at(-1) ?? count;
  return start + shortened(end, Math.max(45, room - start.length));
}

/** "1 gap: width of layer 3 is not known". */
const gapWords = ({ gaps }: Network): string =>
  ` · ${plural(gaps.length, "gap")}: ${gaps[0]?.what ?? "unknown"}`;

/** Numbers only with a finding behind them: a range read as a warning would be one too many on healthy code. */
function networkRiskWords({ risk, pretrained }: Network, isFlagged: boolean): string {
  if (pretrained) return " · pretrained, so not estimated";
  if (!risk) return "";
  if (isFlagged) return ` · ${unitsWords(rangeWords(risk.range))} may die`;
  // What no rule finds worth a word is none: a level alone would read as a warning on healthy code.
  const isLow = levelWords(risk.probabilityOver25) === "low";
  return isLow && risk.deadAfterTraining > 0 ? " · low risk of dead units" : "";
}

/** "BatchNorm", "BatchNorm and LayerNorm"; null without. */
function normalisationsWords(layers: readonly Layer[]): string | null {
  const kinds = new Set(
    layers.flatMap(({ normalisation }) => (normalisation ? [normalisationWords[normalisation.kind]] : [])),
  );
  return kinds.size === 0 ? null : [...kinds].join(" and ");
}

const residualWords = (layers: readonly Layer[]): string | null =>
  layers.some(({ residual }) => residual) ? "residual" : null;

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
export const widthWords = (layers: readonly Layer[]): string => widthChoices(layers)[0] ?? "";

/** The same, ever shorter. */
function widthChoices(layers: readonly Layer[]): readonly string[] {
  const chains: { kind: Layer["kind"]; widths: (number | null)[] }[] = [];
  for (const layer of layers) {
    const last = chains.at(-1);
    if (last?.kind === layer.kind) last.widths.push(layer.units);
    else chains.push({ kind: layer.kind, widths: [inputsOf(layer), layer.units] });
  }
  const mixed = chains.length > 1 || chains[0]?.kind === "conv";
  const words = (most: number) => {
    const all = chains.map(({ kind, widths }) => (mixed ? `${kind} ` : "") + chainWords(widths, most));
    return (all.length > 3 ? [all[0], "…", all.at(-1)] : all).join(", ");
  };
  return chains.length === 0 ? [] : [...new Set([words(8), words(4)])];
}

/** @param most numbers that are written out before the chain loses its middle */
function chainWords(widths: readonly (number | null)[], most: number): string {
  const runs: { width: number | string; count: number }[] = [];
  for (const width of widths.map((known) => known ?? "?")) {
    const last = runs.at(-1);
    if (last?.width === width) last.count++;
    else runs.push({ width, count: 1 });
  }
  const words = runs.flatMap(({ width, count }) =>
    count > 3 ? [`${width}×${count}`] : Array.from({ length: count }, () => String(width)),
  );
  if (words.length <= most) return words.join("-");
  return [...words.slice(0, most / 2), "…", ...words.slice(-most / 4)].join("-");
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
