import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "../../src/engine/index.ts";
import { read } from "./support.ts";
import { type Kind, NET, switched } from "./switching.ts";

/** Before and after, as someone would have written it by hand. */
const SWITCHES: readonly (readonly [
  name: string,
  kind: Kind,
  before: string,
  after: string,
  path?: string,
])[] = [
  [
    "a module in place",
    "elu",
    "from torch import nn\na = nn.ReLU(True)\n",
    "from torch import nn\na = nn.ELU(inplace=True)\n",
  ],
  [
    "a module in place that has no such form then",
    "gelu",
    "from torch import nn\na = nn.ReLU( inplace=True )\n",
    "from torch import nn\na = nn.GELU()\n",
  ],
  [
    "a module with its type",
    "silu",
    "from torch import nn\na: nn.ReLU = nn.ReLU()\nb = nn.ReLU()  # type: nn.ReLU\n",
    "from torch import nn\na: nn.SiLU = nn.SiLU()\nb = nn.SiLU()  # type: nn.SiLU\n",
  ],
  [
    "an argument that goes with its line",
    "prelu",
    'from keras import layers, initializers\nx = layers.Dense(\n    64,\n    activation="relu",\n    name="a",\n)(x)\ny = layers.Dense(\n    64,\n    activation="relu"\n)(x)\n',
    'from keras import layers, initializers\nx = layers.Dense(\n    64,\n    name="a",\n)(x)\nx = layers.PReLU(alpha_initializer=initializers.Constant(0.25))(x)\ny = layers.Dense(\n    64\n)(x)\ny = layers.PReLU(alpha_initializer=initializers.Constant(0.25))(y)\n',
  ],
  [
    "an argument that goes from the end of a line",
    "prelu",
    'from keras import layers, initializers\nx = layers.Dense(64, activation="relu",\n                 name="a")(x)\n',
    'from keras import layers, initializers\nx = layers.Dense(64,\n                 name="a")(x)\nx = layers.PReLU(alpha_initializer=initializers.Constant(0.25))(x)\n',
  ],
  [
    "an argument that goes, with comments around it",
    "prelu",
    "from torch.nn import ReLU\na = ReLU(\n    # in place\n    inplace=True,  # saves memory\n)\n",
    "from torch.nn import ReLU, PReLU\na = PReLU(\n    # in place\n    # saves memory\n)\n",
  ],
  [
    "the functional form",
    "gelu",
    "import torch.nn.functional as F\ny = F.relu(self.fc(x), inplace=True)\n",
    "import torch.nn.functional as F\ny = F.gelu(self.fc(x))\n",
  ],
  [
    "a function of torch, with a sibling in F",
    "silu",
    "import torch\nfrom torch.nn import functional as F\ny = torch.relu(x)\n",
    "import torch\nfrom torch.nn import functional as F\ny = F.silu(x)\n",
  ],
  [
    "a function that works in place",
    "silu",
    "import torch.nn.functional as F\nF.relu_(x)\n",
    "import torch.nn.functional as F\nF.silu(x, inplace=True)\n",
  ],
  [
    "a name that is imported too late, beside one that is there",
    "elu",
    "import torch\ny = torch.relu(x)\nimport torch.nn.functional as F\n",
    "import torch\ny = torch.nn.functional.elu(x)\nimport torch.nn.functional as F\n",
  ],
  [
    "chained methods",
    "elu",
    "import torch\ny = torch.ones(2).relu().add(1).relu()\n",
    "import torch\ny = torch.nn.functional.elu(torch.nn.functional.elu(torch.ones(2)).add(1))\n",
  ],
  [
    "functions in a module: each gets a parameter",
    "prelu",
    "import torch\nfrom torch import nn\n\n\nclass Net(nn.Module):\n\tdef __init__(self):\n\t\tsuper().__init__()  # first\n\t\tself.a = nn.Linear(2, 2)\n\n\tdef forward(self, x):\n\t\treturn torch.relu(self.a(nn.functional.relu(x, inplace=False)))\n",
    "import torch\nfrom torch import nn\n\n\nclass Net(nn.Module):\n\tdef __init__(self):\n\t\tsuper().__init__()  # first\n\t\tself.prelu = nn.PReLU()\n\t\tself.prelu2 = nn.PReLU()\n\t\tself.a = nn.Linear(2, 2)\n\n\tdef forward(self, x):\n\t\treturn self.prelu(self.a(self.prelu2(x)))\n",
  ],
  [
    "functions in modules of one's own kind: names of attributes are those of a class",
    "prelu",
    "import torch\nfrom torch import nn\n\n\nclass Base(nn.Module):\n    pass\n\n\nclass A(Base):\n    def __init__(self):\n        super().__init__()\n\n    def forward(self, x):\n        return torch.relu(x)\n\n\nclass B(nn.Module):\n    def __init__(self):\n        super().__init__()\n\n    def forward(self, x):\n        return torch.relu(x)\n",
    "import torch\nfrom torch import nn\n\n\nclass Base(nn.Module):\n    pass\n\n\nclass A(Base):\n    def __init__(self):\n        super().__init__()\n        self.prelu = nn.PReLU()\n\n    def forward(self, x):\n        return self.prelu(x)\n\n\nclass B(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.prelu = nn.PReLU()\n\n    def forward(self, x):\n        return self.prelu(x)\n",
  ],
  [
    "an initialiser told a slope that ends in a point",
    "leaky-relu",
    "import torch.nn as nn\nm = nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 1))\nnn.init.kaiming_normal_(m[0].weight, a=0., nonlinearity='relu')\n",
    "import torch.nn as nn\nm = nn.Sequential(nn.Linear(8, 8), nn.LeakyReLU(negative_slope=0.2), nn.Linear(8, 1))\nnn.init.kaiming_normal_(m[0].weight, a=0.2, nonlinearity='leaky_relu')\n",
  ],
  [
    "a name for a transformer layer",
    "gelu",
    "import torch.nn as nn\na = nn.TransformerEncoderLayer(8, 2, activation='relu')\n",
    "import torch.nn as nn\na = nn.TransformerEncoderLayer(8, 2, activation='gelu')\n",
  ],
  [
    "another name for a transformer layer",
    "elu",
    "import torch.nn as nn\na = nn.TransformerEncoderLayer(8, 2, activation='relu')\n",
    "import torch.nn as nn\na = nn.TransformerEncoderLayer(8, 2, activation=nn.functional.elu)\n",
  ],
  [
    "an output's softmax",
    "softmax",
    "import torch\ny = torch.relu(x)\n",
    "import torch\ny = torch.softmax(x, dim=-1)\n",
  ],
  [
    "an output's module that is kept by name",
    "remove-activation",
    "from collections import OrderedDict\nfrom torch import nn\na = nn.Sequential(OrderedDict([('fc', nn.Linear(2, 1)), ('relu', nn.ReLU())]))\n",
    "from collections import OrderedDict\nfrom torch import nn\na = nn.Sequential(OrderedDict([('fc', nn.Linear(2, 1)), ('relu', nn.Identity())]))\n",
  ],
  [
    "an output's module in a list whose parts are taken by their places",
    "remove-activation",
    "from torch import nn\nnet = nn.Sequential(nn.Linear(2, 1), nn.ReLU())\nprint(net[-2].weight)\n",
    "from torch import nn\nnet = nn.Sequential(nn.Linear(2, 1), nn.Identity())\nprint(net[-2].weight)\n",
  ],
  [
    "an output's layer in a model whose layers are taken by their places",
    "remove-activation",
    "from keras import Sequential, layers\nnet = Sequential([layers.Dense(1), layers.Activation('relu')])\nprint(net.layers[-2])\n",
    "from keras import Sequential, layers\nnet = Sequential([layers.Dense(1), layers.Activation('linear')])\nprint(net.layers[-2])\n",
  ],
  [
    "an output's function in a list of layers",
    "remove-activation",
    "from flax import linen as nn\na = nn.Sequential([nn.Dense(8), nn.tanh, nn.Dense(1), nn.relu,])\n",
    "from flax import linen as nn\na = nn.Sequential([nn.Dense(8), nn.tanh, nn.Dense(1),])\n",
  ],
  [
    "an output's function among layers",
    "remove-activation",
    "from flax import nnx\na = nnx.Sequential(nnx.Linear(8, 1, rngs=r), nnx.relu)\n",
    "from flax import nnx\na = nnx.Sequential(nnx.Linear(8, 1, rngs=r))\n",
  ],
  [
    "an output's function with a comment in its brackets",
    "remove-activation",
    "import torch\ny = torch.relu(\n    x  # why\n)\n",
    "import torch\ny = (\n    x  # why\n)\n",
  ],
  [
    "an output's function whose input runs over lines",
    "remove-activation",
    "import torch\ny = torch.relu(\n    x\n    .sum()\n)\n",
    "import torch\ny = (x\n    .sum())\n",
  ],
  [
    "an output's function on a line of its own, which says nothing without it",
    "remove-activation",
    "import torch\ndef f(x):\n    x = g(x)\n    x = torch.relu(x)  # scores\n    return x\n",
    "import torch\ndef f(x):\n    x = g(x)\n    return x\n",
  ],
  [
    "the same as all that a block has",
    "remove-activation",
    "import torch\ndef f(x):\n    if last:\n        x = torch.relu(x)\n    return x\n",
    "import torch\ndef f(x):\n    if last:\n        x = x\n    return x\n",
  ],
  [
    "the same of TensorFlow.js",
    "remove-activation",
    'import * as tf from "@tensorflow/tfjs";\nlet y = f(x);\ny = tf.relu(y); // scores\nrun(y);\n',
    'import * as tf from "@tensorflow/tfjs";\nlet y = f(x);\nrun(y);\n',
    "model.js",
  ],
  [
    "an output's function of a sum",
    "remove-activation",
    "import torch\ny = 2 * torch.relu(a + b)\n",
    "import torch\ny = 2 * (a + b)\n",
  ],
  [
    "a function of the first TensorFlow, where it has another name",
    "silu",
    "import tensorflow as tf\nx = tf.placeholder(tf.float32, [None, 4])\ny = tf.nn.relu(x)\n",
    "import tensorflow as tf\nx = tf.placeholder(tf.float32, [None, 4])\ny = tf.nn.swish(x)\n",
  ],
  [
    "functions in a module that calls its base by name",
    "prelu",
    "import torch\nfrom torch import nn\n\n\nclass Net(nn.Module):\n    def __init__(self):\n        nn.Module.__init__(self)\n\n    def forward(self, x):\n        return torch.relu(x)\n",
    "import torch\nfrom torch import nn\n\n\nclass Net(nn.Module):\n    def __init__(self):\n        nn.Module.__init__(self)\n        self.prelu = nn.PReLU()\n\n    def forward(self, x):\n        return self.prelu(x)\n",
  ],
  [
    "Keras strings",
    "elu",
    'from keras import layers\na = layers.Dense(64, activation=\'relu\')\nb = layers.Activation("relu", name="b")\n',
    'from keras import layers\na = layers.Dense(64, activation=\'elu\')\nb = layers.Activation("elu", name="b")\n',
  ],
  [
    "Keras strings in a partial layer",
    "elu",
    'from functools import partial\nimport keras\nDense = partial(keras.layers.Dense, activation="relu")\n',
    'from functools import partial\nimport keras\nDense = partial(keras.layers.Dense, activation="elu")\n',
  ],
  [
    "SiLU, which every Keras calls swish",
    "silu",
    "from tensorflow.keras import layers\na = layers.Dense(64, 'relu')\n",
    "from tensorflow.keras import layers\na = layers.Dense(64, 'swish')\n",
  ],
  [
    "SiLU in a file for Keras 3",
    "silu",
    "import keras\nfrom keras import layers\na = layers.Dense(64, 'relu')\ny = keras.ops.relu(x)\n",
    "import keras\nfrom keras import layers\na = layers.Dense(64, 'silu')\ny = keras.ops.silu(x)\n",
  ],
  [
    "a Keras layer without a layer to take its place",
    "gelu",
    "from keras.layers import Dense, ReLU\na = ReLU(name='a')\n",
    "from keras.layers import Activation, Dense, ReLU\na = Activation('gelu', name='a')\n",
  ],
  [
    "a list of Keras layers, in which one becomes two",
    "prelu",
    "from tensorflow import keras\nfrom tensorflow.keras import layers\nm = keras.Sequential([\n    layers.Conv2D(8, 3, activation='relu', padding='same'),\n    layers.Flatten(), layers.Dense(8, activation='relu',),\n])\n",
    "from tensorflow import keras\nfrom tensorflow.keras import layers\nm = keras.Sequential([\n    layers.Conv2D(8, 3, padding='same'),\n    layers.PReLU(alpha_initializer=keras.initializers.Constant(0.25), shared_axes=[1, 2]),\n    layers.Flatten(), layers.Dense(8,), layers.PReLU(alpha_initializer=keras.initializers.Constant(0.25)),\n])\n",
  ],
  [
    "Keras layers that are added, from a file that imports names only",
    "prelu",
    "from tensorflow.keras.layers import Dense\nfrom tensorflow.keras.models import Sequential\nm = Sequential()\nm.add(Dense(8, activation='relu'))  # first\nm.add(Dense(1))\n",
    "from tensorflow.keras.layers import Dense, PReLU\nfrom tensorflow.keras.initializers import Constant\nfrom tensorflow.keras.models import Sequential\nm = Sequential()\nm.add(Dense(8))  # first\nm.add(PReLU(alpha_initializer=Constant(0.25)))\nm.add(Dense(1))\n",
  ],
  [
    "a functional model of Keras",
    "prelu",
    "import tensorflow as tf\nL = tf.keras.layers\ni = tf.keras.Input((4,))\nx = L.Dense(8, activation=tf.nn.relu)(i)\ny = L.add([x, L.Dense(8, activation='relu')(x)])\n",
    "import tensorflow as tf\nL = tf.keras.layers\ni = tf.keras.Input((4,))\nx = L.Dense(8)(i)\nx = L.PReLU(alpha_initializer=tf.keras.initializers.Constant(0.25))(x)\ny = L.add([x, L.PReLU(alpha_initializer=tf.keras.initializers.Constant(0.25))(L.Dense(8)(x))])\n",
  ],
  [
    "tf.nn, whose functions call their input differently",
    "softmax",
    "import tensorflow as tf\ny = tf.nn.relu(features=x, name='y')\n",
    "import tensorflow as tf\ny = tf.nn.softmax(logits=x, name='y')\n",
  ],
  [
    "JAX, whose GELU is the tanh form otherwise",
    "gelu",
    "import jax\ny = jax.nn.relu(x)\n",
    "import jax\ny = jax.nn.gelu(x, approximate=False)\n",
  ],
  [
    "a compact module of linen",
    "prelu",
    "import flax.linen as nn\n\n\nclass M(nn.Module):\n    @nn.compact\n    def __call__(self, x):\n        return nn.relu(nn.Dense(8)(x))\n",
    "import flax.linen as nn\n\n\nclass M(nn.Module):\n    @nn.compact\n    def __call__(self, x):\n        return nn.PReLU()(nn.Dense(8)(x))\n",
  ],
  [
    "a module of nnx",
    "prelu",
    "from flax import nnx\n\n\nclass M(nnx.Module):\n    def __init__(self, rngs):\n        self.a = nnx.Linear(2, 2, rngs=rngs)\n\n    def __call__(self, x):\n        return nnx.relu(self.a(x))\n",
    "from flax import nnx\n\n\nclass M(nnx.Module):\n    def __init__(self, rngs):\n        self.prelu = nnx.PReLU()\n        self.a = nnx.Linear(2, 2, rngs=rngs)\n\n    def __call__(self, x):\n        return self.prelu(self.a(x))\n",
  ],
  [
    "a list of Haiku, which calls functions with the input alone",
    "leaky-relu",
    "import haiku as hk\nimport jax\nf = hk.Sequential([hk.Linear(8), jax.nn.relu])\n",
    "from functools import partial\n\nimport haiku as hk\nimport jax\nf = hk.Sequential([hk.Linear(8), partial(jax.nn.leaky_relu, negative_slope=0.2)])\n",
  ],
  [
    "MXNet's operator, whose ELU has another alpha",
    "elu",
    'import mxnet as mx\na = mx.sym.Activation(data=x, act_type="relu", name="a")\n',
    'import mxnet as mx\na = mx.sym.LeakyReLU(data=x, act_type="elu", slope=1.0, name="a")\n',
  ],
  [
    "an OpenMMLab dictionary",
    "gelu",
    "from mmcv.cnn import ConvModule\na = ConvModule(3, 8, 3, act_cfg=dict(type='ReLU', inplace=True))\n",
    "from mmcv.cnn import ConvModule\na = ConvModule(3, 8, 3, act_cfg=dict(type='GELU'))\n",
  ],
  [
    "an output's layer of TensorFlow.js, added by itself",
    "remove-activation",
    'import * as tf from "@tensorflow/tfjs";\nm.add(tf.layers.dense({ units: 1 }));\nm.add(tf.layers.reLU());\nrun();\n',
    'import * as tf from "@tensorflow/tfjs";\nm.add(tf.layers.dense({ units: 1 }));\nrun();\n',
    "model.js",
  ],
  [
    "the same by its name",
    "remove-activation",
    'import * as tf from "@tensorflow/tfjs";\nm.add(tf.layers.activation({ activation: "relu" }));\nrun();\n',
    'import * as tf from "@tensorflow/tfjs";\nrun();\n',
    "model.js",
  ],
  [
    "TensorFlow.js's layers and functions",
    "elu",
    'import * as tf from "@tensorflow/tfjs";\nm.add(tf.layers.dense({ units: 8, activation: "relu" }));\nm.add(tf.layers.reLU());\nconst y = tf.relu(x);\n',
    'import * as tf from "@tensorflow/tfjs";\nm.add(tf.layers.dense({ units: 8, activation: "elu" }));\nm.add(tf.layers.elu());\nconst y = tf.elu(x);\n',
    "model.js",
  ],
  [
    "TensorFlow.js's layers, of which one becomes two",
    "prelu",
    'import * as tf from "@tensorflow/tfjs";\nconst m = tf.sequential({\n  layers: [\n    tf.layers.conv2d({ filters: 8, kernelSize: 3, activation: "relu" }),\n  ],\n});\nm.add(tf.layers.dense({ activation: "relu", units: 8 })); // last\n',
    'import * as tf from "@tensorflow/tfjs";\nconst m = tf.sequential({\n  layers: [\n    tf.layers.conv2d({ filters: 8, kernelSize: 3 }),\n    tf.layers.prelu({ alphaInitializer: tf.initializers.constant({ value: 0.25 }), sharedAxes: [1, 2] }),\n  ],\n});\nm.add(tf.layers.dense({ units: 8 })); // last\nm.add(tf.layers.prelu({ alphaInitializer: tf.initializers.constant({ value: 0.25 }) }));\n',
    "model.js",
  ],
  [
    "TensorFlow.js's layers that have names, one added and one in a list",
    "leaky-relu",
    'const tf = require("@tensorflow/tfjs");\nconst first = tf.layers.dense({ units: 8, activation: "relu" });\nconst next = tf.layers.dense({ units: 8, activation: "relu" });\nconst m = tf.sequential({ layers: [first, last] });\nm.add(next);\n',
    'const tf = require("@tensorflow/tfjs");\nconst first = tf.layers.dense({ units: 8 });\nconst next = tf.layers.dense({ units: 8 });\nconst m = tf.sequential({ layers: [first, tf.layers.leakyReLU({ alpha: 0.2 }), last] });\nm.add(next);\nm.add(tf.layers.leakyReLU({ alpha: 0.2 }));\n',
    "model.js",
  ],
  [
    "TensorFlow.js's layers that are applied, at once or by a name",
    "leaky-relu",
    'import * as tf from "@tensorflow/tfjs";\nconst i = tf.input({ shape: [8] });\nconst a = tf.layers.dense({ units: 8, activation: "relu" }).apply(i) as tf.SymbolicTensor;\nconst last = tf.layers.dense({ activation: "relu", units: 4 });\nconst o = last.apply(a);\nconst m = tf.model({ inputs: i, outputs: o });\nprint(last.getWeights());\n',
    'import * as tf from "@tensorflow/tfjs";\nconst i = tf.input({ shape: [8] });\nconst a = tf.layers.leakyReLU({ alpha: 0.2 }).apply(tf.layers.dense({ units: 8 }).apply(i)) as tf.SymbolicTensor;\nconst last = tf.layers.dense({ units: 4 });\nconst o = tf.layers.leakyReLU({ alpha: 0.2 }).apply(last.apply(a));\nconst m = tf.model({ inputs: i, outputs: o });\nprint(last.getWeights());\n',
    "model.ts",
  ],
];

