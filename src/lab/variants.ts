/** What is tried beside the code: one change each, everything else and every drawn number the same. */
import { activationById, defaultParameters } from "../engine/activations/catalogue.ts";
import type { InputScale, ParameterValues } from "../engine/model.ts";
import type { LabActivation, LayerSpec, NetworkSpec } from "./spec.ts";

export interface Variant {
  readonly id: string;
  readonly label: string;
  readonly spec: NetworkSpec;
  /** Of the inputs, where it is not the experiment's. */
  readonly scale?: InputScale;
}

/** A change that can be asked for by its id. */
export interface Change {
  readonly id: string;
  readonly label: string;
  /** undefined: it would change nothing. */
  apply(spec: NetworkSpec): NetworkSpec | undefined;
}

const named = (id: string, label: string, activation: string, parameters: ParameterValues = {}): Change => ({
  id,
  label,
  apply: (spec) => withActivation(spec, { id: activation, parameters }),
});

export const changes: readonly Change[] = [
  named("relu", "ReLU", "relu"),
  named("leaky-0.01", "Leaky ReLU 0.01", "leaky_relu", { negative_slope: 0.01 }),
  named("leaky-0.2", "Leaky ReLU 0.2", "leaky_relu", { negative_slope: 0.2 }),
  named("prelu", "PReLU", "prelu"),
  named("elu", "ELU", "elu"),
  named("selu", "SELU", "selu"),
  named("gelu", "GELU", "gelu"),
  named("silu", "SiLU", "silu"),
  named("tanh", "tanh", "tanh"),
  named("sigmoid", "sigmoid", "sigmoid"),
  {
    id: "rate-10",
    label: "learning rate / 10",
    apply: (spec) => ({
      ...spec,
      optimiser: { ...spec.optimiser, learningRate: spec.optimiser.learningRate / 10 },
    }),
  },
  {
    id: "clip",
    label: "gradients clipped at 1",
    apply: (spec) =>
      spec.optimiser.clip
        ? undefined
        : { ...spec, optimiser: { ...spec.optimiser, clip: { by: "norm", limit: 1 } } },
  },
  {
    id: "he-zero-bias",
    label: "He weights, zero biases",
    apply(spec) {
      const layers = spec.layers.map(
        (layer): LayerSpec => ({
          ...layer,
          weights: { scheme: "he_normal" },
          bias: layer.bias && { scheme: "constant", mean: 0 },
        }),
      );
      return JSON.stringify(layers) === JSON.stringify(spec.layers) ? undefined : { ...spec, layers };
    },
  },
  {
    id: "batch-norm",
    label: "BatchNorm",
    apply(spec) {
      const { layers } = spec;
      if (layers.some(({ normalisation }) => normalisation)) return undefined;
      return { ...spec, layers: layers.map((layer) => (isHidden(layer, spec) ? normalised(layer) : layer)) };
    },
  },
];

/** Those that are tried unless others are asked for. */
export const usualChanges: readonly string[] = ["relu", "leaky-0.01", "leaky-0.2", "elu", "rate-10"];

/** The code as it is, and each change that is one. */
export function variantsOf(
  spec: NetworkSpec,
  wanted: readonly string[],
  baseline = "code",
): readonly Variant[] {
  const own: Variant = { id: "code", label: baseline, spec };
  const others = changes.flatMap(({ id, label, apply }): readonly Variant[] => {
    const changed = wanted.includes(id) ? apply(spec) : undefined;
    return changed ? [{ id, label, spec: changed }] : [];
  });
  return [own, ...others];
}

/** The activation that most hidden layers have, as the name of the baseline: "ReLU (as written)". */
export function baselineLabel({ layers }: NetworkSpec): string {
  const counts = new Map<string, number>();
  for (const { activation } of layers.slice(0, -1)) {
    const label = activation ? labelOf(activation) : "no activation";
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  if (!most) return "as written";
  const [label] = most;
  return label.endsWith(")") ? `${label.slice(0, -1)}, as written)` : `${label} (as written)`;
}

function labelOf({ id, parameters }: LabActivation): string {
  const name = activationById(id)?.name ?? id;
  const slope = parameters.negative_slope ?? (id === "leaky_relu" ? 0.01 : 0);
  return slope > 0 ? `${name} ${slope}` : name;
}

/** Whether a unit of the layer that is silent on all inputs gets no gradient. */
export function dies({ activation }: LayerSpec): boolean {
  const found = activation && activationById(activation.id);
  return found?.shape === "elementwise" && found.dies(defaultParameters(found, activation!.parameters));
}

const isHidden = (layer: LayerSpec, { layers }: NetworkSpec): boolean =>
  layer !== layers.at(-1) && layer.activation !== null;

const normalised = (layer: LayerSpec): LayerSpec => ({
  ...layer,
  normalisation: { kind: "batch", place: "before" },
});

/** The rectifiers of a network are changed; another function that stands between them stays. */
function withActivation(spec: NetworkSpec, activation: LabActivation): NetworkSpec | undefined {
  let changed = false;
  const layers = spec.layers.map((layer) => {
    if (!isHidden(layer, spec) || !isRectifier(layer.activation!) || isSame(layer.activation!, activation))
      return layer;
    changed = true;
    return { ...layer, activation };
  });
  return changed ? { ...spec, layers } : undefined;
}

const family = new Set([
  "relu",
  "relu6",
  "leaky_relu",
  "prelu",
  "rrelu",
  "elu",
  "selu",
  "celu",
  "gelu",
  "gelu_tanh",
  "quick_gelu",
  "silu",
  "mish",
  "hardswish",
  "softplus",
  "squareplus",
  "thresholded_relu",
]);
const isRectifier = ({ id }: LabActivation): boolean => family.has(id);

function isSame(a: LabActivation, b: LabActivation): boolean {
  return a.id === b.id && labelOf(a) === labelOf(b);
}
