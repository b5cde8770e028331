/** ReLU that stays: where code asks for it by name, where it is arithmetic, where another can't be written. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Kind, switched } from "./switching.ts";

test("what code calls relu stays one, however it asks for it; a layer of that name is switched", () => {
  const TFJS = 'import * as tf from "@tensorflow/tfjs";\nimport { relu, tanh } from "@tensorflow/tfjs";\n';
  const scripts = [
    "const a = { relu: tf.relu, tanh: tf.tanh };",
    "const a = { relu, tanh };",
    "const a = { relu: (x) => tf.relu(x), sigmoid: (x) => tf.sigmoid(x) };",
    "const a = new Map([['relu', tf.relu], ['tanh', tf.tanh]]);",
    "const a = (x, act) => act === 'relu' ? tf.relu(x) : tf.tanh(x);",
    "function a(x, act) { switch (act) { case 'relu': return tf.relu(x); default: return x; } }",
    "class A { static relu(x) { return tf.relu(x); } }",
    "const relu6 = make({ relu });",
  ];
  for (const code of scripts) assert.equal(switched(TFJS + code, "elu", "model.js").fix, undefined, code);
  const JAX = "import jax\nfrom jax import nn\n";
  const programs = [
    'def get(name):\n    match name:\n        case "relu":\n            return nn.relu\n',
    "def relu(x):\n    return nn.relu(x)\n",
    'a = {"relu": lambda x: nn.relu(x), "tanh": nn.tanh}\n',
    'a = [("relu", nn.relu), ("tanh", nn.tanh)]\n',
    'a = {}\na["relu"] = nn.relu\na["tanh"] = nn.tanh\n',
    '@register("relu")\ndef f(x):\n    return nn.relu(x)\n',
  ];
  for (const code of programs) assert.equal(switched(JAX + code, "elu").fix, undefined, code);
  const layers = [
    "from torch import nn\nself.relu = nn.ReLU()\n",
    "from torch import nn\nfrom collections import OrderedDict\na = nn.Sequential(OrderedDict([('fc', nn.Linear(8, 1)), ('relu', nn.ReLU()), ('sigmoid', nn.Sigmoid())]))\n",
    "from torch import nn\na = nn.ModuleDict({'relu': nn.ReLU(), 'relu2': nn.ReLU()})\n",
    `${JAX}def get(name):\n    match name:\n        case "relu":\n            pass\n        case _:\n            return nn.relu\n`,
  ];
  for (const code of layers) assert.ok(switched(code, "elu").fix, code);
});

test("ReLU as arithmetic stays, and layers that look a little like it are switched", () => {
  const HEAD = "import jax\nimport jax.numpy as jnp\nimport torch\nimport torch.nn.functional as F\n";
  const formulas = [
    "y = jnp.concatenate([jax.nn.relu(x), jax.nn.relu(-x)])\n",
    "def f(x):\n    a = F.relu(x)\n    return torch.cat([a, F.relu(-x)])\n",
    "loss = jax.nn.relu(1.0 - y * p).mean()\n",
    "loss = F.relu(d_p - d_n + margin).mean()\n",
    "y = jnp.sign(x) * jax.nn.relu(jnp.abs(x) - t)\n",
    "y = torch.log(F.relu(x) + 1e-8)\n",
    "y = F.relu(x).sqrt()\n",
    "y = jax.nn.relu(x) ** 2\n",
    "q = jax.nn.relu(q) + 1e-6\n",
  ];
  for (const code of formulas) {
    const { fix, before } = switched(HEAD + code, "leaky-relu");
    assert.equal(fix, undefined, code);
    for (const site of before.sites.slice(0, 1)) assert.match(site.noFix ?? "", /arithmetic/, code);
  }
  const TFJS = 'import * as tf from "@tensorflow/tfjs";\n';
  for (const code of [
    "tf.relu(tf.sub(1, y.mul(p)))",
    "tf.scalar(1).sub(p).relu()",
    "tf.concat([x.relu(), x.neg().relu()])",
  ])
    assert.equal(switched(`${TFJS}const a = ${code};\n`, "leaky-relu", "model.js").fix, undefined, code);
  const layers = [
    "y = F.relu(bn(conv(x)) + x)\n",
    "y = F.relu(conv(x) - 1)\n",
    "y = F.relu(x - mean)\n",
    "y = torch.sqrt(out(F.relu(fc(x))))\n",
    "y = out(jax.nn.relu(x)) + 1e-6\n",
    "y = jax.nn.relu(x) + y\n",
  ];
  for (const code of layers) assert.ok(switched(HEAD + code, "leaky-relu").fix, code);
});

const REFUSED: readonly (readonly [name: string, kind: Kind, text: string, path?: string])[] = [
  [
    "an initialiser that can't be named in a script",
    "prelu",
    'import { layers, sequential } from "@tensorflow/tfjs";\nconst m = sequential();\nm.add(layers.dense({ units: 8, activation: "relu" }));\n',
    "model.js",
  ],
  [
    "a layer of TensorFlow.js that is applied twice",
    "prelu",
    'import * as tf from "@tensorflow/tfjs";\nconst a = tf.layers.dense({ units: 8, activation: "relu" });\nconst o = a.apply(a.apply(x));\n',
    "model.js",
  ],
  [
    "a layer of TensorFlow.js that others are handed too",
    "leaky-relu",
    'import * as tf from "@tensorflow/tfjs";\nconst a = tf.layers.dense({ units: 8, activation: "relu" });\nconst o = a.apply(x);\nkeep(a);\n',
    "model.js",
  ],
  [
    "a layer of TensorFlow.js that is in two models",
    "leaky-relu",
    'import * as tf from "@tensorflow/tfjs";\nconst a = tf.layers.dense({ units: 8, activation: "relu" });\nm.add(a);\nn.add(a);\n',
    "model.js",
  ],
  ["a function outside any module", "prelu", "import torch\ny = torch.relu(x)\n"],
  [
    "a class without an __init__ of its own",
    "prelu",
    "import torch\n\n\nclass A(torch.nn.Module):\n    def forward(self, x):\n        return torch.relu(x)\n",
  ],
  [
    "a class that is no module",
    "prelu",
    "import torch\n\n\nclass A:\n    def __init__(self):\n        super().__init__()\n\n    def run(self, x):\n        return torch.relu(x)\n",
  ],
  [
    "a method that has no self",
    "prelu",
    "import torch\n\n\nclass A(torch.nn.Module):\n    def __init__(self):\n        super().__init__()\n\n    @staticmethod\n    def f(x):\n        return torch.relu(x)\n",
  ],
  [
    "another self than the method's",
    "prelu",
    "import torch\n\n\nclass A(torch.nn.Module):\n    def __init__(self):\n        super().__init__()\n\n    def forward(self, x):\n        return (lambda self: torch.relu(self))(x)\n",
  ],
  ["a function of JAX", "prelu", "import jax\ny = jax.nn.relu(x)\n"],
  [
    "a method of linen that is not compact",
    "prelu",
    "import flax.linen as nn\n\n\nclass M(nn.Module):\n    def __call__(self, x):\n        return nn.relu(x)\n",
  ],
  [
    "a Keras layer that is kept, to be applied elsewhere",
    "prelu",
    "from keras import layers\nself.a = layers.Dense(8, activation='relu')\n",
  ],
  [
    "a tuple of layers, which may be anything",
    "prelu",
    "from keras import layers\na = (layers.Dense(8, activation='relu'), 2)\n",
  ],
  [
    "a recurrent layer",
    "prelu",
    "import keras\nm = keras.Sequential([keras.layers.LSTM(8, activation='relu')])\n",
  ],
  [
    "channels that may come first",
    "prelu",
    "from keras import Sequential, layers\nm = Sequential([layers.Conv2D(8, 3, activation='relu', data_format='channels_first')])\n",
  ],
  [
    "a Keras that may not know the name",
    "gelu",
    "import tensorflow as tf\ntf.Session()\na = tf.keras.layers.Dense(8, activation='relu')\n",
  ],
  ["a bounded ReLU", "elu", "from keras import layers\na = layers.ReLU(max_value=6)\n"],
  [
    "a class that others may call with inplace",
    "gelu",
    "from timm import create\nfrom torch import nn\na = create(act_layer=nn.ReLU)\n",
  ],
  [
    "a class that this file calls with inplace",
    "gelu",
    "from torch import nn\n\n\nclass B(nn.Module):\n    def __init__(self, act=nn.ReLU):\n        super().__init__()\n        self.act = act(inplace=True)\n",
  ],
  [
    "a layer of torchvision that calls it with inplace",
    "prelu",
    "from torch import nn\nfrom torchvision.ops import Conv2dNormActivation\na = Conv2dNormActivation(3, 8, activation_layer=nn.ReLU)\n",
  ],
  ["a call whose result is not used", "gelu", "import torch.nn.functional as F\nF.relu(x, inplace=True)\n"],
  [
    "a module whose result is not used",
    "gelu",
    "from torch import nn\n\n\nclass B(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.act = nn.ReLU(inplace=True)\n\n    def forward(self, x):\n        self.act(x)\n        return x\n",
  ],
  ["a recurrent layer of PyTorch", "elu", "from torch import nn\na = nn.RNN(8, 8, nonlinearity='relu')\n"],
  [
    "scikit-learn",
    "elu",
    "from sklearn.neural_network import MLPRegressor\na = MLPRegressor(activation='relu')\n",
  ],
  ["a Gluon layer", "elu", "from mxnet.gluon import nn\na = nn.Dense(8, activation='relu')\n"],
  ["a function that TensorFlow.js does not have", "gelu", "const y = tf.relu(x);\n", "model.js"],
  [
    "a table of activations by name",
    "elu",
    "from torch import nn\nacts = {'relu': nn.ReLU(), 'tanh': nn.Tanh()}\n",
  ],
  [
    "a table of classes by name",
    "elu",
    "from torch import nn\nacts = dict(relu=nn.ReLU, leaky_relu=nn.LeakyReLU)\n",
  ],
  [
    "a branch for that name",
    "elu",
    "from torch import nn\n\n\ndef act(name):\n    if name == 'tanh':\n        return nn.Tanh()\n    elif name.lower() == 'relu':\n        return nn.ReLU(inplace=True)\n",
  ],
  [
    "a choice by that name",
    "leaky-relu",
    "import torch\nact = torch.nn.ReLU() if name == 'relu' else torch.nn.Tanh()\n",
  ],
  [
    "modules that are fused",
    "leaky-relu",
    "import torch\nm = torch.nn.Sequential(torch.nn.Conv2d(3, 8, 3), torch.nn.ReLU())\ntorch.quantization.fuse_modules(m, ['0', '1'])\n",
  ],
  [
    "one of several sites that can't be switched",
    "elu",
    "from torch import nn\na = nn.Sequential(nn.Linear(2, 2), nn.ReLU())\nb = nn.RNN(8, 8, nonlinearity='relu')\n",
  ],
];

for (const [name, kind, text, path] of REFUSED) {
  test(`${name} is left alone: ${kind}`, () => {
    const { before, fix } = switched(text, kind, path);
    assert.ok(before.sites.some(({ activation }) => activation === "relu"));
    assert.equal(fix, undefined);
  });
}
