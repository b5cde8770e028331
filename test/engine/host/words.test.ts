import assert from "node:assert/strict";
import { test } from "node:test";
import { rangeWords, shareWords, unitsWords } from "../../../src/engine/index.ts";
import { causeWords, widthWords } from "../../../src/host/networkWords.ts";
import { number, rate } from "../../../src/host/words.ts";
import { layer, network, risk } from "./sample.ts";

const dense = (fanIn: number, units: number) => layer({ fanIn, units });

test("shares come in steps of 10 % and in words at the ends", () => {
  const words = [0, 0.04, 0.13, 0.31, 0.5, 0.88, 0.96, 1].map(shareWords);
  assert.deepEqual(words, [
    "few",
    "few",
    "about 10 %",
    "about 30 %",
    "about half",
    "about 90 %",
    "nearly all",
    "nearly all",
  ]);
  assert.deepEqual(words.slice(3, 5).map(unitsWords), ["about 30 % of units", "about half of the units"]);
});

test("ranges that round to one value are one value", () => {
  assert.equal(rangeWords([0.1, 0.32]), "about 10–30 %");
  assert.equal(rangeWords([0.28, 0.33]), "about 30 %");
  assert.equal(rangeWords([0.01, 0.18]), "up to about 20 %");
  assert.equal(rangeWords([0, 0.03]), "few");
  assert.equal(rangeWords([0.9, 1]), "nearly all");
});

test("learning rates read as people write them", () => {
  assert.deepEqual([0.001, 3e-4, 0.05, 1, 0].map(rate), ["1e-3", "3e-4", "0.05", "1", "0"]);
});

test("numbers have a true minus and no noise", () => {
  assert.deepEqual([-1.5, 0.1 + 0.2, Number.NaN, -Infinity].map(number), ["−1.5", "0.3", "undefined", "−∞"]);
});

test("equal widths are counted, long chains lose their middle", () => {
  assert.equal(widthWords([dense(784, 256), dense(256, 256), dense(256, 10)]), "784-256-256-10");
  const deep = [dense(784, 128), ...Array.from({ length: 7 }, () => dense(128, 128)), dense(128, 10)];
  assert.equal(widthWords(deep), "784-128×8-10");
  const tapered = Array.from({ length: 12 }, (_, index) => dense(100 - index, 99 - index));
  assert.equal(widthWords(tapered), "100-99-98-97-…-89-88");
});

test("convolutions count channels, not fan-in", () => {
  const conv = layer({ kind: "conv", fanIn: 27, kernelArea: 9, units: 16 });
  assert.equal(widthWords([conv, dense(3136, 10)]), "conv 3-16, dense 3136-10");
});

test("a cause is a property of the network; cures that are none are skipped", () => {
  const factors = (...factors: string[]) =>
    network({ risk: risk(0.4, { counterfactuals: factors.map((factor) => ({ factor, effect: -0.2 })) }) });
  assert.equal(
    causeWords(factors("BatchNorm before the activation", "lr / 10")),
    "learning rate 1e-3, 2 layers",
  );
  assert.equal(causeWords(factors("double the width")), "PyTorch default init, 2 layers");
  assert.equal(causeWords(factors("He initialiser")), "PyTorch default init, 2 layers");
});
