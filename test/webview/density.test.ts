/** The layer's pre-activations: numbers, bars and words of one estimate agree. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { LayerRisk } from "../../src/engine/model.ts";
import { assess, riskIf } from "../../src/engine/risk/assess.ts";
import {
  densityCurve,
  densityWords,
  type LayerDensity,
  layerView,
  shareLeft,
  totalSpread,
  unitRanges,
} from "../../webview/density.ts";
import { estimatesOf, layerRisk, settingsFor, shownDensity } from "../../webview/estimate.ts";
import { initialState, type PreviewState, reduce } from "../../webview/state.ts";
import { levelOf } from "../../webview/stripBox.ts";
import { riskyNetwork, riskySite, riskyStrip, show } from "./samples.ts";

const risk = (change: Partial<LayerRisk["preActivations"]>): LayerRisk => ({
  deadAtInit: 0.3,
  deadAfterTraining: 0.4,
  stepSize: 0.1,
  correlation: 0.9,
  preActivations: { mean: 0, betweenUnits: 0.3, betweenInputs: 0.1, ...change },
  gradientScale: 0.1,
});
const layer = (change: Partial<LayerRisk["preActivations"]>, dies = true): LayerDensity => ({
  kind: "dense",
  risk: risk(change),
  dies,
});
const loaded = reduce(initialState, show(riskySite, 1, undefined, riskyStrip));

test("half lies left of 0 without a mean, nearly all with a negative one, and a constant is on one side", () => {
  assert.ok(Math.abs(shareLeft(risk({}).preActivations) - 0.5) < 1e-12);
  assert.ok(shareLeft({ mean: -1, betweenUnits: 0.3, betweenInputs: 0.4 }) > 0.97);
  assert.equal(shareLeft({ mean: -1, betweenUnits: 0, betweenInputs: 0 }), 1);
  assert.equal(shareLeft({ mean: 1, betweenUnits: 0, betweenInputs: 0 }), 0);
});

test("the drawn density is that of mean and both spreads", () => {
  const own = { mean: 0.5, betweenUnits: 0.3, betweenInputs: 0.4 };
  const points = densityCurve(own);
  const top = points.reduce((best, point) => (point.y > best.y ? point : best));
  assert.ok(Math.abs(top.x - 0.5) < 1e-9 && Math.abs(top.y - 1) < 1e-9);
  const at = points.find(({ x }) => Math.abs(x - (0.5 + totalSpread(own))) < 1e-9)!;
  assert.ok(Math.abs(at.y - Math.exp(-0.5)) < 1e-9);
});

test("units differ by their means; those that end left of 0 are silent", () => {
  const ranges = unitRanges(layer({ betweenUnits: 1, betweenInputs: 0.1 }), 20);
  assert.equal(ranges.length, 20);
  assert.ok(ranges.every(({ from, to, isSilent }) => from < to && isSilent === to <= 0));
  // P(mean <= -3.1 * 0.1) for means of N(0, 1) is 0.378.
  assert.equal(ranges.filter(({ isSilent }) => isSilent).length, 8);
  assert.equal(unitRanges(layer({ betweenUnits: 0.01 }), 20).filter(({ isSilent }) => isSilent).length, 0);
});

test("the words follow the numbers", () => {
  const apart = densityWords(layer({}));
  assert.match(apart[0]!, /^50 % of what this activation is given lies left of 0/);
  assert.match(apart[1]!, /spread 0\.3.*\(0\.1\)/);
  assert.equal(apart[2], "About 30 % of the units are never above 0 at the start.");
  assert.match(densityWords(layer({ betweenInputs: 2 }))[1]!, /nearly every unit is above 0/);
  assert.match(densityWords(layer({}, false))[2]!, /still learns/);
});

test("the layer's view holds all of it and 0, in round numbers", () => {
  const view = layerView(risk({ mean: -0.2, betweenUnits: 0.03, betweenInputs: 0.04 }));
  assert.deepEqual(view, { from: -0.4, to: 0.4 });
});

test("the page estimates what the host does, and what other settings give", () => {
  const { code, isTried } = estimatesOf(loaded);
  assert.equal(isTried, false);
  assert.deepEqual(code?.layers, assess(riskyNetwork)?.layers);
  const settings = { activation: { id: "leaky_relu", parameters: { negative_slope: 0.1 } } };
  const tried = reduce(loaded, { type: "what-if", settings });
  const { shown } = estimatesOf(tried);
  assert.deepEqual(shown, riskIf(riskyNetwork, settings));
  assert.equal(shown?.deadAfterTraining, 0);
  assert.deepEqual(estimatesOf(reduce(tried, { type: "as-in-code" })).shown?.layers, code?.layers);
});

test("another depth has other layers: the output keeps none, the rest the nearest", () => {
  const shallow: PreviewState = reduce(loaded, { type: "what-if", settings: { depth: 0.4 } });
  assert.equal(layerRisk(shallow, 5), null);
  const { shown } = estimatesOf(shallow);
  assert.equal(shown?.layers.length, 3);
  assert.deepEqual(layerRisk(shallow, 4), shown?.layers[1]);
});

test("the density is that of the cursor's layer, with the activation that is tried out", () => {
  assert.equal(shownDensity(loaded)?.position, 5);
  assert.equal(shownDensity(loaded)?.dies, true);
  const leaky = { activation: { id: "leaky_relu", parameters: { negative_slope: 0.1 } } };
  assert.equal(shownDensity(reduce(loaded, { type: "what-if", settings: leaky }))?.dies, false);
  assert.equal(shownDensity({ ...loaded, strip: null }), null);
});

test("fills of the strip are on a log scale: a decade is a fifth of steps, the largest gradient full", () => {
  const strip = riskyStrip;
  const of = (stepSize: number) => levelOf({ ...risk({}), stepSize }, "step", strip);
  assert.ok(Math.abs(of(10) - 1) < 1e-9 && Math.abs(of(10) - of(1) - 0.2) < 1e-9);
  const gradients = strip.boxes.flatMap((box) => (box.part === "layer" && box.risk ? [box.risk] : []));
  const levels = gradients.map((one) => levelOf(one, "gradient", strip));
  assert.equal(Math.max(...levels), 1);
  assert.deepEqual([of(0), levelOf({ ...risk({}), correlation: 0.5 }, "signal", strip)], [0.02, 0.5]);
});

test("each change that would help can be tried out, and does what was said of it", () => {
  const { code } = estimatesOf(loaded);
  assert.ok(code && code.counterfactuals.length > 8);
  for (const { factor, failure } of code.counterfactuals) {
    const settings = settingsFor(loaded, factor);
    assert.ok(settings, factor);
    const { shown } = estimatesOf(reduce(loaded, { type: "what-if", settings }));
    const change = (shown?.probabilityFailure ?? Number.NaN) - code.probabilityFailure;
    assert.ok(Math.abs(change - failure!) < 1e-9, `${factor}: ${change}, not ${failure}`);
  }
  assert.equal(settingsFor(loaded, "more coffee"), null);
});
