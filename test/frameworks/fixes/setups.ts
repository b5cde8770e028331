/** The frameworks that programs are run in: a family of programs may have several. */
import path from "node:path";
import { root } from "../../../scripts/hosts/project.ts";
import type { Family } from "./generate/index.ts";
import type { Command } from "./runners.ts";

export interface Setup {
  /** As the table calls it. */
  readonly name: string;
  readonly family: Family;
  /** Packages without which it can't run; any of several that are the same module. */
  readonly needs: readonly (readonly string[])[];
  readonly script: string;
  readonly environment?: Readonly<Record<string, string>>;
}

const TENSORFLOW = ["tensorflow", "tensorflow-cpu"];
const keras = (name: string, family: Family, backend: string, needs: readonly string[]): Setup => ({
  name,
  family,
  needs: [["keras"], needs],
  script: "observe_keras.py",
  environment: { KERAS_BACKEND: backend },
});

export const setups: readonly Setup[] = [
  { name: "PyTorch", family: "torch", needs: [["torch"]], script: "observe_torch.py" },
  keras("Keras 3 on TensorFlow", "keras", "tensorflow", TENSORFLOW),
  keras("Keras 3 on PyTorch", "keras", "torch", ["torch"]),
  keras("tf.keras", "tf.keras", "tensorflow", TENSORFLOW),
  { name: "JAX", family: "jax", needs: [["jax"], ["flax"]], script: "observe_jax.py" },
  { name: "Flax linen", family: "linen", needs: [["jax"], ["flax"]], script: "observe_jax.py" },
  { name: "Flax nnx", family: "nnx", needs: [["jax"], ["flax"]], script: "observe_jax.py" },
];

export const commandOf = ({ script, environment }: Setup, python: string): Command => ({
  command: python,
  words: ["-B", path.join(root, "test/frameworks/fixes", script)],
  ...(environment ? { environment } : {}),
});
