/** Programs in Flax: linen and nnx. */
import { flaxTable, type Shown } from "./flaxTables.ts";
import { inputs, lossOf, optax } from "./jax.ts";
import { type Focus, fewSizes, flattened, type Plan, plan } from "./plan.ts";
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
  const value = about.biasForm % 3 === 1 ? `value=${about.bias}` : about.bias;
  const bias = about.bias === null ? [] : [named(given, "bias_init", `${prefix}.constant(${value})`)];
  return [...drawn.map((call) => named(given, "kernel_init", `${prefix}.${call}`)), ...bias];
}

/** Losses take the scores of classes. */
const head = (about: Plan, apply: (name: string) => string): readonly string[] =>
  about.head === "logits" || about.head === "softmax" || about.head === "linear"
    ? []
    : [`x = ${apply(about.head)}`];

/** The first hundred programs are older than their tables. */
function planned(random: Random, focus: Focus | undefined): Plan {
  const about = plan(random, focus);
  return { ...fewSizes(focus ? about : { ...about, table: null }), norm: false, dropout: 0 };
}

const usual = (about: Plan, targets: string): Shown => ({
  lines: [`x = ${inputs(about)}`, `y = ${targets}`],
  sample: "x",
  taken: "",
  given: "",
});

const tested = (apply: string, { test }: Shown): readonly string[] =>
  test === undefined ? [] : [`print(${apply.replace("{}", test)}.mean())`];

export function linenProgram(random: Random, focus?: Focus): string {
  const given = style(random);
  const about = planned(random, focus);
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
  const shown = about.table ? flaxTable(about, about.table) : usual(about, targets);
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
    ...shown.lines,
    `params = model.init(jax.random.PRNGKey(0), ${shown.sample})`,
    `tx = ${optax(given, about)}`,
    "",
    `def loss_fn(params${shown.taken}):`,
    ...indented(given, ["out = model.apply(params, x)", `return ${loss}`]),
    "",
    ...(isState
      ? [
          "state = train_state.TrainState.create(apply_fn=model.apply, params=params, tx=tx)",
          "for step in range(2):",
          ...indented(given, [
            `loss, grads = jax.value_and_grad(loss_fn)(state.params${shown.given})`,
            "state = state.apply_gradients(grads=grads)",
          ]),
          ...tested("model.apply(state.params, {})", shown),
        ]
      : [
          "opt_state = tx.init(params)",
          "for step in range(2):",
          ...indented(given, [
            `grads = jax.grad(loss_fn)(params${shown.given})`,
            "updates, opt_state = tx.update(grads, opt_state)",
            "params = optax.apply_updates(params, updates)",
          ]),
          ...tested("model.apply(params, {})", shown),
        ]),
  ]);
}

export function nnxProgram(random: Random, focus?: Focus): string {
  const given = style(random);
  const about = planned(random, focus);
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
  const shown = about.table ? flaxTable(about, about.table) : usual(about, targets);
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
    ...shown.lines,
    "",
    `def loss_fn(model${shown.taken}):`,
    ...indented(given, ["out = model(x)", `return ${loss}`]),
    "",
    "for step in range(2):",
    ...indented(given, [
      `loss, grads = nnx.value_and_grad(loss_fn)(model${shown.given})`,
      "optimizer.update(model, grads)",
    ]),
    ...tested("model({})", shown),
  ]);
}
