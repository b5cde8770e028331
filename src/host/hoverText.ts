/** The text of the hover as Markdown. Pure; whatever comes from code or engine is escaped. */
import type { Activation, Analysis, Finding, Kink, Network, Site } from "../engine/index.ts";
import { rangeWords, shareWords, unitsWords } from "../engine/index.ts";
import { findingFor, findingsOf, isSpoken, layersOf, networksOf, type Placed } from "./findings.ts";
import { plainFormula } from "./formula.ts";
import { ruleWords } from "./lensLines.ts";
import { networkWords } from "./networkWords.ts";
import { activationName, frameworkName, initialiserWords, notableShare, number, plural } from "./words.ts";

/** Names in the code must not become markup, least of all a command link. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]()#+\-!~<>|&$]/g, "\\$&");
}

/** A code span that its own text can't close. */
export const code = (text: string): string => {
  const fence = text.includes("`") ? "``" : "`";
  return `${fence}${text.replace(/\s+/g, " ")}${fence}`;
};

/** Name, formula and where the name leads: one line, since a hover shows some 250 pixels before it scrolls. */
export function headingText(activation: Activation | undefined, site: Site): string {
  const name = `**${escapeMarkdown(activationName(site.activation))}**`;
  const formula = activation ? [formulaText(activation)] : [];
  const origin = `${code(site.symbol)} (${escapeMarkdown(frameworkName(site.framework))})`;
  const likely = site.certainty === "likely" ? ["probably: its name leads to no framework"] : [];
  return [name, ...formula, origin, ...likely].join(" · ");
}

/** Values as written or as the framework's default, and which is which. */
export function parameterText(activation: Activation | undefined, site: Site): string | null {
  const pieces = Object.entries(site.parameters).map(([name, value]) => {
    const symbol = activation?.parameters.find((parameter) => parameter.name === name)?.symbol;
    const sign = symbol === undefined ? "" : plainFormula(symbol);
    const written = code(`${sign === "" || sign === name ? "" : `${sign} = `}${name} = ${number(value)}`);
    if (!site.defaulted.includes(name)) return written;
    return `${written} (${escapeMarkdown(frameworkName(site.framework))} default, not written in the code)`;
  });
  return pieces.length > 0 ? pieces.join(", ") : null;
}

/** The formula in plain text: hovers can't set TeX. */
function formulaText(activation: Activation): string {
  const formula = plainFormula(activation.tex);
  return code(/^\p{L}+\([^()]*\) =/u.test(formula) ? formula : `f(x) = ${formula}`);
}

export function gradientText(activation: Activation, site: Site): string | null {
  if (activation.shape !== "elementwise") return null;
  const at = (x: number) => `f′(${number(x)}) = ${number(round(activation.gradient(x, site.parameters)))}`;
  const jumps = activation.kinks(site.parameters).filter(({ left, right }) => left !== right);
  return [`Gradient: ${at(-2)}, ${at(2)}`, ...jumps.map((kink) => kinkText(kink, site))].join("; ");
}

const round = (value: number): number => (Math.abs(value) < 1e-12 ? 0 : Number(value.toPrecision(3)));

const kinkText = ({ x, left, right, used, differs }: Kink, site: Site): string =>
  `undefined at ${number(x)} (left ${number(round(left))}, right ${number(round(right))}); ` +
  `${escapeMarkdown(frameworkName(site.framework))} uses ${number(round(differs?.[site.framework] ?? used))}`;

