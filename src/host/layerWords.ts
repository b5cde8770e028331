/** What a layer is, in words, for hover, tree and preview. Pure. */
import {
  biasMoments,
  type Initialiser,
  type Layer,
  type LayerRisk,
  type Moments,
  shareWords,
  unitsWords,
  weightMoments,
} from "../engine/index.ts";
import {
  activationName,
  initialiserWords,
  inputsOf,
  normalisationWords,
  plural,
  sizeWords,
} from "./words.ts";

/** "dense 784 → 256", "conv 3 → 64". */
export const kindWords = (layer: Layer): string => `${layer.kind} ${sizeWords(layer)}`;

/** "ReLU, BatchNorm, residual, dropout 50 %, PyTorch default init": what the tree says beside a layer. */
export function featureWords(layer: Layer): string {
  const { site, normalisation, residual, dropout, weights } = layer;
  const pieces = [
    site ? activationName(site.activation) : "no activation",
    normalisation && normalisationWords[normalisation.kind],
    residual && "residual",
    dropout > 0 && `dropout ${percent(dropout)}`,
    initialiserWords(weights.value),
  ];
  return pieces.filter(Boolean).join(", ");
}

/** A sentence for screen readers and captions; sizes that are not known are said to be so. */
export function layerSentence(layer: Layer): string {
  const { kind, units, fanIn, kernelArea } = layer;
  const isConv = kind === "conv";
  const what = isConv ? "convolution" : "dense";
  const counted = (count: number | null, one: string) =>
    count === null ? `an unknown number of ${one}s` : plural(count, one);
  const size = `${counted(inputsOf(layer), isConv ? "channel" : "input")} to ${counted(units, isConv ? "channel" : "unit")}`;
  const fan = isConv && fanIn !== null && kernelArea !== null ? `, fan-in ${fanIn}` : "";
  return `${what}, ${size}${fan}, ${featureWords(layer)}`;
}

/** "few units may be dead after training (few at the start)". */
export const deadWords = ({ deadAtInit, deadAfterTraining }: LayerRisk): string =>
  `${unitsWords(shareWords(deadAfterTraining))} may be dead after training (${shareWords(deadAtInit)} at the start)`;

/** "weights U(±0.036), std 0.0206, PyTorch default init; He would be 0.0505". */
export function weightsWords(layer: Layer): string {
  const { weights, fanIn, units, kernelArea, site } = layer;
  const name = initialiserWords(weights.value);
  if (fanIn === null || units === null || kernelArea === null) return `weights: ${name}`;
  const moments = weightMoments(weights.value, fanIn, units * kernelArea);
  const drawn = drawnWords(weights.value, moments);
  const isNamed = ["normal", "uniform", "constant", "orthogonal"].includes(weights.value.scheme);
  const told = `weights ${drawn}${isNamed ? "" : `, ${name}`}`;
  const other = site && recommended(site.activation, site.parameters.negative_slope ?? 0);
  if (!other || moments.std === 0) return told;
  const { std } = weightMoments(other.initialiser, fanIn, units * kernelArea);
  // What differs by less is a matter of rounding, not of another scheme.
  const isSame = Math.abs(std - moments.std) < 0.02 * std;
  return isSame ? told : `${told}; ${other.name} would be ${figure(std, 3)}`;
}

export function biasWords({ bias, fanIn, units }: Layer): string {
  if (bias === null) return "no bias";
  const { value } = bias;
  if (value.scheme === "constant") return `biases start at ${figure(value.mean ?? 0, 3)}`;
  if (fanIn === null || units === null) return `biases: ${initialiserWords(value)}`;
  return `biases ${drawnWords(value, biasMoments(value, fanIn, units))}`;
}

/** How the initialiser that suits an activation is called: He (2015) for rectifiers, Glorot (2010) for tanh. */
function recommended(activation: string, slope: number) {
  const he = ["relu", "relu6", "leaky_relu", "prelu", "rrelu"].includes(activation);
  if (!he && activation !== "tanh") return null;
  const gain = Math.sqrt(2 / (1 + slope * slope));
  const initialiser: Initialiser = he ? { scheme: "he_normal", gain } : { scheme: "glorot_normal" };
  return { name: he ? "He" : "Glorot", initialiser };
}

/** "U(±0.036), std 0.0206", "N(0, 0.0505²)". */
function drawnWords({ scheme }: Initialiser, { mean, std }: Moments): string {
  if (scheme === "constant") return `all ${figure(mean, 3)}`;
  if (scheme === "orthogonal") return `orthogonal, std ${figure(std, 3)}`;
  const reach = Math.sqrt(3) * std;
  if (!scheme.endsWith("uniform") && scheme !== "torch_default") {
    return `N(${figure(mean, 3)}, ${figure(std, 3)}²)`;
  }
  const bounds =
    mean === 0 ? `±${figure(reach, 2)}` : `${figure(mean - reach, 2)}, ${figure(mean + reach, 2)}`;
  return `U(${bounds}), std ${figure(std, 3)}`;
}

const figure = (value: number, digits: number): string =>
  String(Number(value.toPrecision(digits))).replace("-", "−");

export const percent = (share: number): string => `${Math.round(share * 100)} %`;
