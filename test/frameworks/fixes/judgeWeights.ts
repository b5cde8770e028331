/** How weights and biases were drawn, before and after. */
import type { Layer } from "../../../src/engine/index.ts";
import { type Case, placesOf } from "./judge.ts";
import { isClose } from "./judgeSteps.ts";
import { isWeighted, type Observed, type Statistics, type Weighted } from "./observation.ts";

/** In standard errors: of the many comparisons of a campaign, none is to fail by chance (1 in 10^7 each). */
const SIGMAS = 5.5;

/** Standard errors of a mean and, relative, of a standard deviation; uniform and cut normal draws spread less. */
const meanError = (std: number, { count }: Statistics): number => (SIGMAS * std) / Math.sqrt(count);
const spreadError = ({ count }: Statistics): number => SIGMAS / Math.sqrt(2 * count);

function isDrawnWith(std: number, weights: Statistics): boolean {
  const { mean, std: measured } = weights;
  if (mean === null || measured === null) return false;
  return (
    Math.abs(mean) <= meanError(std, weights) + 1e-7 &&
    Math.abs(measured - std) <= std * spreadError(weights) + 1e-7
  );
}

/** Drawn alike, though not with the same random numbers: a fix may draw more or fewer before. */
export const isSameDraw = (now: Statistics | null, was: Statistics | null): boolean => {
  if (now === null || was === null) return now === was;
  if (now.std === null || was.std === null || now.mean === null || was.mean === null) return false;
  const std = Math.max(now.std, was.std);
  return (
    Math.abs(now.mean - was.mean) <= 2 * meanError(std, was) + 1e-6 &&
    Math.abs(now.std - was.std) <= 2 * std * spreadError(was) + 1e-6
  );
};

/**
 * Standard deviation of a standard normal cut off at 2: TensorFlow.js, unlike Keras, does not make up for the cut, so
 * that its `heNormal` is narrower than He's.
 */
const CUT = 0.87962566;

/** Standard deviations that suit what follows the layer: He's (with the leak), else Glorot's. */
function suiting(
  { site, weights }: Layer,
  { fanIn, units, name }: Weighted,
  slope: number,
): readonly number[] {
  const area = /conv/.test(name) ? Math.max(1, fanIn) : fanIn;
  if (!/relu/.test(site?.activation ?? "")) return [Math.sqrt(2 / (fanIn + units)), Math.sqrt(1 / fanIn)];
  const gain = 2 / (1 + slope ** 2);
  const he = [Math.sqrt(gain / area)];
  return weights.value.fan === "out" ? [...he, Math.sqrt(gain / units)] : he;
}

export function judgeWeights({ network, change }: Case, was: Observed, is: Observed): readonly string[] {
  const places = placesOf(network, was);
  const before = was.steps.filter(isWeighted);
  const after = is.steps.filter(isWeighted);
  const asked = "layers" in change ? places.layersOf(change.layers) : new Set<number>();
  return before.flatMap((step, index): readonly string[] => {
    const now = after[index];
    const layer = network.layers[index];
    if (!now || !layer) return [];
    const isAsked = asked.has(places.weighted[index] ?? -1);
    const name = `layer ${index} (${step.fanIn} -> ${step.units})`;
    switch (change.kind) {
      case "initialiser":
        // A statement that draws all layers is changed as it is, and so for all of them.
        if (!isAsked && isSameDraw(now.weights, step.weights)) return [];
        if (!isAsked && !sharesDraw(layer, change.layers))
          return [`${name} was not asked for, and is drawn otherwise`];
        return suiting(
          isAsked ? layer : (change.layers[0] ?? layer),
          now,
          layer.site?.parameters.negative_slope ?? 0,
        )
          .flatMap((std) => (network.framework === "tfjs" ? [std, std * CUT] : [std]))
          .some((std) => isDrawnWith(std, now.weights))
          ? []
          : [`${name} is drawn with ${now.weights.std}, which suits no ${layer.site?.activation}`];
      case "zero-bias": {
        const isKept = isSameDraw(now.weights, step.weights);
        const isRight = isAsked ? now.bias?.min === 0 && now.bias.max === 0 : isSameDraw(now.bias, step.bias);
        return isKept && isRight ? [] : [`${name}: bias ${now.bias?.mean}, before ${step.bias?.mean}`];
      }
      case "leaky-relu":
        return isDrawnForLeak(now.weights, step.weights, change.slope) ? [] : [`${name} is drawn otherwise`];
      case "widen":
        return [];
      default:
        return isSameDraw(now.weights, step.weights) ? [] : [`${name} is drawn otherwise`];
    }
  });
}

/** The same draws, or those times the gain of the leak: `kaiming_*` with `a=` told. */
function isDrawnForLeak(now: Statistics, was: Statistics, slope: number): boolean {
  if (isSameDraw(now, was)) return true;
  return isClose(now.std, (was.std ?? 0) / Math.sqrt(1 + slope ** 2), 1e-3);
}

const sharesDraw = ({ weights }: Layer, asked: readonly Layer[]): boolean =>
  weights.span !== undefined && asked.some((other) => other.weights.span?.from === weights.span?.from);
