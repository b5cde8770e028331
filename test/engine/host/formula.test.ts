import assert from "node:assert/strict";
import { test } from "node:test";
import { plainFormula } from "../../../src/host/formula.ts";

const examples: readonly (readonly [string, string])[] = [
  ["\\max(0, x)", "max(0, x)"],
  ["\\max(0, x) + \\alpha \\min(0, x)", "max(0, x) + α min(0, x)"],
  ["\\frac{1}{1 + e^{-x}}", "1/(1 + e⁻ˣ)"],
  ["x \\cdot \\sigma(\\beta x)", "x·σ(β x)"],
  ["\\begin{cases} x & x > 0 \\\\ \\alpha x & x \\le 0 \\end{cases}", "x if x > 0; α x if x ≤ 0"],
  [
    "\\begin{cases} x, & \\text{if } x > 0 \\\\ 0, & \\text{otherwise} \\end{cases}",
    "x if x > 0; 0 otherwise",
  ],
  ["\\alpha (e^{x} - 1)", "α (eˣ − 1)"],
  ["\\frac{e^x - e^{-x}}{e^x + e^{-x}}", "(eˣ − e⁻ˣ)/(eˣ + e⁻ˣ)"],
  ["\\ln(1 + e^{x})", "ln(1 + eˣ)"],
  ["\\frac{1}{\\beta} \\ln\\left(1 + e^{\\beta x}\\right)", "1/β·ln(1 + e^(β x))"],
  ["\\frac{x}{1 + |x|}", "x/(1 + |x|)"],
  ["\\operatorname{erf}\\left(\\frac{x}{\\sqrt{2}}\\right)", "erf(x/√2)"],
  [
    "0.5\\,x\\,(1 + \\tanh(\\sqrt{2/\\pi}\\,(x + 0.044715\\,x^3)))",
    "0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³)))",
  ],
  ["\\min(\\max(0, x), 6)", "min(max(0, x), 6)"],
  ["\\max(-1, \\min(1, x))", "max(−1, min(1, x))"],
  ["\\frac{e^{x_i}}{\\sum_j e^{x_j}}", "(e^(xᵢ))/(∑ⱼ e^(xⱼ))"],
  ["-x", "−x"],
  [
    "x \\, \\Phi(x) = \\frac{x}{2} \\left(1 + \\operatorname{erf} \\frac{x}{\\sqrt{2}}\\right)",
    "x Φ(x) = x/2·(1 + erf(x/√2))",
  ],
  ["\\begin{cases} 0 & x \\le -3 \\\\ x & -3 < x < 3 \\end{cases}", "0 if x ≤ −3; x if −3 < x < 3"],
  [
    "\\lambda \\begin{cases} x & x > 0 \\\\ 0 & x \\le 0 \\end{cases} \\quad \\lambda \\approx 1.05",
    "λ {x if x > 0; 0 if x ≤ 0}, λ ≈ 1.05",
  ],
  ["\\operatorname{sign}(x) \\max(0, |x| - \\lambda)", "sign(x) max(0, |x| − λ)"],
  ["|-x|", "|−x|"],
  ["\\max_{j \\in \\text{group } i} x_j", "max_(j ∈ group i) xⱼ"],
  ["a_i \\, \\sigma(b_i) \\quad \\text{where } x = (a, b)", "aᵢ σ(bᵢ), where x = (a, b)"],
  ["\\left(\\max(0, x),\\ \\max(0, -x)\\right)", "(max(0, x), max(0, −x))"],
  ["\\unknown{x}", "unknownx"],
];

for (const [tex, plain] of examples) {
  test(`${tex} reads ${plain}`, () => assert.equal(plainFormula(tex), plain));
}

test("nothing that is broken makes it throw or hang", () => {
  for (const tex of ["", "\\", "{", "}", "\\frac{1}", "\\begin{cases} x", "^", "_{", "\\sqrt", "a}b"]) {
    assert.equal(typeof plainFormula(tex), "string", tex);
  }
});
