/** How a network is trained: optimiser, learning rate, clipping and loss, from what the program makes of them. */
import { frameworkOf, type OptimiserSpelling, optimiserOf } from "../frameworks/index.ts";
import type { Clip, FrameworkId, InputScale, Loss, Network, OptimiserKind, Reading, Span } from "../model.ts";
import { type Expression, spanOf } from "../syntax/tree.ts";
import { lossOfGraph, optimiserOfGraph } from "./graphTraining.ts";
import {
  type Arguments,
  given as argumentOf,
  numberIn,
  type ObjectValue,
  stringIn,
  type Value,
} from "./interpreter/values.ts";
import { type Family, familyOf } from "./layers/family.ts";
import { rateBeside, scheduleStart, trainedBy, writtenLoss } from "./layers/optax.ts";
import { isPerceptron } from "./layers/sklearn.ts";
import { perceptronTraining } from "./layers/sklearnTraining.ts";
import type { Run } from "./program.ts";

type Training = Pick<Network, "optimiser" | "learningRate" | "momentum" | "clip" | "loss" | "targets">;
type Optimiser = Pick<Training, "optimiser" | "learningRate" | "momentum">;

/** Momentum from which the factor 1/(1-momentum) is closer to the 10 of 0.9 than to the 1 of plain SGD. */
const MOMENTUM = 0.5;

const CROSS_ENTROPY = /cross_?entropy|nll_?loss|\bbce|bce_?(?:with_?logits_?)?loss/i;
const SQUARED_ERROR =
  /mse|mean_?squared|l1_?loss|huber|l2_?loss|squared_?error|mean_?absolute|\bmae\b|absolute_difference/i;

