/** How the network is trained: optimiser, learning rate, clipping and loss, from anywhere in the file. */
import { frameworkOf, optimiserOf } from "../frameworks/index.ts";
import type { FrameworkId, Loss, Network, OptimiserKind } from "../model.ts";
import { numberOf } from "../syntax/constants.ts";
import { argumentOf, type Call, type Expression, spanOf } from "../syntax/tree.ts";
import type { Facts, KnownCall } from "./facts.ts";

type Training = Pick<Network, "optimiser" | "learningRate" | "momentum" | "clip" | "loss" | "targets">;

/** Momentum from which the factor 1/(1-momentum) is closer to the 10 of 0.9 than to the 1 of plain SGD. */
const MOMENTUM = 0.5;

const CROSS_ENTROPY = /cross_?entropy|nll_?loss|bce/i;
const SQUARED_ERROR = /mse|mean_?squared|l1_?loss|huber|mean_?absolute|mae\b/i;

/**
 * Looks through the file once; the reader it returns answers for each network.
 *
 * Its `owner` is the variable or class that holds the network: of several optimisers the one that names it is its own.
 */
export function trainingReader(facts: Facts): (framework: FrameworkId, owner: string) => Training {
  const made = facts.calls.filter(({ symbol }) => optimiserOf(symbol));
  const compiled = compiledWith(facts);
  const rest = {
    momentum: { value: 0 },
    targets: { value: "standardised" as const },
    clip: readClipping(facts),
    loss: readLoss(facts),
  };
  return (framework, owner) => {
    const possible = made.filter(({ symbol }) => optimiserOf(symbol)?.framework === framework);
    const own = possible.filter(({ call }) => mentions(call, owner));
    const [chosen] = own.length > 0 ? own : possible.length === 1 ? possible : [];
    if (chosen) return { ...fromCall(chosen, framework), ...rest };
    if (framework === "keras" && compiled) return { ...compiled, ...rest };
    return { ...unknownOptimiser(possible.length > 1), ...rest };
  };
}

function unknownOptimiser(isAmbiguous: boolean): Pick<Training, "optimiser" | "learningRate"> {
  const why = isAmbiguous ? "which optimiser trains it is not clear" : "optimiser not in this file";
  const assumption = "learning rate not in this file: Adam's default 0.001 assumed";
  return {
    optimiser: { value: "adam", assumption: `${why}: Adam assumed` },
    learningRate: { value: 0.001, assumption },
  };
}

function fromCall(
  { call, symbol, scope }: KnownCall,
  framework: FrameworkId,
): Pick<Training, "optimiser" | "learningRate"> {
  const spelling = optimiserOf(symbol);
  const usual = spelling?.parameters.find(({ name }) => name === "lr" || name === "learning_rate");
  const offset = framework === "pytorch" ? 1 : 0;
  const momentum = numberOf(
    argumentOf(call, "momentum", spelling?.symbol.endsWith("SGD") ? offset + 1 : undefined)?.value,
    scope,
  );
  const kind = spelling?.optimiser ?? "adam";
  const optimiser: OptimiserKind =
    kind === "sgd" && momentum !== undefined && momentum >= MOMENTUM ? "momentum" : kind;
  const span = spanOf(call);
  const written = argumentOf(call, "lr") ?? argumentOf(call, "learning_rate", offset);
  const rate = numberOf(written?.value, scope);
  const name = symbol.slice(symbol.lastIndexOf(".") + 1);
  const fallback = usual?.default ?? 0.001;
  if (rate !== undefined && rate > 0) {
    return {
      optimiser: { value: optimiser, span },
      learningRate: { value: rate, span: spanOf(written ?? span) },
    };
  }
  const assumption = written
    ? `learning rate is not a number here: ${name}'s default ${fallback} assumed`
    : `learning rate not given: ${name}'s default ${fallback}`;
  return { optimiser: { value: optimiser, span }, learningRate: { value: fallback, span, assumption } };
}

/** `model.compile(optimizer="adam")`: a name alone stands for the optimiser with its defaults. */
function compiledWith(facts: Facts): Pick<Training, "optimiser" | "learningRate"> | undefined {
  for (const { call, symbol } of facts.calls) {
    if (!symbol.endsWith(".compile")) continue;
    const value = argumentOf(call, "optimizer", 0)?.value;
    const word = value?.type === "string" ? value.value?.toLowerCase() : undefined;
    const kinds: Readonly<Record<string, [OptimiserKind, number]>> = {
      sgd: ["sgd", 0.01],
      adam: ["adam", 0.001],
      adamw: ["adam", 0.001],
      nadam: ["adam", 0.001],
      rmsprop: ["rmsprop", 0.001],
    };
    const [optimiser, rate] = (word !== undefined && kinds[word]) || [];
    if (!value || optimiser === undefined || rate === undefined) continue;
    const span = spanOf(value);
    const assumption = `learning rate not given: Keras' default ${rate} of "${word}"`;
    return { optimiser: { value: optimiser, span }, learningRate: { value: rate, span, assumption } };
  }
  return undefined;
}

function readClipping(facts: Facts): Training["clip"] {
  for (const { call, symbol, scope } of facts.calls) {
    const written = symbol.endsWith("clip_grad_norm_")
      ? argumentOf(call, "max_norm", 1)
      : optimiserOf(symbol)
        ? (argumentOf(call, "clipnorm") ?? argumentOf(call, "global_clipnorm"))
        : undefined;
    const norm = numberOf(written?.value, scope);
    if (norm !== undefined) return { value: { by: "norm", limit: norm }, span: spanOf(call) };
  }
  return { value: null };
}

function readLoss(facts: Facts): Training["loss"] {
  for (const { call, symbol } of facts.calls) {
    const argument = symbol.endsWith(".compile") ? argumentOf(call, "loss", 1)?.value : undefined;
    const word = argument?.type === "string" ? (argument.value ?? "") : frameworkOf(symbol) ? symbol : "";
    const value = lossNamed(word);
    if (value) return { value, span: spanOf(call) };
  }
  return { value: "cross-entropy", assumption: "loss not in this file: cross-entropy assumed" };
}

const lossNamed = (word: string): Loss | undefined =>
  CROSS_ENTROPY.test(word) ? "cross-entropy" : SQUARED_ERROR.test(word) ? "squared-error" : undefined;

/** Whether the arguments of a call speak of a name: `Adam(model.parameters())`. */
function mentions(call: Call, owner: string): boolean {
  const inside = (node: Expression): boolean => {
    if (node.type === "name") return node.name === owner;
    if (node.type === "attribute") return node.name === owner || inside(node.object);
    if (node.type === "call") return inside(node.callee) || node.arguments.some(({ value }) => inside(value));
    return false;
  };
  return call.arguments.some(({ value }) => inside(value));
}
