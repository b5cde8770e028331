// Runs TensorFlow.js programs in Node and writes down what their networks do and how they are trained, as the
// observers in Python do: `observation.ts` has the types. The folder with the packages is its only argument.
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import vm from "node:vm";

const output = process.stdout.write.bind(process.stdout);
// What programs print must not mix with the answers.
process.stdout.write = () => true;

const require = createRequire(path.join(process.argv[2] ?? ".", "package.json"));
const core = require("@tensorflow/tfjs-core");
const layers = require("@tensorflow/tfjs-layers");
require("@tensorflow/tfjs-backend-cpu");

/** As in serve.py. */
const PROBES = [-3, -1, -0.25, 0.25, 1, 3];
const SEED = 11;
const SHOWN = 8;
const OUTPUTS = 16;

/** Tensors get their methods from the package of all packages only: they are functions of the same names. */
for (const [name, call] of Object.entries(core))
  if (typeof call === "function" && /^[a-z]/.test(name) && !(name in core.Tensor.prototype))
    core.Tensor.prototype[name] = function (...more) {
      return call(this, ...more);
    };
Object.assign(core.Tensor.prototype, {
  toFloat() {
    return this.cast("float32");
  },
  toInt() {
    return this.cast("int32");
  },
  flatten() {
    return this.reshape([this.size]);
  },
  asScalar() {
    return this.reshape([]);
  },
});

const engine = core.engine();
const { Layer } = layers.layers;
const { LayersModel } = layers;
/** Layers of the package itself; what a program derives is run as it is, and its parts are seen. */
const builtin = new Set(
  Object.values(core.serialization.SerializationMap.getMap().classNameMap).map(([kind]) => kind),
);
const ACTIVATIONS = new Set([
  "Activation",
  "ReLU",
  "LeakyReLU",
  "PReLU",
  "ELU",
  "Softmax",
  "ThresholdedReLU",
]);
const NORMS = { BatchNormalization: "batch_norm", LayerNormalization: "layer_norm" };
/** Kernels of functions and methods, as `tf.relu(x)`. */
const KERNELS = "Relu LeakyRelu Prelu Elu Selu Relu6 Sigmoid Tanh Softplus Softmax".split(" ");

const isTensor = (value) => value instanceof core.Tensor;
const isConcrete = (value) =>
  isTensor(value) || (Array.isArray(value) && value.length > 0 && value.every(isTensor));
const first = (value) => (Array.isArray(value) ? value[0] : value);
/** JSON has no NaN and no infinity. */
const number = (value) => (Number.isFinite(value) ? value : null);
const size = (shape) => shape.reduce((product, side) => product * side, 1);

function statistics(values) {
  if (values.length === 0) return null;
  let [sum, min, max] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const mean = sum / values.length;
  const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length;
  return {
    count: values.length,
    mean: number(mean),
    std: number(Math.sqrt(variance)),
    min: number(min),
    max: number(max),
  };
}

/** Euclidean, of all entries together. */
const norm = (arrays) =>
  number(Math.sqrt(arrays.reduce((total, values) => total + values.reduce((sum, x) => sum + x * x, 0), 0)));

/** Positive weights that differ from each other, small enough for outputs of any depth to stay finite. */
function ramp(shape, scale) {
  const fan = Math.max(1, Math.floor(size(shape) / Math.min(...shape)));
  const values = Float32Array.from(
    { length: size(shape) },
    (_, index) => (scale * (1 + (index % 7) / 7)) / fan,
  );
  return core.tensor(values, shape);
}

/** Positive or negative, and so small that no activation saturates. */
function small(x, sign) {
  const largest = x.abs().max().dataSync()[0] || 1;
  return x.abs().div(largest).mul(0.05).add(0.01).mul(sign);
}

/** Of softmax the sum of all outputs would say nothing. */
const mixed = (y) =>
  y.slice([0, ...y.shape.slice(1).map(() => 0)], [-1, ...y.shape.slice(1, -1).map(() => -1), 1]).sum();

/** Mulberry32: initialisers and data draw from `Math.random`. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The function's values and gradients, where each row of its input holds one value throughout. */
function probe(call, shape) {
  const rest = shape.slice(1);
  const x = core.tensor(
    PROBES.flatMap((value) => Array(size(rest)).fill(value)),
    [PROBES.length, ...rest],
  );
  const firstOf = (given) => call(given).reshape([PROBES.length, -1]).slice([0, 0], [-1, 1]);
  const slopes = core.grad((given) => firstOf(given).sum())(x);
  return {
    values: [...firstOf(x).dataSync()].map(number),
    gradients: [...slopes.reshape([PROBES.length, -1]).sum(1).dataSync()].map(number),
  };
}

const recorder = { on: false, inside: 0, steps: [], lowest: null };

function within(call) {
  recorder.inside++;
  try {
    return call();
  } finally {
    recorder.inside--;
  }
}

