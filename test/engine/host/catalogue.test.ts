import assert from "node:assert/strict";
import { test } from "node:test";
import { activations, defaultParameters } from "../../../src/engine/index.ts";
import { plainFormula } from "../../../src/host/formula.ts";
import { gradientText, headingText } from "../../../src/host/hoverText.ts";
import { plotSvg } from "../../../src/host/plot.ts";
import { site } from "./sample.ts";

// What the hover shows of every function there is: no one looks at all of them by hand.
for (const activation of activations) {
  const parameters = defaultParameters(activation);

  test(`${activation.id}: the formula is legible without TeX`, () => {
    const formula = plainFormula(activation.tex);
    assert.doesNotMatch(formula, /[\\&$]|undefined|begin|frac|left|right/);
    assert.equal([...formula.matchAll(/[({]/g)].length, [...formula.matchAll(/[)}]/g)].length, formula);
    assert.match(headingText(activation, site({ activation: activation.id })), /`\S.* = .*`/);
  });

  if (activation.shape !== "elementwise") continue;

  test(`${activation.id}: the plot and the gradient have no holes`, () => {
    const svg = plotSvg(activation, parameters, "dark");
    assert.doesNotMatch(svg, /NaN|Infinity|undefined/);
    assert.ok(
      (gradientText(activation, site({ activation: activation.id, parameters })) ?? "").includes("f′(2)"),
    );
  });
}
