// Each Python framework by what is its own: how activations are named, handed on, and what is there unwritten.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrameworkId } from "../../src/engine/index.ts";
import { read } from "./support.ts";

/** `relu`, `leaky_relu 0.2`, `leaky_relu 0.01 by default`; with a question mark where it is only likely. */
function found(text: string): string[] {
  return read(text).sites.map(({ activation, parameters, defaulted, certainty }) => {
    const slope = activation === "relu" ? undefined : (parameters.negative_slope ?? parameters.alpha);
    const number = slope === undefined ? "" : ` ${slope}${defaulted.length > 0 ? " by default" : ""}`;
    return `${activation}${number}${certainty === "likely" ? "?" : ""}`;
  });
}

const CASES: readonly (readonly [
  framework: FrameworkId,
  name: string,
  text: string,
  sites: readonly string[],
])[] = [
  [
    "pytorch",
    "torchvision's helpers",
    "from torch import nn\nfrom torchvision.ops import Conv2dNormActivation\nConv2dNormActivation(3, 8, activation_layer=nn.Hardswish)\n",
    ["hardswish"],
  ],
  [
    "pytorch",
    "torch.special and torch.ao",
    "import torch\ntorch.special.expit(x)\ntorch.ao.nn.quantized.LeakyReLU(1.0, 0)\ntorch.nn.quantized.functional.leaky_relu(x, 0.2)\n",
    ["sigmoid", "leaky_relu 0.01 by default", "leaky_relu 0.2"],
  ],
  [
    "pytorch",
    "fastai's import *, which brings nn and F",
    "from fastai.vision.all import *\nConvLayer(3, 8, act_cls=nn.LeakyReLU)\nF.relu(x)\nMish()\n",
    ["leaky_relu 0.01 by default", "relu", "mish"],
  ],
  [
    "pytorch",
    "Lightning",
    "import lightning as L\nfrom torch import nn\nclass M(L.LightningModule):\n    def __init__(self):\n        self.act = nn.ELU(alpha=0.5)\n",
    ["elu 0.5"],
  ],
  [
    "pytorch",
    "ordered dictionaries and setattr",
    'from torch import nn\nnn.Sequential(OrderedDict([("relu", nn.ReLU())]))\nsetattr(m, "act", nn.GELU())\n',
    ["relu", "gelu"],
  ],
  [
    "pytorch",
    "class attributes, also of a base class and by the class's name",
    "from torch import nn\nclass A(nn.Module):\n    act = nn.ReLU\n    slope = 0.3\nclass B(A):\n    def f(self):\n        return self.act(), nn.LeakyReLU(self.slope), nn.LeakyReLU(A.slope)\n",
    ["relu", "relu", "leaky_relu 0.3", "leaky_relu 0.3"],
  ],
  [
    "pytorch",
    "a function by another name",
    "import torch.nn.functional as F\nactiv = F.relu\ny = activ(x)\n",
    ["relu", "relu"],
  ],
  [
    "pytorch",
    "lookups by name",
    'from torch import nn\nNAME = "SELU"\ngetattr(nn, "LeakyReLU")(0.3)\ngetattr(nn, NAME)\nnn.__dict__["GELU"]\nvars(nn)["Tanh"]\n',
    ["leaky_relu 0.3", "selu", "gelu", "tanh"],
  ],
  [
    "pytorch",
    "methods, certain on what is proved to be a tensor",
    [
      "import torch",
      "from torch import nn, Tensor",
      "class A(nn.Module):",
      "    def __init__(self): self.fc = nn.Linear(3, 4)",
      "    def forward(self, x, y: Tensor):",
      "        x = self.fc(x)",
      "        x = x.view(-1)",
      "        return x.relu() + y.tanh() + torch.randn(3).sigmoid() + self.other(x).relu() + x.item().tanh()",
    ].join("\n"),
    ["relu", "tanh", "sigmoid", "relu?", "tanh?"],
  ],
  [
    "keras",
    "deserialisation, and a name that is kept",
    "from keras import activations, layers\nactivations.get('elu')\nACT = 'selu'\nlayers.Dense(3, activation=ACT)\n",
    ["elu 1 by default", "selu"],
  ],
  [
    "keras",
    "the places where Keras keeps its own",
    "from keras.src import activations, ops\nfrom keras.src.layers.activations.leaky_relu import LeakyReLU\nops.relu(x)\nactivations.gelu(x)\nLeakyReLU()\n",
    ["relu", "gelu", "leaky_relu 0.3 by default"],
  ],
  [
    "tensorflow",
    "TensorFlow 1",
    "import tensorflow as tf\nimport tf_slim as slim\ntf.layers.dense(x, 10, tf.nn.leaky_relu)\nslim.conv2d(x, 8, 3, activation_fn=tf.nn.relu6)\ntf.nn.rnn_cell.GRUCell(8, activation=tf.tanh)\n",
    ["leaky_relu 0.2 by default", "relu6", "tanh"],
  ],
  [
    "jax",
    "jax.nn, lax and stax",
    "import jax\nfrom jax import lax\nfrom jax.example_libraries import stax\njax.nn.leaky_relu(x)\nlax.logistic(x)\nstax.serial(stax.Dense(3), stax.Relu)\n",
    ["leaky_relu 0.01 by default", "sigmoid", "relu"],
  ],
  [
    "flax",
    "linen and nnx",
    "from flax import linen, nnx\nlinen.relu(x)\nnnx.elu(x, 0.5)\n",
    ["relu", "elu 0.5"],
  ],
  [
    "mxnet",
    "Gluon",
    "from mxnet.gluon import nn\nnn.Dense(3, activation='relu')\nnn.Activation('softrelu')\nnn.LeakyReLU(0.2)\nnn.PReLU()\n",
    ["relu", "softplus", "leaky_relu 0.2", "prelu 0.25 by default"],
  ],
  [
    "mxnet",
    "the module that hybrid_forward is given",
    "from mxnet import gluon\nclass A(gluon.HybridBlock):\n    def hybrid_forward(self, F, x):\n        return F.relu(x) + F.LeakyReLU(x, act_type='elu', slope=0.5) + F.Activation(x, act_type='tanh')\n",
    ["relu", "elu 0.5", "tanh"],
  ],
  ["mxnet", "npx", "from mxnet import npx\nnpx.relu(x)\nnpx.softmax(x)\n", ["relu", "softmax"]],
  [
    "paddle",
    "layers, functions, and fluid's names",
    "import paddle\nimport paddle.nn.functional as F\npaddle.nn.LeakyReLU()\nF.relu(x)\npaddle.fluid.layers.fc(x, 3, act='leaky_relu')\n",
    ["leaky_relu 0.01 by default", "relu", "leaky_relu 0.02 by default"],
  ],
  [
    "sklearn",
    "perceptrons",
    "from sklearn.neural_network import MLPClassifier\nMLPClassifier((8,), 'logistic')\nMLPClassifier(activation='relu')\n",
    ["sigmoid", "relu"],
  ],
  [
    "mmcv",
    "dictionaries that configure an activation",
    "from mmcv.cnn import ConvModule, build_activation_layer\nConvModule(3, 8, 3, act_cfg=dict(type='LeakyReLU', negative_slope=0.1))\nbuild_activation_layer({'type': 'HSwish'})\ndef f(act_cfg=dict(type='ELU'), norm_cfg=dict(type='BN')): pass\n",
    ["leaky_relu 0.1", "hardswish", "elu 1 by default"],
  ],
  [
    "caffe",
    "NetSpec",
    "from caffe import layers as L\nL.ReLU(x, in_place=True)\nL.ELU(x)\nL.TanH(x)\n",
    ["relu", "elu 1 by default", "tanh"],
  ],
  ["equinox", "its layers", "import equinox as eqx\neqx.nn.PReLU()\n", ["prelu 0.25 by default"]],
];