for (const [name, kind, before, after, path] of SWITCHES) {
  test(`${name}: ${kind}`, () => {
    assert.equal(switched(before, kind, path).text ?? "", after);
  });
}

test("what else changes is said, and is not called safe", () => {
  const shared = switched(NET(""), "prelu").fix;
  assert.match(
    shared?.note ?? "",
    /adds parameters.*One activation serves 2 layers.*learn one slope together/,
  );
  assert.equal(shared?.applicability, "changes-training");
  assert.match(switched(NET("", "nn.ReLU(inplace=True)"), "gelu").fix?.note ?? "", /no in-place form/);
  const init = "        nn.init.kaiming_normal_(self.a.weight)";
  assert.match(switched(NET(init), "elu").fix?.note ?? "", /He's initialiser stays/);
  const asked =
    "from torch import nn\na = nn.ReLU()\nfor m in net.modules():\n    if isinstance(m, (nn.ReLU, nn.Tanh)):\n        print(m)\n";
  assert.match(switched(asked, "silu").fix?.note ?? "", /isinstance/);
  assert.equal(read(asked).sites[0]?.fixes[0]?.applicability, "changes-training");
  const split = "import keras\nm = keras.Sequential([keras.layers.Dense(8, activation='relu')])\n";
  assert.match(switched(split, "prelu").fix?.note ?? "", /move on by one place/);
});

test("imports that several sites need are added once, behind what must come first", () => {
  const text =
    '#!/usr/bin/env python\n"""What it does."""\nfrom __future__ import annotations\n\nimport jax\n\na = [jax.nn.relu, jax.nn.relu]\n';
  assert.equal(
    switched(text, "leaky-relu").text,
    text
      .replace("import jax\n", "from functools import partial\n\nimport jax\n")
      .replaceAll("jax.nn.relu", "partial(jax.nn.leaky_relu, negative_slope=0.2)"),
  );
});

test("the first TensorFlow has no GELU", () => {
  const text = "import tensorflow as tf\nx = tf.placeholder(tf.float32, [None, 4])\ny = tf.nn.relu(x)\n";
  assert.equal(switched(text, "gelu").fix, undefined);
  assert.ok(switched(text.replace("tf.placeholder", "tf.zeros"), "gelu").fix);
});

test("several imports of one module get a name once", () => {
  const text =
    'from keras.layers import Activation, Dense\nfrom keras.layers import Conv2D\na = [Activation("relu"), Conv2D(8, 3, activation="relu")]\n';
  assert.equal(
    switched(text, "leaky-relu").text,
    "from keras.layers import Activation, Dense, LeakyReLU\nfrom keras.layers import Conv2D\na = [LeakyReLU(negative_slope=0.2), Conv2D(8, 3, activation=LeakyReLU(negative_slope=0.2))]\n",
  );
});

test("what is called by a name of its own changes where the name gets its value", () => {
  const before = "import jax\nact = jax.nn.relu\ny = act(act(x))\n";
  const after = "import jax\nact = jax.nn.elu\ny = act(act(x))\n";
  assert.equal(switched(before, "elu").text, after);
  const twice = "import jax\nact = jax.nn.relu if deep else jax.nn.tanh\ny = act(x)\n";
  assert.equal(switched(twice, "elu").text, twice.replace("relu", "elu"));
  const unknown = "import jax\nact = jax.nn.relu\nact = jax.nn.relu\ny = act(x)\n";
  const { analysis, fixes } = inspect({ path: "model.py", text: unknown });
  const site = analysis.sites.find(({ kind }) => kind === "func_call");
  const [network] = inspect({ path: "model.py", text: NET("") }).analysis.networks;
  assert.ok(site && network);
  assert.equal(fixes.fix(network, { kind: "elu", sites: [site] }), undefined);
});

test("the slope of a Leaky ReLU can be changed", () => {
  const text = "from torch import nn\na = nn.LeakyReLU(negative_slope=0.01, inplace=True)\n";
  const { text: after } = switched(text, "leaky-relu", "model.py", "leaky_relu");
  assert.equal(after, text.replace("0.01", "0.2"));
  assert.equal(switched(after ?? "", "leaky-relu", "model.py", "leaky_relu").fix, undefined);
});
