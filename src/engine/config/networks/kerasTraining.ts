/** How a Keras model was compiled: `compile_config` of Keras 3, `training_config` of Keras 2 and TensorFlow.js. */
import type { Clip, Gap, Loss, Network, OptimiserKind, Reading } from "../../model.ts";
import { type Data, type DataMap, mapIn, numberIn, wordIn } from "../../syntax/data.ts";
import { assumedLoss, MOMENTUM, type Training, untold } from "./assumed.ts";
import { classOf, itemsOf, numberOf, valueIn } from "./kerasFields.ts";

/** Kinds and default rates; what an optimiser's own steps are most like. */
const OPTIMISERS: Readonly<Record<string, readonly [OptimiserKind, number]>> = {
  sgd: ["sgd", 0.01],
  adam: ["adam", 0.001],
  adamw: ["adam", 0.001],
  nadam: ["adam", 0.001],
  rmsprop: ["rmsprop", 0.001],
};

const CROSS_ENTROPY = /cross_?entropy|nll/i;
const SQUARED_ERROR = /mse|mean_?squared_?error|mae|mean_?absolute_?error|huber/i;

interface KerasTraining {
  readonly training: Training;
  readonly gap: Gap | null;
}

/** @param places maps that may say it, the nearest first */
export function kerasTraining(places: readonly DataMap[]): KerasTraining {
  const compiled = places
    .flatMap((place) => mapIn(place, "compile_config", "training_config") ?? [])
    .find(({ entries }) => entries.length > 0);
  const loss = lossOf(compiled);
  return {
    training: { ...untold, ...optimiserOf(compiled), ...("what" in loss ? { loss: assumedLoss } : { loss }) },
    gap: "what" in loss ? loss : null,
  };
}

type Optimised = Pick<Network, "optimiser" | "learningRate" | "momentum"> & {
  readonly clip?: Reading<Clip | null>;
};

function optimiserOf(compiled: DataMap | undefined): Optimised {
  const written = compiled && valueIn(compiled, "optimizer", "optimizer_config");
  const name =
    written?.type === "map" ? classOf(written) : written?.type === "scalar" ? written.value : undefined;
  const config = written?.type === "map" ? mapIn(written, "config") : undefined;
  if (!written || name === undefined) return ASSUMED;
  const span = { from: written.from, to: written.to };
  const word = name.replace(/^.*>/, "");
  const [kind, usual] = OPTIMISERS[word.toLowerCase()] ?? [];
  const momentum = (config && numberOf(config, "momentum")) ?? 0;
  const clip = config && clipOf(config);
  return {
    optimiser: kind
      ? { value: kind === "sgd" && momentum >= MOMENTUM ? "momentum" : kind, span }
      : { value: "adam", span, assumption: `the steps of ${word} are not estimated: Adam's taken` },
    learningRate: rateOf(config, word, usual ?? 0.001, span),
    momentum: { value: kind === "sgd" ? momentum : 0, span },
    ...(clip ? { clip } : {}),
  };
}

const ASSUMED: Optimised = {
  optimiser: { value: "adam", assumption: "optimiser not in this file: Adam assumed" },
  learningRate: { value: 0.001, assumption: "learning rate not in this file: Adam's default 0.001 assumed" },
  momentum: { value: 0 },
};

function rateOf(
  config: DataMap | undefined,
  name: string,
  usual: number,
  span: NonNullable<Network["learningRate"]["span"]>,
): Network["learningRate"] {
  const written = config && valueIn(config, "learning_rate", "lr");
  // A schedule starts at some rate, whatever it does then.
  const schedule = written?.type === "map" ? mapIn(written, "config") : undefined;
  const value = schedule ? valueIn(schedule, "initial_learning_rate") : written;
  const rate = numberIn(value);
  if (value && rate !== undefined && rate > 0)
    // Kept as a 32-bit number: 0.0010000000474974513.
    return { value: Number(rate.toPrecision(6)), span: { from: value.from, to: value.to } };
  const assumption = written
    ? `learning rate is not a number here: ${name}'s default ${usual} assumed`
    : `learning rate not given: Keras' default ${usual} of "${name}"`;
  return { value: usual, span, assumption };
}

function clipOf(config: DataMap): Reading<Clip> | undefined {
  for (const [name, by] of [
    ["clipnorm", "norm"],
    ["global_clipnorm", "norm"],
    ["clipvalue", "value"],
  ] as const) {
    const written = valueIn(config, name);
    const limit = numberIn(written);
    if (written && limit !== undefined && limit > 0)
      return { value: { by, limit }, span: { from: written.from, to: written.to } };
  }
  return undefined;
}

function lossOf(compiled: DataMap | undefined): Reading<Loss> | Gap {
  const written = compiled && valueIn(compiled, "loss");
  const name = written && nameIn(written);
  if (!written || name === undefined) return assumedLoss;
  const span = { from: written.from, to: written.to };
  if (CROSS_ENTROPY.test(name)) return { value: "cross-entropy", span };
  if (SQUARED_ERROR.test(name)) return { value: "squared-error", span };
  return { span, what: `the loss ${name} is not estimated` };
}

/** One for all outputs, or the first of several. */
function nameIn(loss: Data): string | undefined {
  if (loss.type === "scalar") return loss.value;
  const [first] = itemsOf(loss) ?? [];
  if (first) return nameIn(first);
  if (loss.type !== "map") return undefined;
  const config = wordIn(loss, "config")?.value;
  if (classOf(loss) !== "") return classOf(loss) === "function" ? config : classOf(loss);
  const value = loss.entries[0]?.value;
  return value?.type === "scalar" ? value.value : undefined;
}
