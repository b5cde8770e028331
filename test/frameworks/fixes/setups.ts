/** The frameworks that programs are run in: a family of programs may have several. */
import path from "node:path";
import { cacheFolder, installOnce, npmInstall } from "../../../scripts/hosts/cache.ts";
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

/** The parts of TensorFlow.js that run anywhere: its packages for Node and browsers need a compiler or a graphics card. */
export const TFJS = "4.22.0";
const TFJS_PACKAGES = ["core", "layers", "backend-cpu"].map((part) => `@tensorflow/tfjs-${part}@${TFJS}`);

const TENSORFLOW = ["tensorflow", "tensorflow-cpu"];
const keras = (name: string, family: Family, backend: string, needs: readonly string[]): Setup => ({
  name,
  family,
  needs: [["keras"], needs],
  script: "observe_keras.py",
  environment: { KERAS_BACKEND: backend },
});

/** What XLA compiles is kept: it takes most of the time of a first run. */
const flax = (name: string, family: Family): Setup => ({
  name,
  family,
  needs: [["jax"], ["flax"]],
  script: "observe_jax.py",
  environment: { JAX_COMPILATION_CACHE_DIR: path.join(cacheFolder, "jax") },
});

export const setups: readonly Setup[] = [
  { name: "PyTorch", family: "torch", needs: [["torch"]], script: "observe_torch.py" },
  keras("Keras 3 on TensorFlow", "keras", "tensorflow", TENSORFLOW),
  keras("Keras 3 on PyTorch", "keras", "torch", ["torch"]),
  keras("tf.keras", "tf.keras", "tensorflow", TENSORFLOW),
  flax("JAX", "jax"),
  flax("Flax linen", "linen"),
  flax("Flax nnx", "nnx"),
  { name: "scikit-learn", family: "sklearn", needs: [["scikit-learn"]], script: "observe_sklearn.py" },
  { name: "TensorFlow.js", family: "tfjs", needs: [], script: "observe_tfjs.mjs" },
];

export function commandOf({ script, environment }: Setup, python: string): Command {
  const file = path.join(root, "test/frameworks/fixes", script);
  if (!script.endsWith(".py")) {
    const packages = installOnce(`tfjs-${TFJS}`, "TensorFlow.js", (folder) =>
      npmInstall(folder, ...TFJS_PACKAGES),
    );
    return { command: process.execPath, words: ["--experimental-vm-modules", file, packages] };
  }
  return { command: python, words: ["-B", file], ...(environment ? { environment } : {}) };
}
