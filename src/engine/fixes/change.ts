/** What the makers of changes have in common. */
import type { FoundSite } from "../detect.ts";
import type { Change, Edit, Network, Site, Span } from "../model.ts";
import type { Unit } from "../units.ts";
import type { CodeIndex } from "./codeIndex.ts";

/** All that a change is made from. */
export interface Asked {
  readonly network: Network;
  readonly unit: Unit;
  readonly index: CodeIndex;
  foundOf(site: Site): FoundSite | undefined;
  /** What was found at a place. */
  foundAt(span: Span): FoundSite | undefined;
}

export interface Made {
  readonly title: string;
  /** Undefined: there is no edit that is sure to be right. */
  readonly edits: readonly Edit[] | undefined;
  /** Another way, for where the first does not lead to what was asked for. */
  readonly otherwise?: () => Partial<Omit<Made, "otherwise">>;
  readonly note?: string;
}

export type ChangeOf<K extends Change["kind"]> = Change & { readonly kind: K };

export type Makers<K extends Change["kind"]> = {
  readonly [Kind in K]: (change: ChangeOf<Kind>, asked: Asked) => Made | undefined;
};

/** The same in programs and configurations. */
export const TITLES = {
  initialiser: "Draw the weights to suit the activation",
  "zero-bias": "Start the biases at 0",
  "batch-norm": "Add BatchNorm before each activation",
} as const;

export const titleOfRate = ({ learningRate }: Network, rate: number): string =>
  `${rate < learningRate.value ? "Lower" : "Raise"} the learning rate to ${rate}`;
