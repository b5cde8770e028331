/** The hover of a call that makes layers, as Markdown. Pure; whatever comes from code or engine is escaped. */
import { type Analysis, type Gap, type Layer, type Network, placeWords, type Span } from "../engine/index.ts";
import type { Placed } from "./findings.ts";
import { escapeMarkdown, unreadText } from "./hoverText.ts";
import { biasWords, deadWords, percent, weightsWords } from "./layerWords.ts";
import { activationName, normalisationWords, notableShare, plural, sizeWords } from "./words.ts";

/** The layers that the innermost call around an offset makes: one, or several in a loop. */
export function layersAt(analysis: Analysis, offset: number): readonly Placed[] {
  const around = analysis.networks.flatMap((network) =>
    network.layers.flatMap((layer, index) =>
      layer.span.from <= offset && offset <= layer.span.to ? [{ network, layer, index }] : [],
    ),
  );
  const size = ({ layer: { span } }: Placed) => span.to - span.from;
  const least = Math.min(...around.map(size));
  return around.filter((placed) => size(placed) === least);
}

/** Code that could not be read. One about the whole network is told by the network's own hover. */
export function gapAt(
  { networks }: Analysis,
  offset: number,
): { readonly gap: Gap; readonly network: Network } | undefined {
  const length = ({ from, to }: Span) => to - from;
  return networks
    .flatMap((network) => network.gaps.map((gap) => ({ gap, network })))
    .filter(
      ({ gap: { span }, network }) => span.from !== network.span.from && length(span) < length(network.span),
    )
    .filter(({ gap: { span } }) => span.from <= offset && offset <= span.to)
    .sort((a, b) => length(a.gap.span) - length(b.gap.span))[0];
}

export const gapHoverText = (gap: Gap, { name }: Network): string =>
  `Not read in **${escapeMarkdown(name)}**: ${escapeMarkdown(gap.what)}`;

export function layerHoverText(all: readonly Placed[]): readonly string[] {
  const network = all.find(isSized)?.network ?? all[0]?.network;
  if (!network) return [];
  // A block is a network and a part of others: the first whose sizes are known speaks for all.
  const placed = all.filter((other) => other.network === network);
  const others = [...new Set(all.map((other) => other.network))].filter((other) => other !== network);
  const layers = placed.map(({ layer }) => layer);
  const risks = placed.flatMap(({ index }) => network.risk?.layers[index] ?? []);
  const worst = risks.sort((a, b) => b.deadAfterTraining - a.deadAfterTraining)[0];
  const isNews = worst !== undefined && worst.deadAfterTraining >= notableShare;
  const most = isNews && risks.length > 1 ? "in the worst of them " : "";
  return [
    headingText(placed, network),
    layerFacts(layers)
      .map((fact) => `- ${escapeMarkdown(fact)}`)
      .join("\n"),
    ...(worst ? [sentence(escapeMarkdown(`${most}${deadWords(worst)}`))] : []),
    ...others.slice(0, 3).map((other) => alsoText(all, other)),
    ...(network.risk ? [] : [sentence(unreadText(network) ?? "")]),
  ];
}

const isSized = ({ layer: { fanIn, units } }: Placed): boolean => fanIn !== null && units !== null;

function alsoText(all: readonly Placed[], network: Network): string {
  const places = all.filter((other) => other.network === network).map(({ index }) => index + 1);
  return `Also ${plural(places.length, "layer")} of **${escapeMarkdown(network.name)}**: ${placeWords(places)} of ${network.layers.length}`;
}

function headingText(placed: readonly Placed[], network: Network): string {
  const layers = placed.map(({ layer }) => layer);
  const first = placed[0]!;
  const isConv = first.layer.kind === "conv";
  const name = first.layer.name && placed.length === 1 ? ` ${escapeMarkdown(first.layer.name)}` : "";
  const sizes = `${between(layers.map(sizeWords))} ${isConv ? "channels" : "units"}`;
  const fan = isConv ? ` · fan-in ${between(layers.map(({ fanIn }) => String(fanIn ?? "?")))}` : "";
  const of = `of ${network.layers.length} of **${escapeMarkdown(network.name)}**`;
  const where =
    placed.length === 1
      ? `layer ${first.index + 1} ${of}`
      : `makes ${plural(placed.length, "layer")}: ${placeWords(placed.map(({ index }) => index + 1))} ${of}`;
  return `**${isConv ? "Convolution" : "Dense layer"}**${name} · ${escapeMarkdown(sizes)}${escapeMarkdown(fan)} · ${where}`;
}

function layerFacts(layers: readonly Layer[]): readonly string[] {
  return [weightsWords, biasWords, normalisedWords, activationWords, residualWords, dropoutWords]
    .map((words) => between(layers.map(words)))
    .filter((fact) => fact !== "");
}

const activationWords = ({ site }: Layer): string =>
  site ? `${activationName(site.activation)} follows` : "no activation follows";

function normalisedWords({ normalisation, site }: Layer): string {
  if (!normalisation) return "";
  const name = normalisationWords[normalisation.kind];
  return site ? `${name} ${normalisation.place} the activation` : `${name} follows`;
}

const residualWords = ({ residual }: Layer): string =>
  residual ? "ends a residual block: its input is added to its output" : "";

const dropoutWords = ({ dropout }: Layer): string =>
  dropout > 0 ? `${percent(dropout)} of its outputs are dropped in training` : "";

/** What all say, what two say, or the first and the last of many. */
function between(words: readonly string[]): string {
  const told = [...new Set(words)].filter((word) => word !== "");
  const some = told.length > 0 && words.includes("") ? " (some)" : "";
  if (told.length <= 2) return told.join(" or ") + some;
  return `${told[0]} … ${told.at(-1)}${some}`;
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