function activated(name, call, x) {
  return within(() => {
    const lowest = Math.min(...x.dataSync());
    recorder.lowest = recorder.lowest === null ? lowest : Math.min(recorder.lowest, lowest);
    recorder.steps.push({ op: "activation", name, ...probe(call, x.shape) });
    return call(x);
  });
}

const apply = Layer.prototype.apply;
const linear = layers.layers.activation({ activation: "linear" }).activation;

/** A layer's own step, and behind it that of the activation that it applies itself. */
function recorded(layer, inputs, settings) {
  const kind = layer.getClassName();
  const run = (x) => apply.call(layer, x, settings);
  if (kind === "InputLayer") return run(inputs);
  if (ACTIVATIONS.has(kind)) {
    // It has its parameters from its first call on.
    if (!layer.built) within(() => run(inputs));
    return activated(kind, (x) => layer.call(x, {}), first(inputs));
  }
  const step = { op: "other", name: kind };
  recorder.steps.push(step);
  const own = layer.activation;
  const isApart = own && own.getClassName() !== "linear" && layer.kernel !== undefined;
  if (isApart) layer.activation = linear;
  let result;
  try {
    result = within(() => run(inputs));
  } finally {
    if (isApart) layer.activation = own;
  }
  if (NORMS[kind]) Object.assign(step, { op: "norm", name: NORMS[kind], units: first(inputs).shape.at(-1) });
  else if (layer.kernel) {
    const weights = layer.kernel.read();
    Object.assign(step, {
      op: kind === "Dense" ? "dense" : "conv",
      fanIn: size(weights.shape.slice(0, -1)),
      units: weights.shape.at(-1),
      weights: statistics(weights.dataSync()),
      bias: layer.bias ? statistics(layer.bias.read().dataSync()) : null,
    });
  }
  return isApart ? activated(own.getClassName(), (x) => own.apply(x), first(result)) : result;
}

let seen;
let busy = 0;
let pending;

const aside = (call) => {
  busy++;
  try {
    return call();
  } finally {
    busy--;
  }
};

Layer.prototype.apply = function (inputs, settings) {
  const isOwn = builtin.has(this.constructor) && !(this instanceof LayersModel);
  if (recorder.on && !recorder.inside && isConcrete(inputs) && isOwn) return recorded(this, inputs, settings);
  if (this instanceof LayersModel && busy === 0 && isConcrete(inputs)) remember(this, inputs);
  return apply.call(this, inputs, settings);
};

const runKernel = engine.runKernel.bind(engine);
engine.runKernel = (name, inputs, attributes) => {
  const x = inputs.x ?? inputs.logits;
  if (!recorder.on || recorder.inside || !KERNELS.includes(name) || !isTensor(x))
    return runKernel(name, inputs, attributes);
  const key = inputs.x ? "x" : "logits";
  return activated(name, (given) => runKernel(name, { ...inputs, [key]: given }, attributes), x);
};

function remember(model, x) {
  if (seen.models.includes(model)) return;
  seen.models.push(model);
  aside(() => core.tidy(() => seen.networks.push(observed(model, rows(x)))));
}

const rows = (x) => (Array.isArray(x) ? x.map(rows) : x.slice(0, Math.min(SHOWN, x.shape[0])));

function forward(model, x) {
  Object.assign(recorder, { on: true, inside: 0, steps: [], lowest: null });
  try {
    return first(model.apply(x, { training: false }));
  } finally {
    recorder.on = false;
  }
}

/** Names that the package makes up count on from program to program. */
function parametersOf(model) {
  const counts = new Map();
  const owners = new Map();
  return model.trainableWeights.map((weight) => {
    const [owner = "", ...rest] = weight.originalName.split("/");
    const made = /^[a-z0-9_]+_([A-Z][A-Za-z0-9]*?)\d+$/.exec(owner)?.[1];
    if (!owners.has(owner)) {
      counts.set(made, (counts.get(made) ?? 0) + 1);
      owners.set(owner, made ? `${made}${counts.get(made)}` : owner);
    }
    return [[owners.get(owner), ...rest].join("/"), weight.shape];
  });
}

function observed(model, x) {
  // The first call builds it.
  model.apply(x, { training: false });
  forward(model, x);
  const { steps } = recorder;
  return {
    name: model.getClassName(),
    steps,
    parameters: parametersOf(model),
    input: statistics(first(x).dataSync()),
    ...(seen.isWhole ? whole(model, x) : { lowest: null, output: [], gradient: null }),
  };
}

