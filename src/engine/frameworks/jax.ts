/** JAX and the libraries on it: they share jax.nn's functions. https://docs.jax.dev/en/latest/jax.nn.html */
import { type Framework, moved } from "./framework.ts";

const below = (root: string, symbol: string): boolean => symbol === root || symbol.startsWith(`${root}.`);

export const jax: Framework = {
  id: "jax",
  canonical(symbol) {
    const name =
      moved(symbol, "jax._src.nn.functions", "jax.nn") ??
      moved(symbol, "jax.experimental.stax", "jax.example_libraries.stax") ??
      symbol;
    return below("jax", name) ? name : undefined;
  },
  activationArguments: {},
  layers: {},
  optimisers: {},
};

/** Where Flax has had its functions. */
const FLAX_MODULES =
  /^flax\.(?:linen\.(?:activation|linear|recurrent)|nnx\.nn\.\w+|nnx\.nn|nn(?:\.activation)?)(?=\.|$)/;

const GATED = { gate_fn: "flax.linen.sigmoid", activation_fn: "flax.linen.tanh" };

/** https://flax.readthedocs.io: linen, nnx, and the module that came before both. */
export const flax: Framework = {
  id: "flax",
  canonical(symbol) {
    if (!below("flax", symbol)) return undefined;
    return symbol.replace(FLAX_MODULES, (module) =>
      module.startsWith("flax.nnx") ? "flax.nnx" : "flax.linen",
    );
  },
  activationArguments: {},
  unwritten: {
    "flax.linen.LSTMCell": GATED,
    "flax.linen.OptimizedLSTMCell": GATED,
    "flax.linen.GRUCell": GATED,
    "flax.linen.SimpleCell": { activation_fn: "flax.linen.tanh" },
    "flax.nnx.LSTMCell": { gate_fn: "flax.nnx.sigmoid", activation_fn: "flax.nnx.tanh" },
    "flax.nnx.OptimizedLSTMCell": { gate_fn: "flax.nnx.sigmoid", activation_fn: "flax.nnx.tanh" },
    "flax.nnx.GRUCell": { gate_fn: "flax.nnx.sigmoid", activation_fn: "flax.nnx.tanh" },
    "flax.nnx.SimpleCell": { activation_fn: "flax.nnx.tanh" },
  },
  layers: {},
  optimisers: {},
};

/** https://dm-haiku.readthedocs.io */
export const haiku: Framework = {
  id: "haiku",
  canonical: (symbol) => (below("haiku", symbol) ? symbol : undefined),
  activationArguments: { "haiku.nets.MLP": { activation: 4 } },
  unwritten: { "haiku.nets.MLP": { activation: "jax.nn.relu" } },
  layers: {},
  optimisers: {},
};

/** https://docs.kidger.site/equinox */
export const equinox: Framework = {
  id: "equinox",
  canonical: (symbol) => (below("equinox", symbol) ? symbol : undefined),
  activationArguments: { "equinox.nn.MLP": { activation: 4, final_activation: 5 } },
  unwritten: { "equinox.nn.MLP": { activation: "jax.nn.relu" } },
  layers: {},
  optimisers: {},
};
