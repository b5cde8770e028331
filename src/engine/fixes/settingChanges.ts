/** Changes of everything but activations: how weights are drawn, layers, and how the network is trained. */
import { readersOf } from "../network/graph.ts";
import type { Makers } from "./change.ts";
import { learningRate, scaleInput } from "./trainingFixes.ts";
import { batchNorm, initialiser, widen, zeroBias } from "./weightFixes.ts";

type Kind =
  | "learning-rate"
  | "clip-gradients"
  | "initialiser"
  | "zero-bias"
  | "batch-norm"
  | "widen"
  | "scale-input";

export const settingChanges: Makers<Kind> = {
  "learning-rate": ({ rate }, { network, unit, index }) => ({
    title: `${rate < network.learningRate.value ? "Lower" : "Raise"} the learning rate to ${rate}`,
    edits: learningRate(network, rate, unit, index),
  }),
  "clip-gradients": () => undefined,
  initialiser: ({ layers }, { network, unit, index }) => ({
    title: "Draw the weights to suit the activation",
    edits: initialiser(network, layers, unit, index),
  }),
  "zero-bias": ({ layers }, { unit, index }) => ({
    title: "Start the biases at 0",
    edits: zeroBias(layers, unit, index),
  }),
  "batch-norm": ({ layers }, { unit, index }) => ({
    title: "Add BatchNorm before each activation",
    edits: batchNorm(layers, unit, index),
    note: "Layers behind move on by one place each: saved weights of the old network no longer fit.",
  }),
  widen: ({ layer, units }, { network, unit, index }) => ({
    title: `Give the layer ${units} units`,
    edits: widen(layer, readersOf(network, layer), units, unit, index),
  }),
  "scale-input": (_, { network, unit, index }) => ({
    title: "Scale the input",
    edits: scaleInput(network, unit, index),
    note: "Scale everything that the network is shown later in the same way.",
  }),
};
