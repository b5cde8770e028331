/** The measured runs, each read as the engine would read its code: scaling of the input, not its statistics. */
import { readFileSync } from "node:fs";
import { RAW_TARGETS } from "../../src/engine/risk/constants.ts";
import type { RiskModel } from "../../src/engine/risk/riskModel.ts";
import { modelOf } from "../../test/engine/risk/vocabulary.ts";

/** A line of the run file; only the columns that are used. */
export interface Run {
  readonly arch: "mlp" | "cnn";
  readonly dataset: string;
  readonly depth: number;
  readonly width: number;
  readonly init: string;
  readonly bias: number | string;
  readonly norm: string;
  readonly residual: boolean;
  readonly input: string;
  readonly tnorm: boolean;
  readonly opt: "sgd" | "sgdm" | "adam" | "rmsprop";
  readonly lr: number;
  readonly clip: number;
  readonly act: string;
  readonly din: number;
  readonly nout: number;
  readonly seed: number;
  readonly group?: string;
  readonly init_only?: boolean;
  readonly nan_step?: number | null;
  readonly acc_final?: number | null;
  readonly majority?: number;
  readonly dead_init: readonly number[] | null;
  readonly dead_final?: readonly number[] | null;
}

export function readRuns(file: string): readonly Run[] {
  const lines = readFileSync(file, "utf8").trim().split("\n");
  // Python writes numbers that JSON does not have; none of the columns used here holds them.
  return lines.map((line) => JSON.parse(line.replace(/: (NaN|-?Infinity)\b/g, ": null")));
}

export function modelOfRun(run: Run): RiskModel {
  const isConv = run.arch === "cnn";
  const isImages = run.dataset === "mnist" || run.dataset === "digits";
  return modelOf({
    ...run,
    din: isConv ? 1 : run.din,
    widths: new Array(run.depth).fill(run.width),
    input: [isImages ? "img" : "tab", run.input],
    loss: run.nout === 1 ? "mse" : "ce",
    target_scale: run.tnorm ? 1 : RAW_TARGETS,
    ...(isConv && { kernel: 3 }),
  });
}

/** Runs of one key never stand on both sides of a cross-validation: they differ in the seed or the activation only. */
export function keyOf(run: Run): string {
  const { arch, dataset, depth, width, init, bias, norm, residual, input, opt, lr, clip } = run;
  return (
    run.group ?? [arch, dataset, depth, width, init, bias, norm, residual, input, opt, lr, clip].join(" ")
  );
}

/** Usual settings: what one expects to meet in code. */
export function isTypical({ arch, init, bias, width, input, opt, lr }: Run): boolean {
  const [least, most] = {
    sgd: [0.003, 0.2],
    sgdm: [0.001, 0.05],
    adam: [1e-4, 1e-2],
    rmsprop: [1e-4, 5e-3],
  }[opt] as [number, number];
  const usual = ["torch", "he_n", "he_u", "glorot"].includes(init) && (bias === 0 || bias === "default");
  return arch === "mlp" && usual && width >= 24 && input !== "raw" && lr >= least && lr <= most;
}
