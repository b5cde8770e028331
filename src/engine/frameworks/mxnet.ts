/** MXNet and Gluon. Signatures as of MXNet 1.9: https://mxnet.apache.org/versions/1.9.1/api/python/docs/api */
import { type Framework, moved } from "./framework.ts";

/** Arrays and symbols have the same operators; `F` of hybrid_forward is one or the other. */
const OPERATORS = ["mxnet.ndarray", "mxnet.symbol", "mxnet.sym"];

function canonical(symbol: string): string | undefined {
  let name = symbol;
  for (const module of OPERATORS) name = moved(name, module, "mxnet.nd") ?? name;
  name = moved(name, "mxnet.numpy_extension", "mxnet.npx") ?? moved(name, "mxnet.numpy", "mxnet.np") ?? name;
  if (name !== "mxnet" && !name.startsWith("mxnet.")) return undefined;
  return name.replace(/^mxnet\.gluon\.(nn|rnn)\.(?:\w+_layers?|activations|rnn_cell)\./, "mxnet.gluon.$1.");
}

const CONV = { activation: 7 };
const CONV_TRANSPOSE = { activation: 8 };

export const mxnet: Framework = {
  id: "mxnet",
  roots: ["mxnet"],
  canonical,
  activationArguments: {
    "mxnet.gluon.nn.Activation": { activation: 0 },
    "mxnet.gluon.nn.Dense": { activation: 1 },
    "mxnet.gluon.nn.Conv1D": CONV,
    "mxnet.gluon.nn.Conv2D": CONV,
    "mxnet.gluon.nn.Conv3D": CONV,
    "mxnet.gluon.nn.Conv1DTranspose": CONV_TRANSPOSE,
    "mxnet.gluon.nn.Conv2DTranspose": CONV_TRANSPOSE,
    "mxnet.gluon.nn.Conv3DTranspose": CONV_TRANSPOSE,
    "mxnet.gluon.rnn.RNN": { activation: 2 },
    "mxnet.gluon.rnn.RNNCell": { activation: 1 },
    "mxnet.rnn.RNNCell": { activation: 1 },
    "mxnet.nd.Activation": { act_type: 1 },
    "mxnet.npx.activation": { act_type: 1 },
  },
  unwritten: {
    "mxnet.gluon.rnn.RNN": { activation: "relu" },
    "mxnet.gluon.rnn.RNNCell": { activation: "tanh" },
  },
  passedModules: { hybrid_forward: { F: "mxnet.nd" } },
  layers: {},
  optimisers: {},
};