for (const [framework, name, text, sites] of CASES) {
  test(`${framework}: ${name}`, () => {
    assert.deepEqual(found(text), sites);
    const names = new Set(read(text).sites.map((site) => site.framework));
    assert.ok(names.has(framework), [...names].join());
  });
}

const UNWRITTEN: readonly (readonly [name: string, text: string, activations: readonly string[]])[] = [
  [
    "keras LSTM",
    "from keras.layers import LSTM\nLSTM(8)\nLSTM(8, activation='relu')\n",
    ["tanh", "sigmoid", "sigmoid"],
  ],
  ["torch.nn.RNN", "from torch import nn\nnn.RNN(8, 8)\nnn.RNN(8, 8, nonlinearity='relu')\n", ["tanh"]],
  ["torch transformers", "from torch import nn\nnn.TransformerEncoderLayer(8, 2)\n", ["relu"]],
  ["torchvision", "import torchvision\ntorchvision.ops.Conv2dNormActivation(3, 8)\n", ["relu"]],
  ["slim", "import tensorflow as tf\ntf.contrib.layers.fully_connected(x, 8)\n", ["relu"]],
  ["MLPClassifier", "from sklearn.neural_network import MLPClassifier\nMLPClassifier()\n", ["relu"]],
  [
    "ConvModule",
    "from mmcv.cnn import ConvModule\nConvModule(3, 8, 3)\nConvModule(3, 8, 3, act_cfg=None)\n",
    ["relu"],
  ],
  ["Haiku", "import haiku as hk\nhk.nets.MLP([8])\n", ["relu"]],
  ["Equinox", "import equinox as eqx\neqx.nn.MLP(1, 2, 3, 4)\n", ["relu"]],
  ["arguments from elsewhere", "from keras.layers import LSTM\nLSTM(8, **options)\n", []],
  [
    "defaults set by arg_scope",
    "import tensorflow as tf\nfrom tensorflow.contrib import slim\nwith slim.arg_scope([slim.conv2d], activation_fn=None):\n    slim.conv2d(x, 8, 3)\n",
    [],
  ],
];

for (const [name, text, activations] of UNWRITTEN) {
  test(`unwritten: ${name}`, () => {
    const { sites, defaults = [] } = read(text);
    assert.deepEqual(
      defaults.map(({ activation }) => activation),
      activations,
    );
    assert.ok(defaults.every(({ isDefault }) => isDefault) && !sites.some(({ isDefault }) => isDefault));
    for (const { span } of defaults) assert.match(text.slice(span.from, span.to), /^\w+$/);
  });
}
