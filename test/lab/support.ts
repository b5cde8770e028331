import type { DenseSpec, LayerSpec, NetworkSpec } from "../../src/lab/spec.ts";

export const dense = (
  units: number,
  inputs: readonly number[],
  more: Partial<DenseSpec> = {},
): DenseSpec => ({
  kind: "dense",
  gather: "flatten",
  units,
  weights: { scheme: "he_normal" },
  bias: { scheme: "normal", mean: 0, std: 0.1 },
  normalisation: null,
  activation: null,
  dropout: 0,
  inputs,
  ...more,
});

export const networkOf = (layers: readonly LayerSpec[], more: Partial<NetworkSpec> = {}): NetworkSpec => ({
  layers,
  loss: "cross-entropy",
  optimiser: { kind: "sgd", learningRate: 0.1, momentum: 0.9, epsilon: 1e-8, decay: 0.99, clip: null },
  batch: 32,
  batchNormDecay: 0.9,
  ...more,
});
