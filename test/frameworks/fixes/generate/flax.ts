/** Programs in Flax: linen and nnx. */
import { inputs, lossOf, optax } from "./jax.ts";
import { fewSizes, flattened, type Plan, plan } from "./plan.ts";
import type { Random } from "./random.ts";
import { bracketed, file, indented, named, type Style, shuffled, style } from "./style.ts";

function initialisers(given: Style, about: Plan, prefix: string): readonly string[] {
  const { random } = given;
  const drawn = {
    default: [],
    he: [random.of(["he_normal()", "kaiming_normal()", "he_uniform()"])],
    glorot: [random.of(["xavier_uniform()", "glorot_normal()"])],
    normal: ["normal(stddev=0.05)"],
  }[about.drawn];
  const bias = about.bias === null ? [] : [named(given, "bias_init", `${prefix}.constant(${about.bias})`)];
  return [...drawn.map((call) => named(given, "kernel_init", `${prefix}.${call}`)), ...bias];
}

const head = (about: Plan, apply: (name: string) => string): readonly string[] =>
  about.head === "relu" || about.head === "sigmoid" ? [`x = ${apply(about.head)}`] : [];

export function linenProgram(random: Random): string {
  const given = style(random);
  const about: Plan = { ...fewSizes(plan(random)), norm: false, dropout: 0 };
  const activation = random.of(["nn.relu", "nn.relu", "jax.nn.relu"]);
  const prefix = random.of(["nn.initializers", "jax.nn.initializers"]);
  const compact = random.chance(0.7);
  const calls: (readonly [name: string, call: string])[] = [
    ...about.filters.map((units, index): readonly [string, string] => [
      `conv${index}`,
      `nn.Conv${bracketed(given, [random.chance(0.5) ? named(given, "features", units) : String(units), "kernel_size=(3, 3)", ...shuffled(given, [`padding="VALID"`, ...initialisers(given, about, prefix)])])}`,
    ]),
    ...about.widths.map((units, index): readonly [string, string] => [
      `dense${index}`,
      `nn.Dense${bracketed(given, [random.chance(0.3) ? named(given, "features", units) : String(units), ...initialisers(given, about, prefix)])}`,
    ]),
    ["out", `nn.Dense(${about.outputs})`],
  ];
  const applied = (name: string, call: string, x: string): string =>
    compact ? `${call}(${x})` : `self.${name}(${x})`;
  const forward = calls.flatMap(([name, call]): readonly string[] => {
    const flat =
      about.kind === "cnn" && name === (about.widths.length > 0 ? "dense0" : "out")
        ? ["x = x.reshape((x.shape[0], -1))"]
        : [];
    if (name === "out") return [...flat, `x = ${applied(name, call, "x")}`];
    return random.chance(0.5)
      ? [...flat, `x = ${activation}(${applied(name, call, "x")})`]
      : [...flat, `x = ${applied(name, call, "x")}`, `x = ${activation}(x)`];
  });
  const body = [...forward, ...head(about, (name) => `nn.${name}(x)`), "return x"];
  const { loss, targets } = lossOf(about);
  const isState = random.chance(0.5);
  const title = random.of(["MLP", "Net", "Model"]);
  return file(given, [
    "import jax",
    "import jax.numpy as jnp",
    "import optax",
    random.of(["import flax.linen as nn", "from flax import linen as nn"]),
    ...(isState ? ["from flax.training import train_state"] : []),
    "",
    `class ${title}(nn.Module):`,
    ...indented(given, [
      ...(compact
        ? ["@nn.compact"]
        : [
            "def setup(self):",
            ...indented(
              given,
              calls.map(([name, call]) => `self.${name} = ${call}`),
            ),
            "",
          ]),
      "def __call__(self, x):",
      ...indented(given, body),
    ]),
    "",
    `model = ${title}()`,
    `x = ${inputs(about)}`,
    `y = ${targets}`,
    "params = model.init(jax.random.PRNGKey(0), x)",
    `tx = ${optax(given, about)}`,
    "",
    "def loss_fn(params):",
    ...indented(given, ["out = model.apply(params, x)", `return ${loss}`]),
    "",
    ...(isState
      ? [
          "state = train_state.TrainState.create(apply_fn=model.apply, params=params, tx=tx)",
          "for step in range(2):",
          ...indented(given, [
            "loss, grads = jax.value_and_grad(loss_fn)(state.params)",
            "state = state.apply_gradients(grads=grads)",
          ]),
        ]
      : [
          "opt_state = tx.init(params)",
          "for step in range(2):",
          ...indented(given, [
            "grads = jax.grad(loss_fn)(params)",
            "updates, opt_state = tx.update(grads, opt_state)",
            "params = optax.apply_updates(params, updates)",
          ]),
        ]),
  ]);
}

export function nnxProgram(random: Random): string {
  const given = style(random);
  const about: Plan = { ...fewSizes(plan(random)), norm: false, dropout: 0 };
  const activation = random.of(["nnx.relu", "nnx.relu", "jax.nn.relu"]);
  const prefix = random.of(["nnx.initializers", "jax.nn.initializers"]);
  const lines: string[] = [];
  const forward: string[] = [];
  let channels = about.channels;
  for (const [index, units] of about.filters.entries()) {
    lines.push(
      `self.conv${index} = nnx.Conv${bracketed(given, [String(channels), String(units), "kernel_size=(3, 3)", ...shuffled(given, [`padding="VALID"`, ...initialisers(given, about, prefix), "rngs=rngs"])])}`,
    );
    forward.push(`x = ${activation}(self.conv${index}(x))`);
    channels = units;
  }
  if (about.kind === "cnn") forward.push("x = x.reshape(x.shape[0], -1)");
  let from = about.kind === "cnn" ? flattened(about) : about.features;
  for (const [index, units] of about.widths.entries()) {
    lines.push(
      `self.fc${index} = nnx.Linear${bracketed(given, [String(from), String(units), ...shuffled(given, [...initialisers(given, about, prefix), "rngs=rngs"])])}`,
    );
    forward.push(
      ...(random.chance(0.5)
        ? [`x = ${activation}(self.fc${index}(x))`]
        : [`x = self.fc${index}(x)`, `x = ${activation}(x)`]),
    );
    from = units;
  }
  lines.push(`self.out = nnx.Linear(${from}, ${about.outputs}, rngs=rngs)`);
  forward.push("x = self.out(x)", ...head(about, (name) => `nnx.${name}(x)`), "return x");
  const { loss, targets } = lossOf(about);
  return file(given, [
    "import jax",
    "import jax.numpy as jnp",
    "import optax",
    "from flax import nnx",
    "",
    "class Net(nnx.Module):",
    ...indented(given, [
      random.of(["def __init__(self, rngs: nnx.Rngs):", "def __init__(self, *, rngs):"]),
      ...indented(given, lines),
      "",
      "def __call__(self, x):",
      ...indented(given, forward),
    ]),
    "",
    "model = Net(rngs=nnx.Rngs(0))",
    `optimizer = nnx.Optimizer(model, ${optax(given, about)}, wrt=nnx.Param)`,
    `x = ${inputs(about)}`,
    `y = ${targets}`,
    "",
    "def loss_fn(model):",
    ...indented(given, ["out = model(x)", `return ${loss}`]),
    "",
    "for step in range(2):",
    ...indented(given, [
      "loss, grads = nnx.value_and_grad(loss_fn)(model)",
      "optimizer.update(model, grads)",
    ]),
  ]);
}
