import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../src/engine/index.ts";
import { apply } from "./support.ts";

const IMPORT = "import * as tf from '@tensorflow/tfjs';\n";

function inWords(text: string, path = "model.ts"): string[] {
  return analyze({ path, text }).sites.map(({ span, activation, kind, certainty }) => {
    const source = text.slice(span.from, span.to);
    return `${source} ${activation} ${kind}${certainty === "likely" ? "?" : ""}`;
  });
}

/** Each with the usual import before it, unless it has one. */
const FOUND: readonly (readonly [name: string, text: string, sites: readonly string[]])[] = [
  [
    "layers",
    "a = [tf.layers.reLU(), tf.layers.leakyReLU({alpha: 0.2}), tf.layers.prelu()];",
    [
      "tf.layers.reLU() relu class_call",
      "tf.layers.leakyReLU({alpha: 0.2}) leaky_relu class_call",
      "tf.layers.prelu() prelu class_call",
    ],
  ],
  [
    "strings of layers, with their quotes",
    "m.add(tf.layers.dense({units: 4, activation: 'relu'}));\ntf.layers.gru({recurrentActivation: \"hardSigmoid\", activation: `tanh`});",
    ["'relu' relu string_arg", '"hardSigmoid" hardsigmoid string_arg', "`tanh` tanh string_arg"],
  ],
  [
    "the layer of an activation",
    "tf.layers.activation({activation: 'relu6'});",
    ["'relu6' relu6 string_arg"],
  ],
  [
    "operations",
    "y = tf.relu(tf.sigmoid(x));",
    ["tf.relu(tf.sigmoid(x)) relu func_call", "tf.sigmoid(x) sigmoid func_call"],
  ],
  [
    "methods in a chain, at their own place",
    "y = tf.matMul(x, w)\n  .add(b) // a comment\n  .leakyRelu(0.1);",
    ["leakyRelu(0.1) leaky_relu method_call"],
  ],
  ["a method of some object, which is only likely", "y = x.relu();", ["relu() relu method_call?"]],
  [
    "methods of variables and parameters that are tensors",
    "function f(x: tf.Tensor2D) { let y = x.add(1); y = y.mul(2); return y.elu().add(x.selu()); }",
    ["elu() elu method_call", "selu() selu method_call"],
  ],
  [
    "functions that are handed on",
    "const act = tf.relu;\nxs.map(tf.tanh);",
    ["tf.relu relu reference", "tf.tanh tanh reference"],
  ],
  [
    "members taken out by a pattern",
    "const {relu, layers: {dense: d}} = tf;\nrelu(d({activation: 'selu'}));",
    ["relu(d({activation: 'selu'})) relu func_call", "'selu' selu string_arg"],
  ],
  [
    "an object of options that stands apart, once",
    "const options = {activation: 'relu'};\ntf.layers.dense(options);\ntf.layers.dense({...options, units: 3});",
    ["'relu' relu string_arg"],
  ],
  [
    "what a fused operation applies",
    "tf.fused.matMul({a, b, activation: 'leakyrelu', leakyreluAlpha: 0.1});",
    ["'leakyrelu' leaky_relu string_arg"],
  ],
  ["strings for unknown functions, only likely", "block({activation: 'relu'});", ["'relu' relu string_arg?"]],
  [
    "members of a class",
    "class A extends tf.layers.Layer { act = tf.relu; call(x) { return this.act(x); } }",
    ["tf.relu relu reference", "this.act(x) relu func_call"],
  ],
  [
    "functions in functions",
    "const build = () => ({ call: (x) => tf.tidy(() => { const z = tf.relu(x); return z; }) });",
    ["tf.relu(x) relu func_call"],
  ],
  [
    "both sides of a choice",
    "y = deep ? tf.relu(x) : tf.elu(x);",
    ["tf.relu(x) relu func_call", "tf.elu(x) elu func_call"],
  ],
  [
    "TypeScript's additions",
    "(tf.relu as Function)(x);\ntf.elu<tf.Tensor>(x!);\ntf?.selu?.(x);",
    [
      "(tf.relu as Function)(x) relu func_call",
      "tf.elu<tf.Tensor>(x!) elu func_call",
      "tf?.selu?.(x) selu func_call",
    ],
  ],
  ["behind surrogate pairs", "const s = '\u{1F600}'; y = tf.relu(x);", ["tf.relu(x) relu func_call"]],
  ["single names", "import {relu as r} from '@tensorflow/tfjs-core';\nr(x);", ["r(x) relu func_call"]],
  ["a default import", "import tf from '@tensorflow/tfjs';\ntf.relu(x);", ["tf.relu(x) relu func_call"]],
  [
    "an address",
    "import * as tf from 'https://esm.sh/@tensorflow/tfjs@4.22.0';\ntf.relu(x);",
    ["tf.relu(x) relu func_call"],
  ],
  ["require", "const {relu} = require('@tensorflow/tfjs-node');\nrelu(x);", ["relu(x) relu func_call"]],
  [
    "the first package that can be had",
    "let tf;\nif (gpu) tf = require('@tensorflow/tfjs-node-gpu');\nelse { tf = require('@tensorflow/tfjs-node'); }\ntf.relu(x);",
    ["tf.relu(x) relu func_call"],
  ],
  ["import()", "const tf = await import('@tensorflow/tfjs');\ntf.relu(x);", ["tf.relu(x) relu func_call"]],
  ["the browser's global tf", "tf.relu(x);", ["tf.relu(x) relu func_call"]],
];

