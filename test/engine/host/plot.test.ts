import assert from "node:assert/strict";
import { test } from "node:test";
import { activationById } from "../../../src/engine/index.ts";
import { plotSvg, plotUri, type ThemeKind } from "../../../src/host/plot.ts";

const plot = (id: string, theme: ThemeKind = "dark", parameters = {}): string => {
  const activation = activationById(id);
  assert.equal(activation?.shape, "elementwise", id);
  if (activation?.shape !== "elementwise") throw new Error(id);
  return plotSvg(activation, parameters, theme);
};

const curves = (svg: string, dashed: boolean): number =>
  [...svg.matchAll(/<path d="M[^"]*L[^"]*" stroke="[^"]*" stroke-width="[^"]*"( stroke-dasharray)?/g)].filter(
    ([, dash]) => (dash !== undefined) === dashed,
  ).length;

test("the gradient of ReLU is broken at 0 and not joined by a slope", () => {
  const svg = plot("relu");
  assert.equal(curves(svg, true), 2);
  assert.equal([...svg.matchAll(/<circle/g)].length, 2, "an open and a filled end");
});

test("a smooth function is one curve each", () => {
  const svg = plot("sigmoid");
  assert.equal(curves(svg, false), 1);
  assert.equal(curves(svg, true), 1);
  assert.ok(!svg.includes("<circle"));
});

test("two kinks make three pieces", () => {
  assert.equal(curves(plot("hardtanh", "light", { min_val: -1, max_val: 1 }), true), 3);
});

test("no theme leaves a hole: every number is finite and every picture is ASCII", () => {
  for (const theme of ["light", "dark", "high-contrast", "high-contrast-light"] as const) {
    const svg = plot("leaky_relu", theme, { negative_slope: 0.2 });
    assert.doesNotMatch(svg, /NaN|Infinity|undefined/);
    assert.match(svg, /^[ -~]+$/);
    assert.match(plotUri(svg), /^data:image\/svg\+xml;base64,[A-Za-z0-9+/]+=*$/);
  }
});
