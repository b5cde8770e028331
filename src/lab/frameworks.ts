/** What each framework does in its own way where the code says nothing of it. */
import type { FrameworkId } from "../engine/model.ts";

/** What BatchNorm keeps of its running statistics at each step, by the documentation: 0.9 here, 0.99 elsewhere. */
export const KEEPS_LESS: ReadonlySet<FrameworkId> = new Set([
  "pytorch",
  "mmcv",
  "allennlp",
  "paddle",
  "mxnet",
]);

/** Those whose normal initialisers with fans are cut off at 2 standard deviations, by the documentation. */
export const TRUNCATES: ReadonlySet<FrameworkId> = new Set([
  "keras",
  "tensorflow",
  "tfjs",
  "jax",
  "flax",
  "haiku",
  "equinox",
]);

/** Epsilon of Adam and RMSprop, and RMSprop's decay, by the frameworks' documentation. */
export function constantsOf(framework: FrameworkId): { readonly epsilon: number; readonly decay: number } {
  switch (framework) {
    case "keras":
    case "tensorflow":
    case "tfjs":
      return { epsilon: 1e-7, decay: 0.9 };
    case "jax":
    case "flax":
    case "haiku":
    case "equinox":
      return { epsilon: 1e-8, decay: 0.9 };
    default:
      return { epsilon: 1e-8, decay: 0.99 };
  }
}