const withImport = (text: string): string =>
  /import|require|^tf\.relu\(x\);$/.test(text) ? text : IMPORT + text;

for (const [name, text, sites] of FOUND)
  test(`finds ${name}`, () => assert.deepEqual(inWords(withImport(text)), sites));

test("finds what stands in JSX", () => {
  const text = `${IMPORT}const A = () => <B act={tf.relu(x)} title="relu">{tf.tanh(y)} relu</B>;\n`;
  const sites = ["tf.relu(x) relu func_call", "tf.tanh(y) tanh func_call"];
  assert.deepEqual(inWords(text, "a.jsx"), sites);
  assert.deepEqual(inWords(text, "a.tsx"), sites);
});

const SILENT: readonly (readonly [name: string, text: string])[] = [
  ["imports and exports", "import {relu} from '@tensorflow/tfjs';\nexport {elu} from '@tensorflow/tfjs';"],
  [
    "types",
    "type A = 'relu' | 'elu'; interface B { activation: 'relu' } function f(a: 'relu'): typeof tf.relu;",
  ],
  ["comments and strings", "// tf.relu(x)\nconst s = 'tf.relu(x)', t = `tf.relu(x)`;"],
  ["comparisons", "if (activation === 'relu' || act == tf.relu || 'relu' in table) {}"],
  ["cases", "switch (act) { case 'relu': case tf.relu: }"],
  ["names of tests and layers", "describe('relu', () => { tf.layers.dense({name: 'relu'}); });"],
  ["keys", "const table = {relu: 1, 'elu': 2, [tf.relu]: 3};"],
  ["other objects' methods and functions", "env.step(); Math.tanh(x); d3.softmax(x); optimiser.step(1);"],
  ["names that are something else here", "function f(tf) { return tf.relu(x); }"],
  ["members that are taken out", "const {relu, layers: {reLU}} = tf;"],
];

for (const [name, text] of SILENT)
  test(`is silent on ${name}`, () => assert.deepEqual(inWords(withImport(text)), []));

test("scripts that do not name TensorFlow are not parsed, bundles are not read", () => {
  assert.deepEqual(analyze({ path: "a.js", text: "relu(x)" }).sites, []);
  const bundle = `const tf=require('@tensorflow/tfjs');${"tf.relu(x);".repeat(3000)}`;
  assert.match(analyze({ path: "a.js", text: bundle }).skipped ?? "", /lines are too long/);
});

