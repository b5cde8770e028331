/** JAX and the libraries on it: they share jax.nn's functions. https://docs.jax.dev/en/latest/jax.nn.html */
import { type Framework, moved } from "./framework.ts";

const below = (root: string, symbol: string): boolean => symbol === root || symbol.startsWith(`${root}.`);

export const jax: Framework = {
  id: "jax",
  roots: ["jax"],
  canonical(symbol) {
    const name =
      moved(symbol, "jax._src.nn.functions", "jax.nn") ??
      moved(symbol, "jax.experimental.stax", "jax.example_libraries.stax") ??
      symbol;
    return below("jax", name) ? name : undefined;
  },
  activationArguments: {},
  layers: {},
  functions: {
    add: ["jax.numpy.add(x1, x2)"],
    concatenate: ["jax.numpy.concatenate(arrays, axis=0)"],
    combines: ["jax.numpy.multiply()"],
    "keeps-all": [
      "jax.lax.stop_gradient(x)",
      "jax.numpy.asarray(a)",
      "jax.numpy.array(object)",
      "jax.numpy.float32(x)",
      "jax.numpy.nan_to_num(x)",
    ],
  },
  // Of all the libraries on it. https://optax.readthedocs.io/en/latest/api/optimizers.html; none has a default rate.
  optimisers: {
    "optax.sgd(learning_rate, momentum, nesterov)": "sgd",
    "optax.noisy_sgd(learning_rate)": "sgd",
    "optax.lars(learning_rate)": "sgd",
    "optax.trace(decay)": "sgd",
    "optax.rmsprop(learning_rate, decay, eps, initial_scale, eps_in_sqrt, centered, momentum)": "rmsprop",
    "optax.scale_by_rms()": "rmsprop",
    ...Object.fromEntries(
      [
        "adam",
        "adamw",
        "adamax",
        "adamaxw",
        "adabelief",
        "adagrad",
        "amsgrad",
        "nadam",
        "nadamw",
        "radam",
        "yogi",
        "lamb",
        "novograd",
        "adan",
      ].map((name) => [`optax.${name}(learning_rate)`, "adam" as const]),
    ),
    "optax.scale_by_adam()": "adam",
  },
};

const RANKS = [1, 2, 3];

/**
 * https://dm-haiku.readthedocs.io. Weights come from a normal of 1/sqrt(fan-in) that is cut off at two of its standard
 * deviations, without making up for it: `cut_lecun_normal`.
 */
export const haiku: Framework = {
  id: "haiku",
  roots: ["haiku"],
  canonical: (symbol) => (below("haiku", symbol) ? symbol : undefined),
  activationArguments: { "haiku.nets.MLP": { activation: 4 } },
  unwritten: { "haiku.nets.MLP": { activation: "jax.nn.relu" } },
  modules: { "haiku.Module": "__call__" },
  sizes: { inputs: "inferred", channels: "last" },
  layers: {
    dense: [
      "haiku.Linear(output_size, with_bias=True, w_init='cut_lecun_normal', b_init='zeros', name=None)",
    ],
    conv: RANKS.map(
      (rank) =>
        `haiku.Conv${rank}D(output_channels, kernel_shape, stride=1, rate=1, padding='SAME', with_bias=True, w_init='cut_lecun_normal', b_init='zeros')`,
    ),
    "batch-norm": ["haiku.BatchNorm()"],
    "layer-norm": ["haiku.LayerNorm()"],
    flatten: ["haiku.Flatten()"],
    pool: ["haiku.AvgPool", "haiku.MaxPool"].map(
      (name) => `${name}(window_shape, strides, padding, channel_axis)`,
    ),
    sequential: ["haiku.Sequential(layers)"],
    "not-estimated": ["LSTM", "GRU", "VanillaRNN", "Embed", "MultiHeadAttention", "Conv2DTranspose"].map(
      (name) => `haiku.${name}()`,
    ),
  },
  optimisers: {},
};

/** https://docs.kidger.site/equinox: weights and biases as PyTorch draws them, channels first, no batch axis. */
export const equinox: Framework = {
  id: "equinox",
  roots: ["equinox"],
  canonical: (symbol) => (below("equinox", symbol) ? symbol : undefined),
  activationArguments: { "equinox.nn.MLP": { activation: 4, final_activation: 5 } },
  unwritten: { "equinox.nn.MLP": { activation: "jax.nn.relu" } },
  modules: { "equinox.Module": "__call__" },
  sizes: { inputs: "given", channels: "first" },
  layers: {
    dense: ["equinox.nn.Linear(in_features, out_features, use_bias=True)"],
    conv: RANKS.map(
      (rank) =>
        `equinox.nn.Conv${rank}d(in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, use_bias=True)`,
    ),
    "layer-norm": ["equinox.nn.LayerNorm()", "equinox.nn.RMSNorm()"],
    "group-norm": ["equinox.nn.GroupNorm(groups)"],
    dropout: ["equinox.nn.Dropout(p=0.5)"],
    pool: ["Max", "Avg"].flatMap((kind) =>
      RANKS.map((rank) => `equinox.nn.${kind}Pool${rank}d(kernel_size, stride=1, padding=0)`),
    ),
    "keeps-all": ["equinox.nn.Identity()"],
    sequential: ["equinox.nn.Sequential(layers)"],
    "not-estimated": [
      "LSTMCell",
      "GRUCell",
      "Embedding",
      "MultiheadAttention",
      "ConvTranspose1d",
      "ConvTranspose2d",
      "BatchNorm",
    ].map((name) => `equinox.nn.${name}()`),
  },
  optimisers: {},
};
