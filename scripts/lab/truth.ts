/** Measured runs (RUNS.md's columns) as specifications of the lab. */
import type { Initialiser, InputScale, OptimiserKind } from "../../src/engine/model.ts";
import type { DataId } from "../../src/lab/data/infos.ts";
import type { LabActivation, LabInitialiser, LayerSpec, NetworkSpec } from "../../src/lab/spec.ts";

export interface MeasuredRun {
  readonly arch: "mlp" | "cnn";
  readonly block: string;
  readonly dataset: string;
  readonly depth: number;
  readonly width: number;
  readonly init: string;
  readonly bias: number | string;
  readonly norm: "none" | "bn_pre" | "bn_post" | "ln_pre";
  readonly residual: boolean;
  readonly dropout: number;
  readonly clip: number;
  readonly input: "std" | "unit" | "raw";
  readonly tnorm: boolean;
  readonly opt: "sgd" | "sgdm" | "adam" | "rmsprop";
  readonly lr: number;
  readonly batch: number;
  readonly steps: number;
  readonly act: string;
  readonly seed: number;
  readonly nout: number;
  readonly init_only?: boolean;
  readonly dead_init: readonly number[];
  readonly dead_final?: readonly number[] | null;
  readonly nan_step?: number | null;
  readonly acc_test?: number | null;
}

/**
 * The sets of which the extension ships the same rows. The last two were drawn for the runs, and are drawn anew here by
 * what the runs tell of them: dimensions, classes, and the moments of the inputs (columns A0, V0, r0).
 */
export const dataOf: Readonly<Record<string, DataId>> = {
  mnist: "mnist",
  digits: "digits",
  bc: "cancer",
  diab: "diabetes",
  gmm20: "mixture",
  spiral: "spiral",
};

export const isDrawn = (dataset: string): boolean => dataset === "gmm20" || dataset === "spiral";

export const scaleOf: Readonly<Record<MeasuredRun["input"], InputScale>> = {
  std: "standardised",
  unit: "unit",
  raw: "raw",
};

const kinds: Readonly<Record<MeasuredRun["opt"], OptimiserKind>> = {
  sgd: "sgd",
  sgdm: "momentum",
  adam: "adam",
  rmsprop: "rmsprop",
};

export function specOf(run: MeasuredRun): NetworkSpec {
  const hidden = Array.from({ length: run.depth }, (_, index): LayerSpec => {
    const common = {
      units: run.width,
      weights: weightsOf(run),
      bias: biasOf(run.bias),
      normalisation: normalisationOf(run.norm),
      activation: activationOf(run.act),
      dropout: run.dropout,
      inputs: inputsOf(run, index),
    };
    return run.arch === "mlp"
      ? { kind: "dense", gather: "flatten", ...common }
      : { kind: "conv", kernel: 3, stride: index < 2 ? 2 : 1, padding: 1, pool: 1, ...common };
  });
  const output: LayerSpec = {
    kind: "dense",
    gather: "mean",
    units: run.nout,
    weights: weightsOf(run),
    // The hidden layers' constant or random bias was not given to the output.
    bias: run.bias === "default" ? { scheme: "torch_default" } : { scheme: "constant", mean: 0 },
    normalisation: null,
    activation: null,
    dropout: 0,
    inputs: inputsOf(run, run.depth),
  };
  return {
    layers: [...hidden, output],
    loss: run.nout === 1 ? "squared-error" : "cross-entropy",
    optimiser: {
      kind: kinds[run.opt],
      learningRate: run.lr,
      momentum: 0.9,
      epsilon: 1e-8,
      decay: 0.99,
      clip: run.clip > 0 ? { by: "norm", limit: run.clip } : null,
    },
    batch: run.batch,
    batchNormDecay: 0.9,
  };
}

const inputsOf = ({ residual }: MeasuredRun, index: number): readonly number[] =>
  residual ? Array.from({ length: index }, (_, from) => from) : index === 0 ? [] : [index - 1];

function weightsOf({ init, act }: MeasuredRun): LabInitialiser {
  const schemes: Readonly<Record<string, Initialiser>> = {
    torch: { scheme: "torch_default" },
    he_n: { scheme: "he_normal", ...(act === "leaky0.2g" && { gain: Math.sqrt(2 / 1.04) }) },
    he_u: { scheme: "he_uniform" },
    glorot: { scheme: "glorot_uniform" },
    lecun: { scheme: "lecun_normal" },
    orth: { scheme: "orthogonal", gain: Math.SQRT2 },
    zeros: { scheme: "constant", mean: 0 },
    rand01: { scheme: "uniform", mean: 0.5, std: 1 / Math.sqrt(12) },
  };
  if (init === "rai") return { scheme: "rai" };
  return schemes[init] ?? { scheme: "normal", mean: 0, std: Number(init.slice(1)) };
}

function biasOf(bias: number | string): Initialiser {
  if (bias === "default") return { scheme: "torch_default" };
  if (typeof bias === "number") return { scheme: "constant", mean: bias };
  return { scheme: "normal", mean: 0, std: Number(bias.slice(1)) };
}

function normalisationOf(norm: MeasuredRun["norm"]): LayerSpec["normalisation"] {
  switch (norm) {
    case "none":
      return null;
    case "bn_pre":
      return { kind: "batch", place: "before" };
    case "bn_post":
      return { kind: "batch", place: "after" };
    case "ln_pre":
      return { kind: "layer", place: "before" };
  }
}

function activationOf(act: string): LabActivation {
  const slope = /^leaky([\d.]+)/.exec(act)?.[1];
  if (slope !== undefined) return { id: "leaky_relu", parameters: { negative_slope: Number(slope) } };
  return { id: act, parameters: {} };
}
