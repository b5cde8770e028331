// The catalogue as data: ids, names in the frameworks, parameters, TeX, and the functions that look things up.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  activationById,
  defaultParameters,
  parameterByArgument,
} from "../../../src/engine/activations/catalogue.ts";
import { activations } from "../../../src/engine/activations/index.ts";
import { parseSignature, type Signature } from "../../../src/engine/activations/signature.ts";
import type { FrameworkNames } from "../../../src/engine/model.ts";
import { elementwise } from "./cases.ts";

/** The ids of the command line's contract; reports and ignore comments depend on them. */
const contract =
  "relu leaky_relu prelu rrelu elu selu celu gelu silu mish softplus softsign sigmoid tanh hardtanh hardsigmoid hardswish relu6 softmax log_softmax linear";

/** Arguments that are no number of the function: switches, axes, names, and the learned weight of PReLU. */
const plain =
  /^(?:x|input|features|logits|inplace|name|dim|axis|dtype|device|out|where|training|approximate|weight|slope|param_dtype|num_parameters|num_units|_stacklevel|hard|eps|tau|bias|shared_axes|alpha_regularizer|alpha_constraint|gamma|act_type|temperature|(?:output_)?(?:scale|zero_point))$/;

const forms = ["layers", "functions", "methods", "strings"] as const;

const spelled = activations.flatMap((activation) =>
  Object.entries(activation.names).flatMap(([framework, names]: [string, FrameworkNames]) =>
    forms.flatMap((form) =>
      (names[form] ?? []).map((text) => ({
        activation,
        framework,
        form,
        text,
        signature: parseSignature(text),
      })),
    ),
  ),
);

test("there are at least 30 elementwise functions, and vector functions to name", () => {
  assert.ok(elementwise.length >= 30, `${elementwise.length}`);
  assert.ok(activations.length - elementwise.length >= 6);
});

test("ids are unique, lower case and those of the contract", () => {
  const ids = activations.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^[a-z][a-z0-9_]*$/);
  for (const id of contract.split(" ")) assert.ok(activationById(id), id);
  assert.equal(activationById("no_such"), undefined);
});

test("prefixes are canonical", () => {
  const prefixes: Readonly<Record<string, RegExp>> = {
    pytorch: /^(?:torch|fastai)\./,
    keras: /^keras\.(?:layers|activations|ops|backend)\./,
    tensorflow: /^tensorflow(?:_addons)?\./,
    jax: /^jax\./,
    flax: /^flax\.(?:linen|nnx)\./,
    tfjs: /^tf\./,
    equinox: /^equinox\.nn\./,
    mxnet: /^mxnet\.(?:nd|np|npx|gluon\.nn)\./,
    paddle: /^paddle\./,
    mmcv: /^mmcv\.cnn\./,
    caffe: /^caffe\.layers\./,
  };
  for (const { framework, form, text, signature } of spelled) {
    const isBare = form === "methods" || form === "strings";
    if (isBare) assert.doesNotMatch(signature.symbol, /\./, text);
    else assert.match(signature.symbol, prefixes[framework] ?? /^$/, text);
  }
});

test("every number in a signature is a parameter, every other argument a known one", () => {
  for (const { activation, form, text, signature } of spelled) {
    for (const [index, { name, default: value }] of signature.parameters.entries()) {
      if (parameterByArgument(activation, name)) continue;
      const isInput = form === "functions" && index === 0;
      assert.ok(isInput || plain.test(name), `${activation.id}: ${name} in ${text}`);
      assert.ok(value === undefined || plain.test(name), `${activation.id}: ${name}=${value} in ${text}`);
    }
  }
});

test("a function of a tensor begins with the tensor", () => {
  for (const { form, text, signature } of spelled) {
    if (form === "functions")
      assert.match(signature.parameters[0]?.name ?? "", /^(?:x|input|features|logits|data|bottom)$/, text);
  }
});

test("one name means one activation, unless an argument tells them apart", () => {
  const owners = new Map<string, (typeof spelled)[number]>();
  const shared = new Set<string>();
  for (const found of spelled) {
    const key = `${found.framework} ${found.form} ${found.signature.symbol}`;
    const other = owners.get(key);
    owners.set(key, found);
    if (!other) continue;
    assert.notEqual(other.activation.id, found.activation.id, `${key} is listed twice`);
    assert.ok(tellApart(other.signature, found.signature), `${key}: ${other.text}, ${found.text}`);
    shared.add(found.activation.id).add(other.activation.id);
  }
  // MXNet's LeakyReLU is any of these, by `act_type`.
  const leaky = ["elu", "gelu", "leaky_relu", "prelu", "rrelu", "selu"];
  assert.deepEqual([...shared].sort(), [...leaky, "gelu_tanh"].sort());
});

