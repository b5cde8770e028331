import assert from "node:assert/strict";
import type { Initialiser, Layer, Network } from "../../../src/engine/index.ts";
import { read } from "../support.ts";

export const TORCH = "import torch\nfrom torch import nn, optim\nimport torch.nn.functional as F\n";
export const KERAS = "import keras\nfrom keras import layers\n";

export function networksOf(text: string): readonly Network[] {
  return read(text).networks;
}

/** The network of that name, or the only one. */
export function networkOf(text: string, name?: string): Network {
  const all = networksOf(text);
  const network = name === undefined ? all[0] : all.find((one) => one.name === name);
  assert.ok(network, `a network is read; found ${all.map((one) => one.name).join(", ") || "none"}`);
  if (name === undefined)
    assert.equal(all.length, 1, `one network, not ${all.map((one) => one.name).join(", ")}`);
  return network;
}

/** `784>256 relu batch-before residual`, one text for each layer; `?` for a size that is not known. */
export const inWords = ({ layers }: Network): string[] => layers.map(layerInWords);

function layerInWords({ kind, fanIn, units, site, normalisation, residual, dropout }: Layer): string {
  return [
    kind === "conv" && "conv",
    `${fanIn ?? "?"}>${units ?? "?"}`,
    site?.activation,
    normalisation && `${normalisation.kind}-${normalisation.place}`,
    residual && "residual",
    dropout > 0 && `dropout-${dropout}`,
  ]
    .filter(Boolean)
    .join(" ");
}

export const gapsOf = ({ gaps }: Network): string => gaps.map(({ what }) => what).join("; ");

function initialiserInWords({ scheme, mean, std, gain, fan }: Initialiser): string {
  const numbers = [mean, std, gain]
    .filter((value) => value !== undefined)
    .map((value) => Number(value.toPrecision(4)));
  return [scheme, ...numbers, fan && `fan-${fan}`]
    .filter((part) => part !== undefined && part !== "")
    .join(" ");
}

export const weightsOf = ({ layers }: Network): string[] =>
  layers.map(({ weights }) => initialiserInWords(weights.value));

export const biasesOf = ({ layers }: Network): string[] =>
  layers.map(({ bias }) => (bias ? initialiserInWords(bias.value) : "none"));
