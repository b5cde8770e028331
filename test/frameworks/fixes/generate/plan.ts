/** What a generated program is about, before it is written in any framework. */
import type { Random } from "./random.ts";
import { drawnTable, type Table, WINE } from "./tables.ts";

/** The last activation; scores for classes, or a number, have none. */
export type Head = "logits" | "softmax" | "sigmoid" | "linear" | "relu" | "tanh" | "softplus";
export type Drawn = "default" | "he" | "glorot" | "normal";
export type Optimiser = "sgd" | "momentum" | "adam" | "rmsprop";

/**
 * What a program is written for, where kinds of fixes need more than chance gives them: an output with an activation
 * that may be wrong there, biases below 0, inputs as they were measured, layers with nothing that helps them, or
 * nothing but another number.
 */
export type Focus = "output" | "bias" | "input" | "plain" | "more";

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
  /** Whether classes are learnt; else a number. */
  readonly isClasses: boolean;
  readonly norm: boolean;
  readonly dropout: number;
  readonly drawn: Drawn;
  /** The constant that biases start with; null: the framework's own. */
  readonly bias: number | null;
  /** Which of a framework's ways to write that is taken, counted round. */
  readonly biasForm: number;
  readonly optimiser: Optimiser;
  /** null: not written. */
  readonly rate: number | null;
  readonly raw: boolean;
  /** Real columns instead of random numbers. */
  readonly table: Table | null;
  readonly batch: number;
}

export function plan(random: Random, focus?: Focus): Plan {
  const isImage = random.chance(0.35);
  const head = random.of<Head>(["logits", "logits", "softmax", "linear", "linear", "relu", "sigmoid"]);
  const isClasses = head === "logits" || head === "softmax";
  const side = random.between(8, 10);
  const filters = isImage ? Array.from({ length: random.between(1, 2) }, () => random.between(4, 9)) : [];
  const about: Plan = {
    kind: isImage ? "cnn" : "mlp",
    features: random.between(4, 24),
    channels: random.of([1, 3]),
    side,
    filters,
    widths: Array.from({ length: random.between(1, isImage ? 2 : 4) }, () => random.between(9, 40)),
    outputs: isClasses ? random.between(3, 7) : 1,
    head,
    isClasses,
    norm: random.chance(0.15),
    dropout: random.chance(0.2) ? random.of([0.1, 0.25, 0.5]) : 0,
    drawn: random.of<Drawn>(["default", "default", "he", "glorot", "normal"]),
    bias: random.chance(0.25) ? random.of([-0.5, -0.1, -1]) : null,
    optimiser: random.of<Optimiser>(["sgd", "momentum", "adam", "rmsprop"]),
    rate: random.chance(0.85) ? random.of([0.1, 0.01, 0.001, 0.05, 0.002, 3e-4]) : null,
    raw: random.chance(0.3),
    batch: random.of([8, 12, 16]),
    biasForm: 0,
    table: null,
  };
  const known =
    about.raw && !isImage && isClasses
      ? { ...about, table: WINE, features: WINE.features, outputs: WINE.classes }
      : about;
  return focus ? focused(known, random, focus) : known;
}

/** The same network, but for what it is written for. */
function focused(about: Plan, random: Random, focus: Focus): Plan {
  switch (focus) {
    case "output": {
      // Classes behind a ReLU: a mistake of beginners.
      const isClasses = random.chance(0.3);
      const head = random.of<Head>(["relu", "relu", "relu", "tanh", "softplus"]);
      const outputs = isClasses ? (about.table?.classes ?? random.between(3, 7)) : 1;
      return { ...about, head, isClasses, outputs, table: isClasses ? about.table : null };
    }
    case "bias":
      return {
        ...about,
        bias: random.of([-0.05, -0.1, -0.3, -0.5, -1, -2]),
        biasForm: random.between(0, 11),
      };
    case "input": {
      const table = drawnTable(random);
      const isClasses = table.classes > 0;
      // Of two classes one number says as much as two scores.
      const isOne = table.classes === 2 && random.chance(0.4);
      const head = isOne
        ? "sigmoid"
        : isClasses
          ? random.of<Head>(["logits", "logits", "softmax"])
          : random.of<Head>(["linear", "linear", "relu"]);
      return {
        ...about,
        kind: "mlp",
        filters: [],
        raw: true,
        table,
        features: table.features,
        head,
        isClasses: isClasses && !isOne,
        outputs: isClasses && !isOne ? table.classes : 1,
      };
    }
    case "plain":
      return { ...about, norm: false, drawn: about.drawn === "he" ? "normal" : about.drawn };
    case "more":
      return about;
  }
}

/** Entries of the last feature map: each convolution of 3 x 3 takes one from each side. */
export const flattened = ({ side, filters }: Plan): number =>
  (filters.at(-1) ?? 1) * (side - 2 * filters.length) ** 2;

/** With few different sizes: JAX compiles every operation anew for each shape, which takes most of a campaign's time. */
export const fewSizes = (about: Plan): Plan => ({
  ...about,
  features: about.table?.features ?? (about.features < 14 ? 6 : 10),
  channels: 1,
  side: 8,
  filters: about.filters.map((units) => (units < 7 ? 4 : 6)),
  widths: about.widths.map((units) => (units < 25 ? 16 : 24)),
  outputs: about.outputs === 1 ? 1 : (about.table?.classes ?? 3),
  batch: 8,
});
