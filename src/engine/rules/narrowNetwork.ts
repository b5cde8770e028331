import type { Finding, FixSource, Layer, Network, Rule, Severity, Site } from "../model.ts";
import { isResult, outputsOf, readersOf } from "../network/graph.ts";
import { chainsOf } from "../risk/chains.ts";
import { bornDead } from "../risk/collapse.ts";
import { percent } from "../words.ts";
import { leaky } from "./remedies.ts";
import { dies, isConfigured, isRawInput, isTrainedHere, once, present } from "./structure.ts";

/** Part of the threshold from which a network is told of, but not warned about. */
const TELL_FROM = 0.5;

/** Units from which a layer is not narrow: its own chance is below 1 %. */
const WIDE = 7;
/** Twice that, as wide layers also carry more of the signal. */
const WIDER = 16;

export const narrowNetwork: Rule = {
  name: "narrow-network",
  title: "the whole network can be born dead",
  docs: {
    what: "Hidden ReLU layers have so few units that one of them may be 0 as a whole from the start.",
    why: "With weights drawn around 0 each of N units is negative for an input with probability 1/2, all of them with 2^-N. Then nothing behind that layer depends on the input any more, and no gradient comes through: the network gives its biases.",
    whatToDo:
      "Give each hidden layer at least 8 units, better 16. Scale raw inputs: of columns that are all positive a unit has one sign for all. Where a layer has to be narrow, a slope for negative inputs keeps it alive: here Leaky ReLU helps, as measured (8 of 25 collapsed networks were repaired).",
    limits:
      "The chance is for one input and an upper bound for a set of them; biases that start above 0 lower it, and such layers are not counted. Convolutions, normalised and residual layers are not counted either, nor gates such as those of squeeze-and-excite blocks. A hint where nobody trains the network in the file, as it may only show how layers are put together.",
    references: [
      {
        title: "Lu, Shin, Su, Karniadakis 2020: Dying ReLU and initialization",
        url: "https://arxiv.org/abs/1903.06733",
      },
      {
        title: "Lu, Su, Karniadakis 2018: Collapse of deep and narrow neural nets",
        url: "https://arxiv.org/abs/1808.04947",
      },
    ],
  },
  examples: {
    bad: [
      {
        language: "python",
        line: 5,
        code: `from torch import nn

model = nn.Sequential(
    nn.Linear(4, 2),
    nn.ReLU(),
    nn.Linear(2, 2),
    nn.ReLU(),
    nn.Linear(2, 1),
)
`,
      },
    ],
    good: [
      {
        language: "python",
        code: `from torch import nn

model = nn.Sequential(
    nn.Linear(4, 16),
    nn.ReLU(),
    nn.Linear(16, 16),
    nn.ReLU(),
    nn.Linear(16, 1),
)
`,
      },
    ],
  },
  threshold: {
    meaning:
      "Chance that all units of a hidden layer are 0 for a given input at the start, from which it is a warning; from half of it on it is information.",
    default: 0.2,
    minimum: 0.02,
    maximum: 1,
    source:
      "In 20 simulated cells (3 to 6 units, 2 to 20 layers) the share of networks that were born dead on all inputs was at least two thirds of that chance.",
  },
  check(network, fixes, threshold) {
    if (network.pretrained) return [];
    const findings = chainsOf(network.layers).flatMap((way) => {
      const narrow = way.flatMap((place) => {
        const layer = network.layers[place];
        return layer && isNarrow(network, layer) ? [layer] : [];
      });
      const chance = bornDead(narrow.map(({ units }) => units ?? Number.POSITIVE_INFINITY));
      return chance < TELL_FROM * threshold ? [] : [{ narrow, chance }];
    });
    const [worst] = findings.sort((a, b) => b.chance - a.chance);
    return worst ? [finding(network, worst.narrow, worst.chance, threshold, fixes)] : [];
  },
};

