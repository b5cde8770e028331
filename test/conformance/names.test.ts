// The catalogue's signatures against those of the installed frameworks (names.json): names, places and defaults.
import assert from "node:assert/strict";
import { test } from "node:test";
import { activations } from "../../src/engine/activations/index.ts";
import { parseSignature, type SignatureParameter } from "../../src/engine/activations/signature.ts";
import names from "./fixtures/names.json";

const real: Readonly<Record<string, string | null>> = names.signatures;

/** In older releases only, or in a package of its own. */
const absent = [
  "keras.layers.ThresholdedReLU",
  "tensorflow_addons.activations.gelu",
  "tensorflow_addons.activations.hardshrink",
  "tensorflow_addons.activations.mish",
  "tensorflow_addons.activations.sparsemax",
  "tensorflow_addons.activations.tanhshrink",
  "tensorflow_addons.layers.Maxout",
];

const spelled = activations.flatMap(({ id, names: all }) =>
  (["pytorch", "keras", "tensorflow", "jax", "flax"] as const).flatMap((framework) =>
    [...(all[framework]?.layers ?? []), ...(all[framework]?.functions ?? [])]
      // fastai is not installed with the others.
      .filter((text) => !text.startsWith("fastai."))
      .map((text) => ({ id, text })),
  ),
);

function sameDefault(ours: SignatureParameter, theirs: SignatureParameter): boolean {
  if (ours.required !== undefined) return theirs.literal !== ours.required;
  // "?" stands for an object, such as an initialiser or a type.
  if (theirs.literal === "?") return ours.literal !== undefined;
  return ours.default === undefined || theirs.default === undefined
    ? ours.literal === theirs.literal
    : Math.abs(ours.default - theirs.default) < 1e-15;
}

test("no symbol is missing from the frameworks but those known to be", () => {
  assert.deepEqual(names.missing, absent);
  for (const { text } of spelled) {
    const { symbol } = parseSignature(text);
    assert.ok(
      symbol in real || absent.includes(symbol),
      `${symbol}: run test/conformance/names_reference.py`,
    );
  }
});

for (const { id, text } of spelled) {
  const { symbol, parameters } = parseSignature(text);
  const found = real[symbol];
  // Some functions written in C don't tell their signature.
  if (typeof found !== "string") continue;
  test(`${id}: ${text}`, () => {
    const theirs = parseSignature(found).parameters;
    for (const ours of parameters) {
      const same = theirs.find(({ name }) => name === ours.name);
      assert.ok(same, `no argument ${ours.name} in ${found}`);
      if (!same.keywordOnly) assert.equal(ours.position, same.position, `place of ${ours.name} in ${found}`);
      assert.ok(sameDefault(ours, same), `default of ${ours.name} in ${found}`);
    }
  });
}

test("PyTorch's tensors have the methods", () => {
  for (const { id, names: all } of activations) {
    for (const text of all.pytorch?.methods ?? []) {
      assert.ok(names["torch methods"].includes(parseSignature(text).symbol), `${id}: ${text}`);
    }
  }
});

test("the strings of Keras are exactly the catalogue's", () => {
  const strings = activations.flatMap(({ names: all }) => all.keras?.strings ?? []);
  assert.deepEqual(strings.map((text) => parseSignature(text).symbol).sort(), names["keras strings"]);
});