function whole(model, x) {
  const kept = model.getWeights().map((weight) => weight.clone());
  const signed = (sign) => (Array.isArray(x) ? x.map((part) => small(part, sign)) : small(x, sign));
  const ramped = (bias) => {
    for (const weight of model.trainableWeights) {
      const name = weight.originalName.split("/").at(-1);
      if (name === "kernel" || name === "bias")
        weight.write(ramp(weight.shape, name === "kernel" ? 1 : bias));
    }
  };
  ramped(0.5);
  const positive = forward(model, signed(1));
  const { lowest } = recorder;
  ramped(0);
  const kernel = model.trainableWeights.find(({ originalName }) => originalName.endsWith("/kernel"));
  const negative = signed(-1);
  const slope =
    kernel && slopeOf(() => mixed(first(model.apply(negative, { training: false }))), kernel.read());
  model.setWeights(kept);
  return {
    lowest: lowest === null ? null : number(lowest),
    output: [...positive.dataSync()].slice(0, OUTPUTS).map(number),
    gradient: slope ?? null,
  };
}

function slopeOf(loss, variable) {
  const { grads } = core.variableGrads(loss, [variable]);
  const [slope] = Object.values(grads);
  return slope ? norm([slope.dataSync()]) : 0;
}

/** A model's method: what it is shown is looked at first, and of its training one step is made. */
function patchModel(name, settle) {
  const original = LayersModel.prototype[name];
  LayersModel.prototype[name] = function (x, ...more) {
    if (busy > 0) return original.call(this, x, ...more);
    const kind = this.getClassName();
    if (isConcrete(x) && kind) remember(this, x);
    return settle(this, original, x, more);
  };
}

const later = (promise) => {
  pending.add(promise);
  const done = () => pending.delete(promise);
  promise.then(done, done);
  return promise;
};

/** Training that waits for promises: nothing else is looked at until it ends, but by programs that do not wait. */
patchModel("fit", (model, original, x, [y, options, ...rest]) =>
  later(original.call(model, x, y, { ...options, epochs: 1, verbose: 0 }, ...rest)),
);
patchModel("trainOnBatch", (model, original, x, more) => later(original.call(model, x, ...more)));
patchModel("predict", (model, original, x, more) => original.call(model, x, ...more));

const { Optimizer } = core;
const computeGradients = Optimizer.prototype.computeGradients;
Optimizer.prototype.computeGradients = function (loss, variables) {
  // What the loss applies is remembered before its gradients are taken.
  if (busy === 0) core.tidy(() => void loss());
  return aside(() => computeGradients.call(this, loss, variables));
};

const kinds = Object.keys(core).filter((name) => /.Optimizer$/.test(name));
for (const prototype of kinds.map((name) => core[name].prototype)) {
  if (!Object.hasOwn(prototype, "applyGradients")) continue;
  const original = prototype.applyGradients;
  prototype.applyGradients = function (given) {
    if (seen.optimisers.includes(this)) return original.call(this, given);
    seen.optimisers.push(this);
    const grads = Array.isArray(given)
      ? given.map(({ name, tensor }) => [name, tensor])
      : Object.entries(given);
    const values = () =>
      grads.map(([name]) => Float32Array.from(engine.registeredVariables[name].dataSync()));
    const before = values();
    const result = original.call(this, given);
    seen.training.push({
      optimiser: this.getClassName(),
      rates: [number(this.learningRate)],
      gradient: norm(grads.map(([, tensor]) => tensor.dataSync())),
      update: norm(values().map((now, index) => now.map((value, at) => value - before[index][at]))),
    });
    return result;
  };
}

const tf = { ...core, ...layers };
const PACKAGES = /^@tensorflow\/tfjs(?:-core|-layers|-node|-node-gpu|-backend-\w+)?$/;

const nodes = createRequire(import.meta.url);
const required = (name) => (PACKAGES.test(name) ? tf : nodes(name));

async function linked(name) {
  const found = required(name);
  const names = Object.keys(found).filter((key) => key !== "default");
  return new vm.SyntheticModule([...names, "default"], function () {
    for (const key of names) this.setExport(key, found[key]);
    this.setExport("default", found);
  });
}

Object.assign(globalThis, { tf, require: required, module: { exports: {} }, exports: {} });

async function run({ text, isWhole }) {
  seen = { isWhole, models: [], optimisers: [], networks: [], training: [] };
  pending = new Set();
  busy = 0;
  Math.random = seeded(SEED);
  const answer = {};
  const failed = (error) => {
    answer.error ??= String(error).slice(0, 300);
    answer.trace ??= String(error?.stack).split("\n").slice(0, 8);
  };
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", failed);
  try {
    const program = new vm.SourceTextModule(text, { identifier: "program.js" });
    await program.link(linked);
    await program.evaluate();
  } catch (error) {
    failed(error);
  }
  // Of functions that nobody waits for, what they started goes on.
  do {
    await Promise.allSettled([...pending]);
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  } while (pending.size > 0);
  core.disposeVariables();
  return { ...answer, networks: seen.networks, training: seen.training };
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  output(`${JSON.stringify({ id: asked.id, ...(await run(asked)) })}\n`);
}