/** One of the two asks for an argument's value, which is not the other's default; or each asks for one of its own. */
function tellApart(one: Signature, other: Signature): boolean {
  const asks = (asking: Signature, defaulting: Signature) =>
    asking.parameters.some(({ name, required }) => {
      const literal = defaulting.parameters.find((parameter) => parameter.name === name)?.literal;
      return required !== undefined && literal !== undefined && literal !== required;
    });
  const different = one.parameters.some(({ name, required }) => {
    const theirs = other.parameters.find((parameter) => parameter.name === name)?.required;
    return required !== undefined && theirs !== undefined && theirs !== required;
  });
  return different || asks(one, other) !== asks(other, one);
}

test("the defaults on which frameworks disagree are theirs", () => {
  const defaultOf = (id: string, symbol: string, argument: string) =>
    spelled
      .find(({ activation, signature }) => activation.id === id && signature.symbol === symbol)
      ?.signature.parameters.find(({ name }) => name === argument)?.default;
  assert.equal(defaultOf("leaky_relu", "torch.nn.LeakyReLU", "negative_slope"), 0.01);
  assert.equal(defaultOf("leaky_relu", "keras.layers.LeakyReLU", "negative_slope"), 0.3);
  assert.equal(defaultOf("leaky_relu", "keras.activations.leaky_relu", "negative_slope"), 0.2);
  assert.equal(defaultOf("leaky_relu", "leaky_relu", "negative_slope"), 0.2);
  assert.equal(defaultOf("leaky_relu", "tensorflow.nn.leaky_relu", "alpha"), 0.2);
  assert.equal(defaultOf("leaky_relu", "jax.nn.leaky_relu", "negative_slope"), 0.01);
  assert.equal(defaultOf("prelu", "torch.nn.PReLU", "init"), 0.25);
  assert.equal(defaultOf("prelu", "keras.layers.PReLU", "alpha_initializer"), 0);
  assert.equal(defaultOf("hardsigmoid", "hardSigmoid", "slope"), 0.2);
});

test("an argument finds its parameter by name before alias", () => {
  const leaky = activationById("leaky_relu")!;
  assert.equal(parameterByArgument(leaky, "alpha")?.name, "negative_slope");
  assert.equal(parameterByArgument(leaky, "negative_slope")?.name, "negative_slope");
  assert.equal(parameterByArgument(leaky, "inplace"), undefined);
  for (const activation of activations) {
    const words = activation.parameters.flatMap(({ name, aliases }) => [name, ...aliases]);
    assert.equal(new Set(words).size, words.length, `${activation.id}: an argument with two meanings`);
  }
});

test("defaults fill what is not given, and drop what is not known", () => {
  const rrelu = activationById("rrelu")!;
  assert.deepEqual(defaultParameters(rrelu), { lower: 0.125, upper: 1 / 3 });
  assert.deepEqual(defaultParameters(rrelu, { upper: 0.5, slope: 3 }), { lower: 0.125, upper: 0.5 });
  assert.deepEqual(defaultParameters(activationById("softmax")!), {});
});

test("sliders hold the default, unless it is no limit at all", () => {
  for (const { id, parameters } of activations) {
    for (const { name, default: value, minimum, maximum } of parameters) {
      assert.ok(minimum < maximum, `${id}: ${name}`);
      assert.ok(value === Infinity || (value >= minimum && value <= maximum), `${id}: ${name}=${value}`);
    }
  }
});

test("TeX is balanced, and has the parameters' symbols", () => {
  for (const { id, tex, parameters } of activations) {
    let depth = 0;
    for (const brace of tex.replaceAll(/\\[{}]/g, "").match(/[{}]/g) ?? []) {
      depth += brace === "{" ? 1 : -1;
      assert.ok(depth >= 0, `${id}: ${tex}`);
    }
    assert.equal(depth, 0, `${id}: ${tex}`);
    const count = (part: RegExp) => tex.match(part)?.length ?? 0;
    assert.equal(count(/\\begin\{/g), count(/\\end\{/g), `${id}: environments`);
    assert.equal(count(/\\left\b/g), count(/\\right\b/g), `${id}: delimiters`);
    for (const { name, symbol, meaning } of parameters) {
      // The formula is the usual one; what a single framework adds is told in words.
      if (/ only: /.test(meaning)) continue;
      assert.ok(tex.includes(symbol), `${id}: ${symbol} of ${name}`);
    }
  }
});

test("every entry tells what it is and where that is from", () => {
  for (const { id, name, meaning, sources, names } of activations) {
    assert.ok(name.length > 2 && sources.length > 0 && Object.keys(names).length > 0, id);
    assert.match(meaning, /^[A-Z].*[A-Za-z0-9)]\.$/, id);
    assert.ok(meaning.length <= 160, `${id}: ${meaning.length} characters`);
    for (const { url } of sources) if (url !== undefined) assert.match(url, /^https:\/\/[\w.]+\//, id);
  }
});