function isNarrow(network: Network, layer: Layer): boolean {
  const { kind, units, site, normalisation, residual, bias, weights } = layer;
  if (kind !== "dense" || units === null || units > WIDE || residual || normalisation) return false;
  if (!dies(site) || site.certainty !== "certain" || outputsOf(network).includes(layer)) return false;
  // Constant or shifted weights and biases are no even chance.
  if (weights.value.scheme === "constant" || (weights.value.mean ?? 0) !== 0 || (bias?.value.mean ?? 0) !== 0)
    return false;
  return !isGate(network, layer);
}

/** Squeeze-and-excite: what a narrow layer computes is a factor between 0 and 1 of something wider. */
function isGate(network: Network, layer: Layer): boolean {
  return readersOf(network, layer).some(
    (reader) => !isResult(network, reader) && /sigmoid/.test(reader.site?.activation ?? ""),
  );
}

function severityOf(network: Network, isLikely: boolean): Severity {
  // A network that nobody trains here may show something else, as the shapes of its layers.
  if (!isTrainedHere(network)) return isConfigured(network) ? "information" : "hint";
  return isLikely && network.gaps.length === 0 ? "warning" : "information";
}

function finding(
  network: Network,
  narrow: readonly Layer[],
  chance: number,
  threshold: number,
  source: FixSource,
): Finding {
  const [tightest] = [...narrow].sort((a, b) => (a.units ?? 0) - (b.units ?? 0));
  const layer = tightest as Layer;
  const units = layer.units ?? 0;
  const isLikely = chance >= threshold;
  const isRaw = isRawInput(network);
  const isCode = isCodeOf(network, layer);
  // scikit-learn's perceptrons have no Leaky ReLU.
  const other = network.framework === "sklearn" ? "tanh" : "Leaky ReLU";
  const advice = `${isRaw ? "Scale the input, give" : "Give"} hidden layers at least 8 units, or use ${other}.`;
  const layers =
    narrow.length > 1 ? `${narrow.length} hidden layers have as few as` : "A hidden layer has only";
  return {
    rule: "narrow-network",
    severity: severityOf(network, isLikely),
    message: `${layers} ${units} ReLU unit${units === 1 ? "" : "s"}: for any one input all units of a layer are 0 at the start with a chance of ${percent(chance)}, and then nothing is learnt from it. ${isCode ? `Leave the code linear, or use ${other}.` : advice}`,
    span: layer.site?.span ?? layer.span,
    evidence: [
      {
        text: `chance that a layer is 0 for a given input at initialisation: ${percent(chance)}`,
        value: chance,
        source: "Lu et al. 2020, arXiv:1903.06733: 1 - (1 - 2^-N) over the layers",
      },
      ...narrow.slice(0, 8).map((one) => ({
        text: `${one.units} unit${one.units === 1 ? "" : "s"}`,
        span: one.span,
        value: one.units ?? 0,
      })),
    ],
    causes: [],
    fixes: present(
      // Columns that are all positive make the chance for one input that for all of them.
      isRaw ? source.fix(network, { kind: "scale-input" }) : undefined,
      narrow.length === 1 && !isCode
        ? source.fix(network, { kind: "widen", layer, units: WIDER })
        : undefined,
      ...(isLikely || isCode ? SLOPES.map((slope) => leaky(network, sitesOf(narrow), slope, source)) : []),
    ),
  };
}

/** What an autoencoder brings its input down to: how narrow it is, is what it is made for. */
const isCodeOf = ({ layers }: Network, { units }: Layer): boolean => {
  const [input, output] = [layers[0]?.fanIn, layers.at(-1)?.units];
  return input !== undefined && input !== null && input === output && units !== null && units < input;
};

/** Of collapsed networks 0.01 repaired 8 of 25, 0.2 repaired 4 of 16. */
const SLOPES = [0.01, 0.2] as const;

/** Of every layer that is narrow: one that stays as it is can still be 0 as a whole. */
const sitesOf = (narrow: readonly Layer[]): readonly Site[] => once(narrow.flatMap(({ site }) => site ?? []));
