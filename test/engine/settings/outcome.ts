/** Whether a network is what a change asked for, and nothing else of it has changed. */
import assert from "node:assert/strict";
import type { Network } from "../../../src/engine/index.ts";
import { hiddenOf, RATE, UNITS } from "./asking.ts";

/** A layer in words, with those of its facts that a change of that kind may not touch. */
function rest({ layers }: Network, hidden: readonly number[], kind: string): string[] {
  return layers.map((layer, place) => {
    const { weights, bias, normalisation, site, kind: own, fanIn, units, residual, dropout } = layer;
    const isAsked = hidden.includes(place);
    // Code that draws all modules in one place draws the output too.
    const isDrawn = (isAsked || layer.isOutput) && ["initialiser", "zero-bias"].includes(kind);
    return JSON.stringify([
      own,
      kind === "widen" ? 0 : [fanIn, units],
      isDrawn ? 0 : weights.value,
      isDrawn || (isAsked && kind === "batch-norm") ? 0 : bias?.value,
      isAsked && kind === "batch-norm" ? 0 : normalisation,
      site?.activation,
      residual,
      dropout,
    ]);
  });
}

/** What was asked for, as the network after it is read. */
export function check(kind: string, before: Network, after: Network): void {
  const places = hiddenOf(before).map((layer) => before.layers.indexOf(layer));
  const hidden = places.flatMap((place) => after.layers[place] ?? []);
  assert.deepEqual(rest(after, places, kind), rest(before, places, kind), "nothing else changes");
  assert.ok(after.gaps.length <= before.gaps.length);
  switch (kind) {
    case "learning-rate":
      assert.equal(after.learningRate.value, RATE);
      assert.equal(after.learningRate.assumption, undefined);
      break;
    case "clip-gradients":
      assert.deepEqual(after.clip.value, { by: "norm", limit: 1 });
      break;
    case "initialiser":
      for (const { weights, site } of hidden)
        assert.match(
          `${weights.value.scheme} ${weights.value.gain ?? ""}`,
          /tanh|sigmoid/.test(site?.activation ?? "") ? /^glorot/ : /^he_|^lecun_\w+ 1\.4/,
        );
      break;
    case "zero-bias":
      for (const { bias } of hidden) assert.equal(bias?.value.mean, 0);
      break;
    case "batch-norm":
      for (const { normalisation } of hidden)
        assert.deepEqual(normalisation, { kind: "batch", place: "before" });
      break;
    case "widen":
      assert.ok(hidden.some(({ units }) => units === UNITS));
      break;
    case "scale-input":
      assert.notEqual(after.input.value.scale, "raw");
      break;
  }
  if (kind !== "learning-rate") assert.equal(after.learningRate.value, before.learningRate.value);
  if (kind !== "clip-gradients") assert.deepEqual(after.clip.value, before.clip.value);
}
