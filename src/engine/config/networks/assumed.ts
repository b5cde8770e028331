/** What a network's training is taken for where the file says nothing of it, in the words used for code as well. */
import type { InputScale, Loss, Network, Reading } from "../../model.ts";

/** A network as it is read, before its risk. */
export type ReadNetwork = Omit<Network, "risk">;

export type Training = Pick<
  Network,
  "optimiser" | "learningRate" | "momentum" | "clip" | "loss" | "targets" | "pretrained"
>;

/** Momentum from which the factor 1/(1-momentum) is closer to the 10 of 0.9 than to the 1 of plain SGD. */
export const MOMENTUM = 0.5;

export const assumedLoss: Reading<Loss> = {
  value: "cross-entropy",
  assumption: "loss not in this file: cross-entropy assumed",
};

/** No clipping, targets of mean 0 and variance 1, weights as the initialiser draws them. */
export const untold = {
  clip: { value: null },
  targets: { value: "standardised" },
  pretrained: false,
} as const satisfies Partial<Training>;

export const assumedScale: Reading<InputScale> = {
  value: "standardised",
  assumption: "input scaling not in this file: standardised inputs assumed",
};

export const asInput = (data: "image" | "table", scale: Reading<InputScale>): Network["input"] => ({
  ...scale,
  value: { data, scale: scale.value },
});

/** `models/yolo.cfg` is called `yolo`. */
export const fileName = (path: string): string =>
  path.replace(/^.*[/\\]/, "").replace(/(?<=.)\.[^.]*$/, "") || "network";

/** A type of layers in a sentence. */
export const aLayer = (name: string): string => `${/^[aeiou]/i.test(name) ? "an" : "a"} ${name} layer`;
