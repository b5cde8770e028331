/** What `try` prints: a table and a verdict, or the same as JSON. */
import { dataInfo } from "../../lab/data/infos.ts";
import type { Experiment, Finished } from "../../lab/experiment.ts";
import { sharesText, verdict } from "../../lab/verdict.ts";
import { oneLine } from "../console.ts";
import { contractVersion, type Line } from "../results/records.ts";

export interface Subject {
  /** Absent: a preset. */
  readonly file?: string;
  readonly network?: Line & { readonly name: string };
  readonly experiment: Experiment;
}

export function tryText({ file, network, experiment }: Subject, finished: readonly Finished[]): string {
  const { text, basis, summaries } = verdict(experiment, finished);
  const where = network
    ? `${oneLine(file!)}:${network.line}: network ${oneLine(network.name)}`
    : experiment.title;
  const isRegression = experiment.variants[0]!.spec.loss === "squared-error";
  const header = ["", "dead at start", "dead at end", isRegression ? "R2" : "accuracy", "NaN"];
  const rows = summaries.map(({ label, deadAtInit, dead, accuracy, diverged, seeds }) => [
    label,
    deadAtInit ? sharesText(deadAtInit) : "",
    dead ? sharesText(dead) : "",
    accuracy ? `${accuracy.mean.toFixed(2)} (${accuracy.least.toFixed(2)}–${accuracy.most.toFixed(2)})` : "",
    diverged > 0 ? `${diverged} of ${seeds}` : "",
  ]);
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    `  ${row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd()}\n`;
  const { data, steps, seeds, notes } = experiment;
  return [
    `${where}: ${steps} steps on ${dataInfo(data).title}, ${seeds} ${seeds === 1 ? "seed" : "seeds"}\n`,
    ...notes.map((note) => `    ${oneLine(note)}\n`),
    ...[header, ...rows].map(line),
    text ? `${text}.\n` : `No verdict: ${basis}.\n`,
  ].join("");
}

export function tryJson({ file, network, experiment }: Subject, finished: readonly Finished[]): string {
  const { text, summaries, comparisons } = verdict(experiment, finished);
  const { title, data, scale, seeds, steps, notes, variants } = experiment;
  const document = {
    version: contractVersion,
    ...(file !== undefined && { file }),
    ...(network && { network }),
    experiment: { title, data, scale, seeds, steps, batch: variants[0]!.spec.batch, notes },
    variants: summaries.map((summary, index) => ({
      ...summary,
      comparison: comparisons[index],
      runs: finished
        .filter(({ variant }) => variant === index)
        .map(({ seed, run }) => ({ seed, divergedAt: run.divergedAt, measured: run.measured })),
    })),
    verdict: text,
  };
  return `${JSON.stringify(document, figure, 2)}\n`;
}

/** As many digits as mean something; what is not finite is null in JSON. */
const figure = (_: string, value: unknown): unknown =>
  typeof value === "number" && Number.isFinite(value) ? Number(value.toPrecision(6)) : value;
