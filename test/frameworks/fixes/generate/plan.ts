/** What a generated program is about, before it is written in any framework. */
import type { Random } from "./random.ts";

export type Head = "logits" | "softmax" | "sigmoid" | "linear" | "relu";
export type Drawn = "default" | "he" | "glorot" | "normal";
export type Optimiser = "sgd" | "momentum" | "adam" | "rmsprop";

export interface Plan {
  readonly kind: "mlp" | "cnn";
  /** Features of a table, or channels and side of an image. */
  readonly features: number;
  readonly channels: number;
  readonly side: number;
  /** Channels of convolutions of 3 x 3, without padding, before the dense layers. */
  readonly filters: readonly number[];
  /** Units of the hidden dense layers. */
  readonly widths: readonly number[];
  readonly outputs: number;
  readonly head: Head;
  readonly norm: boolean;
  readonly dropout: number;
  readonly drawn: Drawn;
  /** The constant that biases start with; null: the framework's own. */
  readonly bias: number | null;
  readonly optimiser: Optimiser;
  /** null: not written. */
  readonly rate: number | null;
  readonly raw: boolean;
  /** Real columns of classes: `load_wine` of scikit-learn, 13 columns as they were measured, and 3 classes. */
  readonly table: boolean;
  readonly batch: number;
}

export function plan(random: Random): Plan {
  const isImage = random.chance(0.35);
  const head = random.of<Head>(["logits", "logits", "softmax", "linear", "linear", "relu", "sigmoid"]);
  const side = random.between(8, 10);
  const filters = isImage ? Array.from({ length: random.between(1, 2) }, () => random.between(4, 9)) : [];
  const about: Plan = {
    kind: isImage ? "cnn" : "mlp",
    features: random.between(4, 24),
    channels: random.of([1, 3]),
    side,
    filters,
    widths: Array.from({ length: random.between(1, isImage ? 2 : 4) }, () => random.between(9, 40)),
    outputs: head === "logits" || head === "softmax" ? random.between(3, 7) : 1,
    head,
    norm: random.chance(0.15),
    dropout: random.chance(0.2) ? random.of([0.1, 0.25, 0.5]) : 0,
    drawn: random.of<Drawn>(["default", "default", "he", "glorot", "normal"]),
    bias: random.chance(0.25) ? random.of([-0.5, -0.1, -1]) : null,
    optimiser: random.of<Optimiser>(["sgd", "momentum", "adam", "rmsprop"]),
    rate: random.chance(0.85) ? random.of([0.1, 0.01, 0.001, 0.05, 0.002, 3e-4]) : null,
    raw: random.chance(0.3),
    batch: random.of([8, 12, 16]),
    table: false,
  };
  const isClasses = head === "logits" || head === "softmax";
  return about.raw && !isImage && isClasses ? { ...about, table: true, features: 13, outputs: 3 } : about;
}

/** The table in two parts, whose inputs are called as a framework's users call them. */
export const tableLines = (x: string, y: string): readonly string[] => [
  "from sklearn.datasets import load_wine",
  "from sklearn.model_selection import train_test_split",
  `${x}, ${y} = load_wine(return_X_y=True)`,
  `${x}_train, ${x}_test, ${y}_train, ${y}_test = train_test_split(${x}, ${y}, random_state=0)`,
];

/** Entries of the last feature map: each convolution of 3 x 3 takes one from each side. */
export const flattened = ({ side, filters }: Plan): number =>
  (filters.at(-1) ?? 1) * (side - 2 * filters.length) ** 2;

/** With few different sizes: JAX compiles every operation anew for each shape, which takes most of a campaign's time. */
export const fewSizes = (about: Plan): Plan => ({
  ...about,
  features: about.features < 14 ? 6 : 10,
  channels: 1,
  side: 8,
  filters: about.filters.map((units) => (units < 7 ? 4 : 6)),
  widths: about.widths.map((units) => (units < 25 ? 16 : 24)),
  outputs: about.outputs === 1 ? 1 : 3,
  batch: 8,
});
