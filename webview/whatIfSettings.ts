/** What can be chosen for each setting of the what-if panel, the code's own first. Pure. */
import { activationById, defaultParameters } from "../src/engine/activations/catalogue.ts";
import type { Initialiser, Layer, Network, ParameterValues } from "../src/engine/model.ts";
import type { WhatIf } from "../src/engine/risk/whatIf.ts";
import { formatNumber } from "./format.ts";

/** Settings that are chosen from a list. */
export type Listed = "weights" | "bias" | "normalisation" | "activation" | "inputScale" | "clipNorm";

export interface Choice {
  readonly title: string;
  /** Nothing of the setting: as in the code. */
  readonly settings: WhatIf;
}

/** The layers before the output. */
export const hiddenLayers = ({ layers }: Network): readonly Layer[] => layers.slice(0, -1);

const schemes: Readonly<Record<Initialiser["scheme"], string>> = {
  torch_default: "PyTorch’s default",
  he_normal: "He normal",
  he_uniform: "He uniform",
  glorot_normal: "Glorot normal",
  glorot_uniform: "Glorot uniform",
  lecun_normal: "LeCun normal",
  lecun_uniform: "LeCun uniform",
  orthogonal: "orthogonal",
  normal: "normal",
  uniform: "uniform",
  constant: "constant",
};

const isGiven = (value: number | undefined): value is number => value !== undefined;

function initialiserWords({ scheme, mean, std }: Initialiser): string {
  if (scheme === "constant") return (mean ?? 0) === 0 ? "zeros" : `all ${formatNumber(mean ?? 0, 3)}`;
  const numbers = [
    isGiven(mean) && `mean ${formatNumber(mean, 3)}`,
    isGiven(std) && `std ${formatNumber(std, 3)}`,
  ];
  return [schemes[scheme], ...numbers].filter(Boolean).join(", ");
}

/** One text for all, or that they differ. */
function common<T>(all: readonly T[], write: (one: T) => string, none: string): string {
  const texts = new Set(all.map(write));
  if (texts.size === 0) return none;
  return texts.size === 1 ? [...texts].join() : "differs by layer";
}

const scheme = (name: Initialiser["scheme"], change: Partial<Initialiser> = {}): WhatIf => ({
  weights: { scheme: name, ...change },
});
const activation = (id: string, parameters: ParameterValues = {}): WhatIf => ({
  activation: { id, parameters },
});
const normalisation = (kind: "batch" | "layer", place: "before" | "after"): WhatIf => ({
  normalisation: { kind, place },
});

const others: Readonly<Record<Listed, readonly Choice[]>> = {
  weights: [
    { title: "He normal", settings: scheme("he_normal") },
    { title: "Glorot uniform", settings: scheme("glorot_uniform") },
    { title: "LeCun normal", settings: scheme("lecun_normal") },
    { title: "Orthogonal, gain √2", settings: scheme("orthogonal", { gain: Math.SQRT2 }) },
    { title: "PyTorch’s default", settings: scheme("torch_default") },
  ],
  bias: [
    { title: "Zeros", settings: { bias: null } },
    { title: "All 0.01", settings: { bias: { scheme: "constant", mean: 0.01 } } },
    { title: "PyTorch’s default", settings: { bias: { scheme: "torch_default" } } },
  ],
  normalisation: [
    { title: "None", settings: { normalisation: null } },
    { title: "BatchNorm before the activation", settings: normalisation("batch", "before") },
    { title: "BatchNorm after the activation", settings: normalisation("batch", "after") },
    { title: "LayerNorm before the activation", settings: normalisation("layer", "before") },
  ],
  activation: [
    { title: "ReLU", settings: activation("relu") },
    { title: "Leaky ReLU", settings: activation("leaky_relu", { negative_slope: 0.01 }) },
    { title: "ELU", settings: activation("elu", { alpha: 1 }) },
    { title: "GELU", settings: activation("gelu") },
    { title: "SiLU", settings: activation("silu") },
    { title: "tanh", settings: activation("tanh") },
  ],
  inputScale: [
    { title: "Standardised (mean 0, variance 1)", settings: { inputScale: "standardised" } },
    { title: "From 0 to 1", settings: { inputScale: "unit" } },
    { title: "Raw", settings: { inputScale: "raw" } },
  ],
  clipNorm: [
    { title: "None", settings: { clipNorm: null } },
    { title: "Norm 5", settings: { clipNorm: 5 } },
    { title: "Norm 1", settings: { clipNorm: 1 } },
    { title: "Norm 0.1", settings: { clipNorm: 0.1 } },
  ],
};

export function choices(setting: Listed, model: Network): readonly Choice[] {
  return [{ title: `As in the code: ${inCode(setting, model)}`, settings: {} }, ...others[setting]];
}

function inCode(setting: Listed, model: Network): string {
  const hidden = hiddenLayers(model);
  switch (setting) {
    case "weights":
      return common(hidden, ({ weights }) => initialiserWords(weights.value), "none");
    case "bias":
      return common(hidden, ({ bias }) => (bias ? initialiserWords(bias.value) : "none"), "none");
    case "normalisation":
      return common(
        hidden,
        ({ normalisation: norm }) => (norm ? `${norm.kind} norm ${norm.place} the activation` : "none"),
        "none",
      );
    case "activation":
      return common(
        hidden.flatMap(({ site }) => site ?? []),
        (site) => activationById(site.activation)?.name ?? site.activation,
        "none",
      );
    case "inputScale": {
      const { scale } = model.input.value;
      return scale === "unit" ? "from 0 to 1" : scale;
    }
    case "clipNorm": {
      const { value } = model.clip;
      return value ? `${value.by} ${formatNumber(value.limit)}` : "none";
    }
  }
}

/** Leaky ReLU is one choice whatever its slope. */
export function currentChoice(setting: Listed, options: readonly Choice[], whatIf: WhatIf): number {
  const value = whatIf[setting];
  if (value === undefined) return 0;
  const isSame = ({ settings }: Choice) => {
    const own = settings[setting];
    if (own === undefined) return false;
    if (setting === "activation") return settings.activation?.id === whatIf.activation?.id;
    return JSON.stringify(own) === JSON.stringify(value);
  };
  return Math.max(0, options.findIndex(isSame));
}

/** The slope that is tried out, where one is. */
export function slopeOf({ activation: tried }: WhatIf): number | undefined {
  if (tried?.id !== "leaky_relu") return undefined;
  const leaky = activationById("leaky_relu");
  return leaky && defaultParameters(leaky, tried.parameters).negative_slope;
}