/** The verdict in one line, for the top of the hover; null where the rules are silent. */
export function verdictText(analysis: Analysis, site: Site): string | null {
  const finding = findingFor(analysis, site);
  if (!finding || !isSpoken(finding)) return null;
  const own = layersOf(analysis, site).map((placed) => placed.network.risk?.layers[placed.index]);
  const share = Math.max(0, ...own.map((risk) => risk?.deadAfterTraining ?? 0));
  if (finding.rule !== "dying-relu") return `$(warning) **${escapeMarkdown(sentence(ruleWords(finding)))}**`;
  if (share < notableShare) return null;
  return `$(warning) **${escapeMarkdown(sentence(`${unitsWords(shareWords(share))} may die`))}**`;
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export function riskText(analysis: Analysis, site: Site): readonly string[] {
  const placed = layersOf(analysis, site);
  const finding = findingFor(analysis, site);
  const network = networksOf(analysis, site)[0];
  const paragraphs: string[] = [];
  if (placed.length > 0) paragraphs.push(...layersText(placed));
  else if (network) paragraphs.push(networkText(analysis, network));
  const assumptions = [...new Set(placed.flatMap(({ network }) => network.risk?.assumptions ?? []))];
  if (finding) paragraphs.push(findingText(finding, assumptions));
  if (assumptions.length > 0) paragraphs.push(`Assumed: ${assumptions.map(escapeMarkdown).join("; ")}`);
  return paragraphs;
}

const dense = (placed: Placed): string =>
  `${placed.layer.kind === "conv" ? "convolution" : "dense"}, fan-in ${placed.layer.fanIn ?? "unknown"}, ` +
  (placed.layer.units === null
    ? ""
    : `${plural(placed.layer.units, placed.layer.kind === "conv" ? "channel" : "unit")}, `) +
  initialiserWords(placed.layer.weights.value);

function layersText(placed: readonly Placed[]): readonly string[] {
  const first = placed[0]!;
  const { network } = first;
  const name = `**${escapeMarkdown(network.name)}**`;
  const unread = unreadText(network);
  if (unread) return [`${name}: ${unread}`];
  const where =
    placed.length === 1
      ? `layer ${first.index + 1} of ${network.layers.length} (${escapeMarkdown(dense(first))})`
      : `serves ${placed.length} layers`;
  const risks = placed.flatMap(({ network, index }) => network.risk?.layers[index] ?? []);
  const worst = [...risks].sort((a, b) => b.deadAfterTraining - a.deadAfterTraining)[0];
  if (!worst) return [`${name}: ${where}`];
  const worstOf = placed.length > 1 ? "; in the worst of them " : ": ";
  // Zeros for some inputs are what ReLU is for.
  const meaning = worst.deadAfterTraining >= notableShare ? "; dead is 0 for every input, not for some" : "";
  return [
    `${name}: ${where}${worstOf}${unitsWords(shareWords(worst.deadAfterTraining))} may be dead after training ` +
      `(${shareWords(worst.deadAtInit)} at the start), whole network ${rangeWords(network.risk!.range)}${meaning}`,
    stepText(worst.stepSize, worst.correlation),
  ];
}

/** The two numbers behind the estimate, as `risk` states them; unlike inputs need no mention. */
function stepText(stepSize: number, correlation: number): string {
  const step = number(Number(stepSize.toPrecision(1)));
  const alike =
    correlation >= 0.5 ? `; the inputs of this layer are ${Math.round(correlation * 100)} % alike` : "";
  return escapeMarkdown(`One optimiser step moves pre-activations by ${step}× their spread${alike}.`);
}

/** Why there is no figure; null where there is one. */
export function unreadText(network: Network): string | null {
  if (network.pretrained) return "pretrained weights, so no estimate of dead units";
  const gap = network.gaps[0];
  if (gap) return `risk not estimated: ${escapeMarkdown(gap.what)}`;
  return network.risk ? null : "risk not estimated";
}

function networkText(analysis: Analysis, network: Network): string {
  const words = networkWords(network, findingsOf(analysis, network).length > 0, Number.POSITIVE_INFINITY);
  return `**${escapeMarkdown(network.name)}**: ${unreadText(network) ?? escapeMarkdown(words)}`;
}

export function networkHoverText(analysis: Analysis, network: Network): readonly string[] {
  const assumptions = network.risk?.assumptions ?? [];
  return [
    networkText(analysis, network),
    ...(network.gaps.length > 1
      ? [network.gaps.map(({ what }) => `- ${escapeMarkdown(what)}`).join("\n")]
      : []),
    ...byLayerText(network),
    ...findingsOf(analysis, network)
      .slice(0, 1)
      .map((finding) => findingText(finding, assumptions)),
    ...(assumptions.length > 0 ? [`Assumed: ${assumptions.map(escapeMarkdown).join("; ")}`] : []),
  ];
}

/** Where along the depth units die: the shape that explains the cause. */
function byLayerText({ risk }: Network): readonly string[] {
  const layers = (risk?.layers ?? []).filter((layer) => layer !== null);
  if (layers.length < 2 || layers.every((layer) => layer.deadAfterTraining < notableShare)) return [];
  const shares = layers.map((layer) => shareWords(layer.deadAfterTraining).replace("about ", ""));
  const listed = shares.length > 24 ? [...shares.slice(0, 12), "…", ...shares.slice(-8)] : shares;
  return [`May be dead after training, by hidden layer: ${escapeMarkdown(listed.join(" · "))}`];
}

const shown = 5;

/** Message and evidence; `assumptions` have a line of their own, and a source that all share is named once. */
function findingText({ message, evidence }: Finding, assumptions: readonly string[]): string {
  const told = evidence.filter(({ text }) => !assumptions.includes(text)).slice(0, shown);
  const sources = new Set(told.flatMap(({ source }) => source ?? []));
  return [
    escapeMarkdown(message),
    ...(told.length > 0 ? ["", ...told.map(({ text }) => `- ${escapeMarkdown(text)}`)] : []),
    ...(sources.size > 0 ? ["", `Source: ${[...sources].map(escapeMarkdown).join("; ")}`] : []),
  ].join("\n");
}
