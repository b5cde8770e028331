/** The task of lab-speed, for Node and for the browser: an MLP of 784-100-100-10, 300 steps of 64. */
import { prepare } from "../../src/lab/data/dataset.ts";
import { loadData } from "../../src/lab/data/shipped.ts";
import type { LayerSpec, NetworkSpec } from "../../src/lab/spec.ts";
import { train } from "../../src/lab/train.ts";

const torch = { scheme: "torch_default" } as const;

const layer = (units: number, index: number): LayerSpec => ({
  kind: "dense",
  gather: "flatten",
  units,
  weights: torch,
  bias: torch,
  normalisation: null,
  activation: index < 2 ? { id: "relu", parameters: {} } : null,
  dropout: 0,
  inputs: index === 0 ? [] : [index - 1],
});

/** Seconds. */
export async function measureTraining(kind: "sgd" | "adam"): Promise<number> {
  const data = await loadData("mnist");
  const split = prepare(data, "standardised", true);
  const spec: NetworkSpec = {
    layers: [100, 100, 10].map(layer),
    loss: "cross-entropy",
    optimiser: {
      kind,
      learningRate: kind === "adam" ? 1e-3 : 0.05,
      momentum: 0,
      epsilon: 1e-8,
      decay: 0.99,
      clip: null,
    },
    batch: 64,
    batchNormDecay: 0.9,
  };
  const start = performance.now();
  for (const event of train(spec, data.shape, split, {
    seed: 0,
    steps: 300,
    every: 1000,
    truncates: false,
  })) {
    if (event.type === "diverged") throw new Error("diverged");
  }
  return (performance.now() - start) / 1000;
}

Object.assign(globalThis, { measureTraining });
