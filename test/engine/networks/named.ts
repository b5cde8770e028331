/** Networks in words, as these tests compare them. */
import assert from "node:assert/strict";
import type { Initialiser, Network } from "../../../src/engine/index.ts";
import { read } from "../support.ts";

export const networksOf = (text: string, path = "model.py"): readonly Network[] => read(text, path).networks;

/** The only network of a program. */
export function networkOf(text: string, path?: string): Network {
  const [network, ...others] = networksOf(text, path);
  assert.ok(network, "a network is read");
  assert.deepEqual(
    others.map(({ name }) => name),
    [],
    "no other network is read",
  );
  return network;
}

/** `conv1 9>32 relu batch-before +`: name, sizes, activation, normalisation, end of a skip connection. */
export const layersOf = ({ layers }: Network): string[] =>
  layers.map(({ name, fanIn, units, site, normalisation, residual, dropout }) =>
    [
      name,
      `${fanIn ?? "?"}>${units ?? "?"}`,
      site?.activation,
      normalisation && `${normalisation.kind}-${normalisation.place}`,
      residual && "+",
      dropout > 0 && `drop ${dropout}`,
    ]
      .filter(Boolean)
      .join(" "),
  );

export const gapsOf = ({ gaps }: Network): string[] => gaps.map(({ what }) => what);

/** `he_normal`, with its numbers where it has some. */
export function inWords(initialiser: Initialiser | undefined): string {
  if (!initialiser) return "none";
  const { scheme, ...numbers } = initialiser;
  const all = Object.entries(numbers).map(
    ([key, value]) => `${key} ${typeof value === "number" ? Number(value.toFixed(4)) : value}`,
  );
  return [scheme, ...all].join(" ");
}

export const trainingOf = ({ optimiser, learningRate, momentum, clip, loss }: Network): unknown[] => [
  optimiser.value,
  learningRate.value,
  momentum.value,
  clip.value?.limit ?? null,
  loss.value,
];