test("slopes are those written, or the defaults of TensorFlow.js", () => {
  const text = `${IMPORT}const A = 0.05;
tf.layers.leakyReLU(); tf.layers.leakyReLU({alpha: 0.2}); tf.leakyRelu(x); tf.leakyRelu(x, 0.1); x.leakyRelu(A);
tf.fused.conv2d({x, filter, activation: 'leakyrelu', leakyreluAlpha: 0.4}); tf.layers.leakyReLU(options);`;
  const slopes = analyze({ path: "a.js", text }).sites.map(({ parameters }) => parameters.negative_slope);
  assert.deepEqual(slopes, [0.3, 0.2, 0.2, 0.1, 0.05, 0.4, undefined]);
});

/** Before and after, the usual import left out; or the reason why there is no rewrite. */
const REWRITES: readonly (readonly [before: string, after: string | RegExp])[] = [
  ["tf.layers.reLU()", "tf.layers.leakyReLU({ alpha: 0.01 })"],
  ["tf.layers.reLU({})", "tf.layers.leakyReLU({alpha: 0.01})"],
  ["tf.layers.reLU({name: 'a'})", "tf.layers.leakyReLU({alpha: 0.01, name: 'a'})"],
  ["tf.layers.reLU({maxValue: 6})", /maxValue/],
  ["tf.layers.reLU({...options})", /options/],
  ["tf.relu(x)", "tf.leakyRelu(x, 0.01)"],
  ["tf.relu(\n  x, // input\n)", "tf.leakyRelu(\n  x, 0.01, // input\n)"],
  ["x.add(b)\n  .relu()", "x.add(b)\n  .leakyRelu(0.01)"],
  ["tf.layers.activation({activation: 'relu', name: 'a'})", "tf.layers.leakyReLU({alpha: 0.01, name: 'a'})"],
  ["tf.layers.dense({activation: 'relu'})", /no name for Leaky ReLU/],
  [
    'tf.fused.matMul({a, b, activation: "relu"})',
    'tf.fused.matMul({a, b, activation: "leakyrelu", leakyreluAlpha: 0.01})',
  ],
  ["block({activation: 'relu'})", /not known/],
  ["xs.map(tf.relu)", "xs.map((x) => tf.leakyRelu(x, 0.01))"],
  [
    "const {layers: {reLU}} = tf; reLU()",
    "const {layers: {reLU}} = tf; tf.layers.leakyReLU({ alpha: 0.01 })",
  ],
  ["const act = load(); tf.relu(x", /not closed/],
  [
    "import {relu} from '@tensorflow/tfjs-core'; relu(x)",
    "import {relu, leakyRelu} from '@tensorflow/tfjs-core'; leakyRelu(x, 0.01)",
  ],
  [
    "import {relu, leakyRelu as leaky} from '@tensorflow/tfjs-core'; relu(x)",
    "import {relu, leakyRelu as leaky} from '@tensorflow/tfjs-core'; leaky(x, 0.01)",
  ],
  ["import {relu} from '@tensorflow/tfjs-core/dist/ops/relu'; relu(x)", /no way to name it/],
  ["import {relu} from '@tensorflow/tfjs'; function f(leakyRelu) { relu(x) }", /no way to name it/],
];

for (const [before, after] of REWRITES) {
  test(`Leaky ReLU for ${before}`, () => {
    const start = before.includes("import") ? "" : IMPORT;
    const { sites } = analyze({ path: "a.ts", text: start + before });
    const site = sites.findLast(({ activation }) => activation === "relu");
    const [fix] = site?.fixes ?? [];
    if (typeof after === "string") assert.equal(fix && apply(start + before, fix), start + after);
    else assert.match(site?.noFix ?? "", after);
  });
}

test("a variable is switched where it gets its value", () => {
  const { sites } = analyze({ path: "a.ts", text: `${IMPORT}const act = tf.relu;\nact(x);` });
  assert.equal(sites[0]?.fixes[0]?.applicability, "changes-training");
  assert.match(sites[1]?.noFix ?? "", /where this variable gets its value/);
});

test("text that is cut off anywhere gives sites inside it", () => {
  const whole = FOUND.map(([, text]) => withImport(text)).join("\n");
  for (let to = 0; to < whole.length; to += 19) {
    const text = whole.slice(0, to);
    for (const path of ["a.js", "a.ts", "a.tsx"]) {
      for (const { span } of analyze({ path, text }).sites) assert.ok(span.from < span.to && span.to <= to);
    }
  }
});
