/** Changes of everything but activations: how weights are drawn, layers, and how the network is trained. */
import { type Makers, TITLES, titleOfRate } from "../change.ts";
import type { SettingKind } from "../outcome.ts";
import { batchNorm } from "./batchNorm.ts";
import { clipGradients } from "./clipGradients.ts";
import { initialiser } from "./initialiser.ts";
import { scaleInput } from "./input/scaleInput.ts";
import { learningRate } from "./learningRate.ts";
import { widen, widenByName } from "./widen.ts";
import { zeroBias } from "./zeroBias.ts";

export const settingChanges: Makers<SettingKind> = {
  "learning-rate": ({ rate }, { network, unit, index }) => ({
    title: titleOfRate(network, rate),
    edits: learningRate(network, rate, unit, index),
  }),
  "clip-gradients": ({ norm }, { network, unit, index }) => ({
    title: `Clip gradients at norm ${norm}`,
    edits: clipGradients(network, norm, unit, index),
  }),
  initialiser: ({ layers }, { network, unit, index }) => ({
    title: TITLES.initialiser,
    edits: initialiser(network, layers, unit, index),
  }),
  "zero-bias": ({ layers }, { unit, index }) => ({
    title: TITLES["zero-bias"],
    edits: zeroBias(layers, unit, index),
  }),
  "batch-norm": ({ layers }, { network, unit, index }) => ({
    title: layers.length > 1 ? TITLES["batch-norm"] : "Add BatchNorm before the activation",
    edits: batchNorm(network, layers, unit, index, false),
    otherwise: () => ({ edits: batchNorm(network, layers, unit, index, true) }),
    note: "It adds parameters and moves the layers behind: saved weights of the old network no longer fit. It behaves differently in training and evaluation, and needs batches of more than one row.",
  }),
  widen: ({ layer, units }, { network, unit, index }) => ({
    title: `Give the layer ${units} units`,
    edits: widen(network, layer, units, unit, index),
    otherwise: () => ({
      edits: widenByName(network, layer, units, unit, index),
      ...(network.layers.filter((other) => other.units === layer.units).length > 1
        ? { title: `Give the layers of this width ${units} units` }
        : {}),
    }),
    note: "Saved weights of the old network no longer fit.",
  }),
  "scale-input": (_, { network, unit, index }) => ({
    title: "Scale the input",
    edits: scaleInput(network, unit, index),
    note: "Scale everything that the network is shown later in the same way.",
  }),
};
