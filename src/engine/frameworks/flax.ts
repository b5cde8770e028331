/** Flax: linen, nnx, and the module that came before both. https://flax.readthedocs.io, signatures as of 0.12. */
import type { Framework } from "./framework.ts";

/** Where Flax has had its functions and layers. */
const FLAX_MODULES =
  /^flax\.(?:linen\.(?:activation|linear|recurrent|pooling|normalization|stochastic|combinators|attention)|nnx\.nn\.\w+|nnx\.nn|nn(?:\.activation)?)(?=\.|$)/;

function canonical(symbol: string): string | undefined {
  if (symbol !== "flax" && !symbol.startsWith("flax.")) return undefined;
  return symbol.replace(FLAX_MODULES, (module) =>
    module.startsWith("flax.nnx") ? "flax.nnx" : "flax.linen",
  );
}

const GATED = { gate_fn: "flax.linen.sigmoid", activation_fn: "flax.linen.tanh" };

/** https://flax.readthedocs.io/en/latest/api_reference/flax.linen/layers.html: the same defaults in nnx. */
const INITIALISERS = "kernel_init='lecun_normal', bias_init='zeros'";
const NUMBERS = "dtype=None, param_dtype=float32, precision=None";

const both = (signature: string): string[] => [`flax.linen.${signature}`, `flax.nnx.${signature}`];

export const flax: Framework = {
  id: "flax",
  roots: ["flax"],
  canonical,
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
  modules: { "flax.linen.Module": "__call__", "flax.nnx.Module": "__call__" },
  sizes: { inputs: "inferred", channels: "last" },
  layers: {
    dense: [
      `flax.linen.Dense(features, use_bias=True, ${NUMBERS}, ${INITIALISERS})`,
      `flax.linen.DenseGeneral(features, axis=-1, batch_dims, use_bias=True, dtype=None, param_dtype=float32, ${INITIALISERS})`,
      `flax.nnx.Linear(in_features, out_features, *, use_bias=True, ${INITIALISERS})`,
      `flax.nnx.LinearGeneral(in_features, out_features, *, axis=-1, batch_axis, use_bias=True, ${INITIALISERS})`,
    ],
    conv: [
      `flax.linen.Conv(features, kernel_size, strides=1, padding='SAME', input_dilation=1, kernel_dilation=1, feature_group_count=1, use_bias=True, mask=None, ${NUMBERS}, ${INITIALISERS})`,
      `flax.nnx.Conv(in_features, out_features, kernel_size, strides=1, *, padding='SAME', input_dilation=1, kernel_dilation=1, feature_group_count=1, use_bias=True, ${INITIALISERS})`,
    ],
    "transposed-conv": [
      `flax.linen.ConvTranspose(features, kernel_size, strides=1, padding='SAME', kernel_dilation=1, use_bias=True, mask=None, ${NUMBERS}, ${INITIALISERS})`,
      `flax.nnx.ConvTranspose(in_features, out_features, kernel_size, strides=1, *, padding='SAME', kernel_dilation=1, use_bias=True, ${INITIALISERS})`,
    ],
    "batch-norm": both("BatchNorm()"),
    "layer-norm": [...both("LayerNorm()"), ...both("RMSNorm()")],
    "group-norm": ["flax.linen.GroupNorm(num_groups=32)", "flax.nnx.GroupNorm(num_features, num_groups=32)"],
    "instance-norm": both("InstanceNorm()"),
    dropout: both("Dropout(rate)"),
    sequential: ["flax.linen.Sequential(layers)", "flax.nnx.Sequential(fns)"],
    "module-list": ["flax.nnx.List(items)"],
    "module-dict": ["flax.nnx.Dict(items)"],
    "not-estimated": [
      ...both("Embed()"),
      ...both("MultiHeadAttention()"),
      ...both("Einsum()"),
      ...both("RNN()"),
      ...both("Bidirectional()"),
      ...both("LSTMCell()"),
      ...both("OptimizedLSTMCell()"),
      ...both("GRUCell()"),
      ...both("SimpleCell()"),
      "flax.linen.MultiHeadDotProductAttention()",
      "flax.linen.SelfAttention()",
      "flax.linen.ConvLocal()",
      "flax.linen.ConvLSTMCell()",
      "flax.linen.MGUCell()",
      "flax.linen.WeightNorm()",
      "flax.linen.SpectralNorm()",
      "flax.nnx.WeightNorm()",
      "flax.nnx.SpectralNorm()",
      "flax.nnx.LoRA()",
      "flax.nnx.LoRALinear()",
    ],
  },
  functions: {
    // Unlike Keras' layers they move by one unless they are told otherwise.
    pool: ["avg_pool", "max_pool"].flatMap((name) =>
      both(`${name}(inputs, window_shape, strides=1, padding='VALID')`),
    ),
  },
  optimisers: {},
};
