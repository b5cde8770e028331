/** What rules may ask of the code: they know networks only, this knows the syntax. */
import type { FoundSite } from "../detect.ts";
import { lazy } from "../lazy.ts";
import type { Edit, Fix, FixKind, FixSource, Layer, Network, Site } from "../model.ts";
import type { Unit } from "../units.ts";
import { codeIndex } from "./codeIndex.ts";
import { withActivation, withoutActivation } from "./outputFixes.ts";
import { learningRate, lossTakes, scaleInput } from "./trainingFixes.ts";
import { batchNorm, initialiser, widen, zeroBias } from "./weightFixes.ts";

/** Where there is no code: a configuration. */
export const NO_FIXES: FixSource = {
  learningRate: () => undefined,
  withoutActivation: () => undefined,
  withActivation: () => undefined,
  initialiser: () => undefined,
  zeroBias: () => undefined,
  batchNorm: () => undefined,
  widen: () => undefined,
  scaleInput: () => undefined,
  lossTakes: () => undefined,
};

/** @param sites every site with what was found of it, those that are not written included */
export function fixSource(
  unit: Unit,
  sites: readonly { readonly site: Site; readonly found: FoundSite }[],
): FixSource {
  const index = lazy(() => codeIndex(unit));
  const foundOf = (site: Site): FoundSite | undefined => sites.find((one) => one.site === site)?.found;
  const fix = (
    kind: FixKind,
    title: string,
    edits: readonly Edit[] | undefined,
    note?: string,
  ): Fix | undefined =>
    edits && edits.length > 0
      ? { title, kind, edits, applicability: "changes-training", ...(note ? { note } : {}) }
      : undefined;
  return {
    learningRate: (network, rate) =>
      fix("learning-rate", `Lower the learning rate to ${rate}`, learningRate(network, rate, unit, index())),
    withoutActivation: (site) => {
      const found = foundOf(site);
      return fix(
        "remove-activation",
        "Leave the output linear",
        found && withoutActivation(found, unit, index()),
      );
    },
    withActivation: (site, activation) => {
      const found = foundOf(site);
      const title = `Use ${activation} in the place of ${site.activation}`;
      return fix(activation, title, found && withActivation(found, activation, unit));
    },
    initialiser: (network, layers) =>
      fix(
        "initialiser",
        "Draw the weights to suit the activation",
        initialiser(network, layers, unit, index()),
      ),
    zeroBias: (_, layers) => fix("zero-bias", "Start the biases at 0", zeroBias(layers, unit, index())),
    batchNorm: (layers) =>
      fix(
        "batch-norm",
        "Add BatchNorm before each activation",
        batchNorm(layers, unit, index()),
        "Layers behind move on by one place each: saved weights of the old network no longer fit.",
      ),
    widen: (network, layer, units) =>
      fix(
        "widen",
        `Give the layer ${units} units`,
        widen(layer, readersOf(network, layer), units, unit, index()),
      ),
    scaleInput: (network) =>
      fix(
        "scale-input",
        "Scale the input",
        scaleInput(network, unit, index()),
        "Scale everything that the network is shown later in the same way.",
      ),
    lossTakes: (network) => lossTakes(network, unit),
  };
}

const readersOf = ({ layers }: Network, layer: Layer): readonly Layer[] => {
  const own = layers.indexOf(layer);
  return layers.filter((other, place) => (other.inputs ?? [place - 1]).includes(own));
};