/** Looks through what the program made once; the reader it returns answers for each network. */
export function trainingReader(run: Run): (root: Family, framework: FrameworkId) => Training {
  const optimisers = run.objects.flatMap((made) => {
    const spelling = optimiserOf(made.symbol);
    return spelling
      ? [
          {
            made,
            framework: spelling.framework,
            owners: [...ownersOf(made.given), ...trainedBy(made, run)],
            reading: fromObject(made, spelling, run),
          },
        ]
      : [];
  });
  const clip = clippingIn(run);
  const loss = lossIn(run);
  const compiled = run.uses.filter(({ method }) => method === "compile");
  const isApplied = /\.(?:apply_gradients|minimize)\(/.test(run.unit.text);
  return (root, framework) => {
    if (isPerceptron(root)) return { ...perceptronTraining(root), targets: targetsOf(root, run) };
    const family = new Set<Value>(familyOf(root).map(([, one]) => one));
    const own = compiled.find(({ network }) => network === root || isAlike(network, root));
    const minimiser = optimiserOfGraph(root);
    const byCompile = compiledWith(own?.given, framework, run);
    const chosen =
      optimisers.find(({ made }) => made === minimiser) ??
      // What compile() says is what counts in TensorFlow.js, whose optimisers know nothing of their weights.
      (framework === "tfjs" ? byCompile : undefined) ??
      chosenOptimiser(family, framework, optimisers, framework !== "keras" || (isApplied && !own)) ??
      byCompile ??
      unknownOptimiser(optimisers.length > 0);
    return {
      ...chosen.reading,
      clip: clippingOf(chosen.made) ?? clip,
      loss: lossOfGraph(root, run) ?? compiledLoss(own?.given) ?? loss,
      targets: targetsOf(root, run),
    };
  };
}

interface MadeOptimiser extends Chosen {
  readonly made: ObjectValue;
  readonly framework: FrameworkId;
  readonly owners: readonly Value[];
}

/** Another instance of the same class. */
const isAlike = (a: Value, b: Value): boolean =>
  a.type === "instance" && b.type === "instance" && a.of === b.of;

interface Chosen {
  readonly reading: Optimiser;
  readonly made: ObjectValue | undefined;
}

/**
 * Of several optimisers the one that moves this network's weights.
 *
 * @param isLoop whether one that is given no weights may train it: Keras' are otherwise told by compile()
 */
function chosenOptimiser(
  family: ReadonlySet<Value>,
  framework: FrameworkId,
  optimisers: readonly MadeOptimiser[],
  isLoop: boolean,
): Chosen | undefined {
  const possible = optimisers.filter((one) => isFor(one.framework, framework));
  const exact = possible.filter(({ owners }) => owners.some((owner) => family.has(owner)));
  const alike = possible.filter(({ owners }) => owners.some((owner) => alikeIn(owner, family)));
  const own = exact.length > 0 ? exact : alike;
  const open = possible.filter(({ owners }) => owners.length === 0 && isLoop);
  const [first, ...others] = own.length > 0 ? own : open;
  if (!first) return undefined;
  const isClear = others.every(({ reading }) => same(first.reading, reading));
  return isClear || own.length > 0 ? first : undefined;
}

const isFor = (own: FrameworkId, framework: FrameworkId): boolean =>
  own === framework ||
  (own === "keras" && framework === "tensorflow") ||
  (own === "jax" && /^(?:flax|haiku|equinox)$/.test(framework));

const alikeIn = (owner: Value, family: ReadonlySet<Value>): boolean =>
  owner.type === "instance" && [...family].some((one) => isAlike(owner, one));

const same = (a: Optimiser, b: Optimiser): boolean =>
  a.optimiser.value === b.optimiser.value && a.learningRate.value === b.learningRate.value;

/** Modules whose parameters an optimiser is given: directly, or in groups with settings of their own. */
function ownersOf(given: Arguments): readonly Value[] {
  const visit = (value: Value | undefined, depth: number): readonly Value[] => {
    if (!value || depth > 4) return [];
    switch (value.type) {
      case "parameters":
        return value.owners;
      case "parameter":
        return [value.module];
      case "list":
        return value.items.flatMap((item) => visit(item, depth + 1));
      case "dict":
        return visit(value.entries.get("params"), depth + 1);
      default:
        return [];
    }
  };
  return visit(given.positional[0] ?? given.named.get("params"), 0);
}

function fromObject(made: ObjectValue, spelling: OptimiserSpelling, run: Run): Optimiser {
  const { given, symbol, node } = made;
  const rate = ["lr", "learning_rate", "learningRate"];
  const parameter = spelling.parameters.find(({ name }) => rate.includes(name));
  const momentumAt = spelling.parameters.find(({ name }) => name === "momentum");
  const group = given.positional[0]?.type === "list" ? given.positional[0].items[0] : undefined;
  const grouped = group?.type === "dict" ? group.entries.get("lr") : undefined;
  const written = argumentOf(given, rate, parameter?.position) ?? grouped ?? rateBeside(made, run);
  const momentum = numberIn(argumentOf(given, "momentum", momentumAt?.position)) ?? 0;
  const name = symbol.slice(symbol.lastIndexOf(".") + 1);
  const fallback = parameter?.default ?? 0.001;
  const span = spanOf(node);
  const optimiser: Reading<OptimiserKind> = {
    value: spelling.optimiser === "sgd" && momentum >= MOMENTUM ? "momentum" : spelling.optimiser,
    span,
  };
  return {
    optimiser,
    learningRate: rateFrom(written && started(written, made, run), fallback, parameter?.default, name, span),
    momentum: { value: momentum, span },
  };
}

/** What a schedule of optax, or a function of the step, starts with. */
function started(written: Value, { node }: ObjectValue, run: Run): Value {
  return scheduleStart(written, run, node.type === "call" ? node : undefined) ?? written;
}

function rateFrom(
  written: Value | undefined,
  fallback: number,
  usual: number | undefined,
  name: string,
  span: Span,
): Reading<number> {
  if (!written)
    return { value: fallback, span, assumption: `learning rate not given: ${name}'s default ${fallback}` };
  const value = startOf(written);
  if (value !== undefined && value.number > 0)
    return { value: value.number, span: value.node ? spanOf(value.node) : span };
  return {
    value: fallback,
    assumption: `learning rate is not a number here: ${usual === undefined ? "" : `${name}'s default `}${fallback} assumed`,
  };
}

/** A rate, or the one that a schedule starts with. https://keras.io/api/optimizers/learning_rate_schedules/ */
function startOf(value: Value): { readonly number: number; readonly node?: Expression } | undefined {
  const number = numberIn(value);
  if (number !== undefined)
    return { number, ...(value.type === "constant" && value.node ? { node: value.node } : {}) };
  if (value.type !== "object") return undefined;
  const start = argumentOf(
    value.given,
    ["initial_learning_rate", "init_value", "initialLearningRate", "learning_rate"],
    0,
  );
  return start && start.type === "constant" ? startOf(start) : undefined;
}

/** Names that Keras takes for an optimiser with its defaults. */
const BY_NAME: Readonly<Record<string, readonly [OptimiserKind, number]>> = {
  sgd: ["sgd", 0.01],
  adam: ["adam", 0.001],
  adamw: ["adam", 0.001],
  nadam: ["adam", 0.001],
  adamax: ["adam", 0.001],
  adagrad: ["adam", 0.001],
  rmsprop: ["rmsprop", 0.001],
};

/** Where TensorFlow.js differs: `getOptimizer` of tfjs-layers. */
const BY_NAME_TFJS: typeof BY_NAME = { ...BY_NAME, adamax: ["adam", 0.002], adagrad: ["adam", 0.01] };

function compiledWith(given: Arguments | undefined, framework: FrameworkId, run: Run): Chosen | undefined {
  const value = given && argumentOf(given, "optimizer", 0);
  if (!given) return undefined;
  // https://keras.io/api/models/model_training_apis/: RMSprop unless told otherwise.
  const word = value ? stringIn(value)?.toLowerCase() : framework === "tfjs" ? undefined : "rmsprop";
  const names = framework === "tfjs" ? BY_NAME_TFJS : BY_NAME;
  const [kind, rate] = (word !== undefined && Object.hasOwn(names, word) && names[word]) || [];
  if (kind !== undefined && rate !== undefined) {
    const node = value?.type === "constant" ? value.node : undefined;
    const span = node && spanOf(node);
    const reading: Optimiser = {
      optimiser: { value: kind, ...(span ? { span } : {}) },
      learningRate: {
        value: rate,
        ...(span ? { span } : {}),
        assumption: `learning rate not given: ${framework === "tfjs" ? "TensorFlow.js'" : "Keras'"} default ${rate} of "${word}"`,
      },
      momentum: { value: 0 },
    };
    return { reading, made: undefined };
  }
  const made = value?.type === "object" ? value : undefined;
  const spelling = made && optimiserOf(made.symbol);
  return made && spelling ? { reading: fromObject(made, spelling, run), made } : undefined;
}

function unknownOptimiser(isAmbiguous: boolean): Chosen {
  const why = isAmbiguous ? "which optimiser trains it is not clear" : "optimiser not in this file";
  return {
    reading: {
      optimiser: { value: "adam", assumption: `${why}: Adam assumed` },
      learningRate: {
        value: 0.001,
        assumption: "learning rate not in this file: Adam's default 0.001 assumed",
      },
      momentum: { value: 0 },
    },
    made: undefined,
  };
}

/** Limits that an optimiser of Keras has itself. */
function clippingOf(optimiser: ObjectValue | undefined): Reading<Clip> | undefined {
  if (!optimiser) return undefined;
  const { given, node } = optimiser;
  const norm = numberIn(argumentOf(given, ["clipnorm", "global_clipnorm"]));
  if (norm !== undefined) return { value: { by: "norm", limit: norm }, span: spanOf(node) };
  const value = numberIn(argumentOf(given, "clipvalue"));
  return value === undefined ? undefined : { value: { by: "value", limit: value }, span: spanOf(node) };
}

/** Calls that clip gradients, and what their limit is called. */
const CLIPS: readonly (readonly [
  symbol: RegExp,
  by: Clip["by"],
  names: readonly string[],
  position: number | undefined,
])[] = [
  [/clip_grad_norm_?$|\.clip_grad_norm$/, "norm", ["max_norm"], 1],
  [/clip_grad_value_?$/, "value", ["clip_value"], 1],
  [/^tensorflow\.clip_by_(?:global_|average_)?norm$/, "norm", ["clip_norm"], 1],
  [/clip_by_global_norm$/, "norm", ["max_norm", "clip_norm"], 0],
  [/^optax\.clip$/, "value", ["max_delta"], 0],
  [/\.Trainer$/, "norm", ["gradient_clip_val"], undefined],
];

function clippingIn(run: Run): Reading<Clip | null> {
  for (const { symbol, given, node } of run.objects) {
    const found = CLIPS.find(([test]) => test.test(symbol));
    if (!found) continue;
    const [, by, names, position] = found;
    const limit = numberIn(argumentOf(given, names, position));
    if (limit !== undefined) return { value: { by, limit }, span: spanOf(node) };
  }
  return { value: null };
}

function compiledLoss(given: Arguments | undefined): Training["loss"] | undefined {
  const compiled = given && argumentOf(given, "loss", 1);
  if (!compiled || (compiled.type !== "constant" && compiled.type !== "object" && compiled.type !== "symbol"))
    return undefined;
  const named = lossNamed(stringIn(compiled) ?? (compiled.type === "constant" ? "" : compiled.symbol));
  return named && { value: named, ...(compiled.node ? { span: spanOf(compiled.node) } : {}) };
}

function lossIn(run: Run): Training["loss"] {
  for (const { symbol, node } of run.objects) {
    const value = frameworkOf(symbol) || /^optax\b/.test(symbol) ? lossNamed(symbol) : undefined;
    if (value) return { value, span: spanOf(node) };
  }
  const written = writtenLoss(run.unit.text);
  return written ?? { value: "cross-entropy", assumption: "loss not in this file: cross-entropy assumed" };
}

const lossNamed = (word: string): Loss | undefined => {
  const name = word.slice(word.lastIndexOf(".") + 1).replaceAll(/([a-z])([A-Z])/g, "$1_$2");
  return CROSS_ENTROPY.test(name) || CROSS_ENTROPY.test(word)
    ? "cross-entropy"
    : SQUARED_ERROR.test(name) || SQUARED_ERROR.test(word)
      ? "squared-error"
      : undefined;
};

/** Scale of what a regression is trained to give, where its way can be followed. */
function targetsOf(root: Family, run: Run): Reading<InputScale> {
  for (const { network, method, given } of run.uses) {
    const value =
      method === "loss"
        ? given.positional[1]
        : method === "fit" && network === root
          ? (given.positional[1] ?? given.named.get("y"))
          : undefined;
    const facts = value?.type === "tensor" ? value.state.data : undefined;
    if (facts?.scale)
      return {
        value: facts.scale,
        ...(facts.span ? { span: { from: facts.span.from, to: facts.span.to } } : {}),
      };
  }
  return { value: "standardised", assumption: "scale of the targets not in this file" };
}
