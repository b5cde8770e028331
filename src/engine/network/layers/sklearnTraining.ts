/** How scikit-learn trains its perceptrons: everything is among their arguments, or a default. */
import type { Network, OptimiserKind, Span } from "../../model.ts";
import { spanOf } from "../../syntax/tree.ts";
import { given as argumentOf, type Module, numberIn, stringIn, type Value } from "../interpreter/values.ts";

type Training = Pick<Network, "optimiser" | "learningRate" | "momentum" | "clip" | "loss">;

/** https://scikit-learn.org/stable/modules/generated/sklearn.neural_network.MLPClassifier.html */
const USUAL = { rate: 0.001, momentum: 0.9 } as const;

/** From here on momentum makes the steps what they are: as in training.ts. */
const MOMENTUM = 0.5;

export function perceptronTraining({ layer, given, node }: Module): Training {
  const span = spanOf(node);
  const solver = stringIn(argumentOf(given, "solver")) ?? "adam";
  const loss = layer?.symbol.endsWith("Regressor") ? "squared-error" : "cross-entropy";
  const common = { clip: { value: null }, loss: { value: loss, span } } as const;
  if (solver === "lbfgs") {
    const assumption = "solver lbfgs takes no steps of a given size: Adam with 0.001 taken for it";
    return {
      ...common,
      optimiser: { value: "adam", span, assumption },
      learningRate: { value: USUAL.rate, assumption },
      momentum: { value: 0 },
    };
  }
  const momentum = solver === "sgd" ? (numberIn(argumentOf(given, "momentum")) ?? USUAL.momentum) : 0;
  const kind: OptimiserKind = solver !== "sgd" ? "adam" : momentum >= MOMENTUM ? "momentum" : "sgd";
  return {
    ...common,
    optimiser: { value: kind, span },
    learningRate: rate(argumentOf(given, "learning_rate_init"), span),
    momentum: { value: momentum, span },
  };
}

function rate(written: Value | undefined, span: Span): Training["learningRate"] {
  const value = numberIn(written);
  if (value !== undefined && value > 0) {
    const node = written?.type === "constant" ? written.node : undefined;
    return { value, span: node ? spanOf(node) : span };
  }
  const why = written ? "learning_rate_init is not a number here" : "learning_rate_init not given";
  return { value: USUAL.rate, span, assumption: `${why}: scikit-learn's default 0.001` };
}
