/** Programs in JAX alone: parameters in lists and dictionaries, functions that apply them. */
import { type Focus, fewSizes, type Plan, plan } from "./plan.ts";
import type { Random } from "./random.ts";
import { bracketed, file, indented, named, numeral, type Style, style } from "./style.ts";

const RELU = ["jax.nn.relu({})", "nn.relu({})", "jnp.maximum({}, 0)", "relu({})"] as const;

export function relu(template: string, x: string): string {
  return template.replace("{}", x);
}

function initialisation(given: Style, about: Plan): readonly string[] {
  const { random } = given;
  const scale = {
    default: random.of(["jnp.sqrt(2.0 / n_in)", "jnp.sqrt(2 / n_in)"]),
    he: "jnp.sqrt(2.0 / n_in)",
    glorot: "jnp.sqrt(2.0 / (n_in + n_out))",
    normal: random.of(["0.05", "0.1"]),
  }[about.drawn];
  const bias = about.bias === null ? "jnp.zeros((n_out,))" : `jnp.full((n_out,), ${about.bias.toFixed(1)})`;
  return [
    "def init_params(key, sizes):",
    ...indented(given, [
      "params = []",
      "for n_in, n_out in zip(sizes[:-1], sizes[1:]):",
      ...indented(given, [
        "key, sub = jax.random.split(key)",
        `w = jax.random.normal(sub, (n_in, n_out)) * ${scale}`,
        `params.append(${random.of(["(w, {})", "(w,{})"]).replace("{}", bias)})`,
      ]),
      "return params",
    ]),
  ];
}

export function optax(given: Style, about: Plan): string {
  const { random } = given;
  const kind = { sgd: "sgd", momentum: "sgd", adam: "adam", rmsprop: "rmsprop" }[about.optimiser];
  const rate = numeral(given, about.rate ?? 0.01);
  const more = about.optimiser === "momentum" ? [named(given, "momentum", "0.9")] : [];
  return `optax.${kind}${bracketed({ ...given, broken: given.broken / 2 }, [random.chance(0.5) ? rate : named(given, "learning_rate", rate), ...more])}`;
}

/** The loss of scores, and data that suit it. */
export function lossOf(about: Plan): { readonly loss: string; readonly targets: string } {
  if (about.isClasses)
    return {
      loss: "optax.softmax_cross_entropy_with_integer_labels(out, y).mean()",
      targets: `jax.random.randint(jax.random.PRNGKey(2), (${about.batch},), 0, ${about.outputs})`,
    };
  return {
    loss: "jnp.mean((out - y) ** 2)",
    targets: `jax.random.uniform(jax.random.PRNGKey(2), (${about.batch}, 1))`,
  };
}

export const inputs = (about: Plan): string => {
  const shape =
    about.kind === "cnn"
      ? `(${about.batch}, ${about.side}, ${about.side}, ${about.channels})`
      : `(${about.batch}, ${about.features})`;
  return about.raw
    ? `jax.random.uniform(jax.random.PRNGKey(1), ${shape}) * 255.0`
    : `jax.random.normal(jax.random.PRNGKey(1), ${shape})`;
};

export function jaxProgram(random: Random, focus?: Focus): string {
  const given = style(random);
  const about: Plan = { ...fewSizes({ ...plan(random, focus), table: null }), kind: "mlp", filters: [] };
  const sizes = [about.features, ...about.widths, about.outputs];
  const template = random.of(RELU);
  const isLoop = random.chance(0.6);
  const forward = isLoop
    ? [
        "for w, b in params[:-1]:",
        ...indented(given, [`x = ${relu(template, random.of(["x @ w + b", "jnp.dot(x, w) + b"]))}`]),
        "w, b = params[-1]",
      ]
    : sizes
        .slice(2)
        .flatMap((_, index) => [`w, b = params[${index}]`, `x = ${relu(template, "jnp.dot(x, w) + b")}`])
        .concat([`w, b = params[${sizes.length - 2}]`]);
  const out =
    about.head === "relu"
      ? relu(template, "x @ w + b")
      : about.head === "linear" || about.isClasses
        ? "x @ w + b"
        : `jax.nn.${about.head}(x @ w + b)`;
  const { loss, targets } = lossOf(about);
  const isByHand = random.chance(0.5);
  const rate = numeral(given, about.rate ?? 0.01);
  const update = isByHand
    ? ["params = jax.tree_util.tree_map(lambda p, g: p - lr * g, params, grads)"]
    : [
        "updates, opt_state = tx.update(grads, opt_state, params)",
        "params = optax.apply_updates(params, updates)",
      ];
  return file(given, [
    "import jax",
    "import jax.numpy as jnp",
    "import optax",
    ...(template.startsWith("nn.")
      ? ["from jax import nn"]
      : template.startsWith("relu")
        ? ["from jax.nn import relu"]
        : []),
    "",
    ...initialisation(given, about),
    "",
    "def predict(params, x):",
    ...indented(given, [...forward, `return ${out}`]),
    "",
    "def loss_fn(params, x, y):",
    ...indented(given, ["out = predict(params, x)", `return ${loss}`]),
    "",
    `params = init_params(jax.random.PRNGKey(0), ${bracketed({ ...given, broken: 0 }, sizes.map(String), "[]")})`,
    `x = ${inputs(about)}`,
    `y = ${targets}`,
    ...(isByHand ? [`lr = ${rate}`] : [`tx = ${optax(given, about)}`, "opt_state = tx.init(params)"]),
    "for step in range(2):",
    ...indented(given, ["loss, grads = jax.value_and_grad(loss_fn)(params, x, y)", ...update]),
  ]);
}
