/** Programs of each framework: the same number gives the same text for ever. */
import { linenProgram, nnxProgram } from "./flax.ts";
import { jaxProgram } from "./jax.ts";
import { kerasProgram, tfKerasProgram } from "./keras.ts";
import type { Focus } from "./plan.ts";
import { randomFrom } from "./random.ts";
import { sklearnProgram } from "./sklearn.ts";
import { tfjsProgram } from "./tfjs.ts";
import { torchProgram } from "./torch.ts";

export type Family = keyof typeof WRITERS;

const WRITERS = {
  torch: torchProgram,
  keras: kerasProgram,
  "tf.keras": tfKerasProgram,
  jax: jaxProgram,
  linen: linenProgram,
  nnx: nnxProgram,
  sklearn: sklearnProgram,
  tfjs: tfjsProgram,
};

export const families = Object.keys(WRITERS) as readonly Family[];

export const generated = (family: Family, number: number, focus?: Focus): string =>
  WRITERS[family](randomFrom(number), focus);
