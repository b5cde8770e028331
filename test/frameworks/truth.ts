/** What the scripts for the frameworks (truth_*.py) print: a line of JSON for each case. */
import { readFileSync } from "node:fs";

/** What a layer with weights is and what is done to its output, as graph.py defines it. */
export interface TruthLayer {
  readonly name: string;
  readonly kind: "dense" | "conv";
  readonly fanIn: number;
  readonly fanOut: number;
  readonly activation: string | null;
  readonly normalisation: string | null;
  /** Standard deviation of its weights as they were drawn. */
  readonly spread?: number;
  /** Made in another file than the network, or sized by what its user gives: the file does not hold it. */
  readonly outside?: true;
  /** Other readings of what follows a layer where a branch is ambiguous: they are right too. */
  readonly also?: readonly Pick<TruthLayer, "activation" | "normalisation">[];
}

export interface TruthCase {
  readonly id: string;
  /** `torchvision/models/resnet.py`, or `OWNER+NAME/path.py` of a repository, or `programs/NAME.py`. */
  readonly file: string;
  readonly network: string;
  /** The class of the model where that is not what it is called by. */
  readonly class?: string;
  readonly path?: string;
  /** Names in the file that stand for others today. */
  readonly renames?: Readonly<Record<string, string>>;
  readonly hasOther?: true;
  readonly layers?: readonly TruthLayer[];
  /** The file is not here. */
  readonly absent?: true;
  /** The framework could not run it. */
  readonly error?: string;
}

export type PresentCase = TruthCase & Required<Pick<TruthCase, "path" | "layers">>;

export const isPresent = (found: TruthCase): found is PresentCase =>
  found.layers !== undefined && found.path !== undefined;

/** Lines of JSON, or an array. */
export function parseTruth(text: string): TruthCase[] {
  if (text.trimStart().startsWith("[")) return JSON.parse(text) as TruthCase[];
  return text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as TruthCase);
}

/** The text that the framework ran: under the names that its packages have today. */
export function textOf({ path, renames }: PresentCase): string {
  let text = readFileSync(path, "utf8");
  for (const [old, today] of Object.entries(renames ?? {}))
    text = text.replaceAll(new RegExp(`\\b${old}\\b`, "g"), today);
  return text;
}
