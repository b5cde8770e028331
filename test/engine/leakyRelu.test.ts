import assert from "node:assert/strict";
import { test } from "node:test";
import { fixed, read } from "./support.ts";

/** Before and after, as someone would have written it by hand. */
const REWRITES: readonly (readonly [name: string, before: string, after: string])[] = [
  [
    "a module",
    "import torch.nn as nn\na = nn.ReLU()\n",
    "import torch.nn as nn\na = nn.LeakyReLU(negative_slope=0.01)\n",
  ],
  [
    "a name in a partial layer",
    'from functools import partial\nfrom keras import layers\nDense = partial(layers.Dense, 8, activation="relu")\n',
    "from functools import partial\nfrom keras import layers\nDense = partial(layers.Dense, 8, activation=layers.LeakyReLU(negative_slope=0.01))\n",
  ],
  [
    "a module in place",
    "import torch.nn as nn\na = nn.ReLU(inplace=True)\n",
    "import torch.nn as nn\na = nn.LeakyReLU(negative_slope=0.01, inplace=True)\n",
  ],
  [
    "a module in place, by position",
    "from torch import nn\na = nn.ReLU(True)\n",
    "from torch import nn\na = nn.LeakyReLU(negative_slope=0.01, inplace=True)\n",
  ],
  [
    "a module with a comment in its brackets",
    "from torch import nn\na = nn.ReLU(  # in place\n    inplace=True,\n)\n",
    "from torch import nn\na = nn.LeakyReLU(  # in place\n    negative_slope=0.01,\n    inplace=True,\n)\n",
  ],
  [
    "a name imported by itself",
    "from torch.nn import ReLU\na = ReLU()\n",
    "from torch.nn import ReLU, LeakyReLU\na = LeakyReLU(negative_slope=0.01)\n",
  ],
  [
    "an import with one name a line and CRLF",
    "from torch.nn import (\r\n    Linear,\r\n    ReLU,\r\n)\r\na = ReLU()\r\n",
    "from torch.nn import (\r\n    LeakyReLU,\r\n    Linear,\r\n    ReLU,\r\n)\r\na = LeakyReLU(negative_slope=0.01)\r\n",
  ],
  [
    "arguments with a line for each, one with a comment",
    "from torch import nn\na = nn.ReLU(\n    inplace=True,  # saves memory\n)\n",
    "from torch import nn\na = nn.LeakyReLU(\n    negative_slope=0.01,\n    inplace=True,  # saves memory\n)\n",
  ],
  [
    "an input and a flag with a line for each",
    "import torch.nn.functional as F\ny = F.relu(\n    x,  # of the branch\n    inplace=True\n)\n",
    "import torch.nn.functional as F\ny = F.leaky_relu(\n    x,  # of the branch\n    negative_slope=0.01,\n    inplace=True\n)\n",
  ],
  [
    "an import whose names are in order",
    "from torch.nn import (Conv2d, Linear,\n                      Module, ReLU)\na = ReLU()\n",
    "from torch.nn import (Conv2d, LeakyReLU, Linear,\n                      Module, ReLU)\na = LeakyReLU(negative_slope=0.01)\n",
  ],
  [
    "an import whose names have no order",
    "from torch.nn import ReLU, Linear\na = ReLU()\n",
    "from torch.nn import ReLU, Linear, LeakyReLU\na = LeakyReLU(negative_slope=0.01)\n",
  ],
  [
    "a module of layers that only the first Keras had",
    'from keras.layers.core import Activation, Dense\na = Activation("relu")\n',
    "from keras.layers.core import Activation, Dense\nfrom keras.layers import LeakyReLU\na = LeakyReLU(alpha=0.01)\n",
  ],
  [
    "a module of layers that only the first Keras had, beside the one that has all",
    'from keras.layers import Input\nfrom keras.layers.core import Activation, Dense\na = Activation("relu")\n',
    "from keras.layers import Input, LeakyReLU\nfrom keras.layers.core import Activation, Dense\na = LeakyReLU(alpha=0.01)\n",
  ],
  [
    "a class handed on, behind imports of the standard library",
    "import argparse\nimport os\n\nimport torch.nn as nn\nblock = Block(64, act_layer=nn.ReLU)\n",
    "import argparse\nimport os\nfrom functools import partial\n\nimport torch.nn as nn\nblock = Block(64, act_layer=partial(nn.LeakyReLU, negative_slope=0.01))\n",
  ],
  [
    "a class handed on, where functools is imported from",
    "from functools import lru_cache, reduce\nimport torch.nn as nn\nblock = Block(64, act_layer=nn.ReLU)\n",
    "from functools import lru_cache, partial, reduce\nimport torch.nn as nn\nblock = Block(64, act_layer=partial(nn.LeakyReLU, negative_slope=0.01))\n",
  ],
  [
    "a name that is imported already",
    "from torch.nn import LeakyReLU as Leaky, ReLU\na = ReLU()\n",
    "from torch.nn import LeakyReLU as Leaky, ReLU\na = Leaky(negative_slope=0.01)\n",
  ],
  [
    "import *",
    "from torch.nn import *\na = ReLU()\n",
    "from torch.nn import *\na = LeakyReLU(negative_slope=0.01)\n",
  ],
  [
    "the functional form",
    "import torch.nn.functional as F\ny = F.relu(self.fc(x))\n",
    "import torch.nn.functional as F\ny = F.leaky_relu(self.fc(x), negative_slope=0.01)\n",
  ],
  [
    "the functional form in place",
    "import torch.nn.functional as F\ny = F.relu(x, True)\n",
    "import torch.nn.functional as F\ny = F.leaky_relu(x, negative_slope=0.01, inplace=True)\n",
  ],
  [
    "the functional form with a trailing comma",
    "import torch.nn.functional as F\ny = F.relu(\n    x,\n)\n",
    "import torch.nn.functional as F\ny = F.leaky_relu(\n    x,\n    negative_slope=0.01,\n)\n",
  ],
  [
    "torch.relu has no leaky sibling: F has it",
    "import torch\nimport torch.nn.functional as F\ny = torch.relu(x)\n",
    "import torch\nimport torch.nn.functional as F\ny = F.leaky_relu(x, negative_slope=0.01)\n",
  ],
  [
    "torch.relu with nothing but torch",
    "import torch\ny = torch.relu(x)\n",
    "import torch\ny = torch.nn.functional.leaky_relu(x, negative_slope=0.01)\n",
  ],
  [
    "relu imported from torch",
    "from torch import relu\n\ny = relu(x)\n",
    "from torch import relu\nfrom torch.nn.functional import leaky_relu\n\ny = leaky_relu(x, negative_slope=0.01)\n",
  ],
  [
    "a method",
    "import torch\ny = (x + 1).relu()\n",
    "import torch\ny = torch.nn.functional.leaky_relu((x + 1), negative_slope=0.01)\n",
  ],
  [
    "a class handed on",
    "import torch.nn as nn\nblock = Block(64, act_layer=nn.ReLU)\n",
    "from functools import partial\n\nimport torch.nn as nn\nblock = Block(64, act_layer=partial(nn.LeakyReLU, negative_slope=0.01))\n",
  ],
  [
    "a Keras string",
    'from keras import layers\na = layers.Dense(64, activation="relu")\n',
    "from keras import layers\na = layers.Dense(64, activation=layers.LeakyReLU(negative_slope=0.01))\n",
  ],
  [
    "a Keras string beside a layer imported by itself",
    "from tensorflow.keras.layers import Dense\na = Dense(64, 'relu')\n",
    "from tensorflow.keras.layers import Dense, LeakyReLU\na = Dense(64, LeakyReLU(negative_slope=0.01))\n",
  ],
  [
    "an Activation layer keeps its name",
    'import tensorflow as tf\na = tf.keras.layers.Activation("relu", name="a")\n',
    'import tensorflow as tf\na = tf.keras.layers.LeakyReLU(negative_slope=0.01, name="a")\n',
  ],
  [
    "a Keras layer",
    "from tensorflow.keras import layers\na = layers.ReLU()\n",
    "from tensorflow.keras import layers\na = layers.LeakyReLU(negative_slope=0.01)\n",
  ],
  [
    "Keras 2 calls the slope alpha",
    "from keras.layers.advanced_activations import LeakyReLU\nfrom keras.layers import Dense\na = Dense(64, activation='relu')\n",
    "from keras.layers.advanced_activations import LeakyReLU\nfrom keras.layers import Dense\na = Dense(64, activation=LeakyReLU(alpha=0.01))\n",
  ],
  [
    "tf.nn.relu, whose slope is alpha",
    "import tensorflow as tf\ny = tf.nn.relu(x, name='y')\n",
    "import tensorflow as tf\ny = tf.nn.leaky_relu(x, alpha=0.01, name='y')\n",
  ],
  [
    "tf.nn.relu handed to a Keras layer",
    "import tensorflow as tf\na = tf.keras.layers.Dense(64, activation=tf.nn.relu)\n",
    "import tensorflow as tf\na = tf.keras.layers.Dense(64, activation=tf.keras.layers.LeakyReLU(negative_slope=0.01))\n",
  ],
  [
    "a name for a transformer layer, which takes functions too",
    'import torch.nn as nn\nimport torch.nn.functional as F\na = nn.TransformerEncoderLayer(8, 2, activation="relu")\n',
    "from functools import partial\n\nimport torch.nn as nn\nimport torch.nn.functional as F\na = nn.TransformerEncoderLayer(8, 2, activation=partial(F.leaky_relu, negative_slope=0.01))\n",
  ],
  [
    "jax.nn",
    "import jax\ny = jax.nn.relu(x)\n",
    "import jax\ny = jax.nn.leaky_relu(x, negative_slope=0.01)\n",
  ],
  [
    "Flax linen",
    "import flax.linen as nn\ny = nn.relu(x)\n",
    "import flax.linen as nn\ny = nn.leaky_relu(x, negative_slope=0.01)\n",
  ],
  [
    "Flax nnx",
    "from flax import nnx\ny = nnx.relu(x)\n",
    "from flax import nnx\ny = nnx.leaky_relu(x, negative_slope=0.01)\n",
  ],
  [
    "a function for a Haiku network",
    "import haiku as hk\nimport jax\nm = hk.nets.MLP([8], activation=jax.nn.relu)\n",
    "from functools import partial\n\nimport haiku as hk\nimport jax\nm = hk.nets.MLP([8], activation=partial(jax.nn.leaky_relu, negative_slope=0.01))\n",
  ],
  [
    "Gluon's Activation layer",
    "from mxnet.gluon import nn\na = nn.Activation('relu')\n",
    "from mxnet.gluon import nn\na = nn.LeakyReLU(alpha=0.01)\n",
  ],
  [
    "F of hybrid_forward",
    "from mxnet import gluon\nclass A(gluon.HybridBlock):\n    def hybrid_forward(self, F, x):\n        return F.relu(x)\n",
    "from mxnet import gluon\nclass A(gluon.HybridBlock):\n    def hybrid_forward(self, F, x):\n        return F.LeakyReLU(x, slope=0.01)\n",
  ],
  [
    "MXNet's operator for all activations",
    'import mxnet as mx\na = mx.sym.Activation(data=x, act_type="relu", name="a")\n',
    'import mxnet as mx\na = mx.sym.LeakyReLU(data=x, act_type="leaky", slope=0.01, name="a")\n',
  ],
  [
    "Paddle's layer",
    "import paddle\na = paddle.nn.ReLU()\n",
    "import paddle\na = paddle.nn.LeakyReLU(negative_slope=0.01)\n",
  ],
  [
    "Paddle's function",
    "import paddle.nn.functional as F\ny = F.relu(x)\n",
    "import paddle.nn.functional as F\ny = F.leaky_relu(x, negative_slope=0.01)\n",
  ],
  [
    "an OpenMMLab dictionary",
    "from mmcv.cnn import ConvModule\na = ConvModule(3, 8, 3, act_cfg=dict(type='ReLU', inplace=True))\n",
    "from mmcv.cnn import ConvModule\na = ConvModule(3, 8, 3, act_cfg=dict(type='LeakyReLU', negative_slope=0.01, inplace=True))\n",
  ],
  [
    "an OpenMMLab dictionary in braces",
    'model = dict(neck=dict(act_cfg={"type": "ReLU"}))\n',
    'model = dict(neck=dict(act_cfg={"type": "LeakyReLU", "negative_slope": 0.01}))\n',
  ],
  [
    "tf.nn.relu handed to a layer of TensorFlow 1",
    "import tensorflow as tf\na = tf.layers.dense(x, 10, activation=tf.nn.relu)\n",
    "from functools import partial\n\nimport tensorflow as tf\na = tf.layers.dense(x, 10, activation=partial(tf.nn.leaky_relu, alpha=0.01))\n",
  ],
];

for (const [name, before, after] of REWRITES) {
  test(`${name} is rewritten`, () => {
    assert.equal(fixed(before), after);
    assert.ok(
      read(after).sites.some(
        ({ activation, parameters }) => activation === "leaky_relu" && parameters.negative_slope === 0.01,
      ),
      "the result is read as Leaky ReLU with slope 0.01",
    );
  });
}

const REFUSED: readonly (readonly [name: string, text: string, reason: RegExp])[] = [
  [
    "a bounded ReLU",
    "from keras import layers\na = layers.ReLU(max_value=6)\n",
    /max_value has no counterpart/,
  ],
  [
    "a slope from elsewhere",
    "from keras import layers\na = layers.ReLU(negative_slope=slope)\n",
    /negative_slope of its own/,
  ],
  ["arguments from a list", "import torch.nn as nn\na = nn.ReLU(*options)\n", /list that is not known/],
  [
    "a name that means something else",
    "from torch.nn import ReLU\nLeakyReLU = 1\na = ReLU()\n",
    /used for something else/,
  ],
  ["a call that is not closed", "import torch.nn as nn\na = nn.ReLU(\n", /not closed/],
  ["a string for an unknown callee", 'import torch\na = block(activation="relu")\n', /not known/],
  [
    "a string for nn.RNN",
    'import torch.nn as nn\na = nn.RNN(8, 8, nonlinearity="relu")\n',
    /knows only 'tanh' and 'relu'/,
  ],
  [
    "scikit-learn, which has no Leaky ReLU",
    "from sklearn.neural_network import MLPClassifier\na = MLPClassifier(activation='relu')\n",
    /scikit-learn has no Leaky ReLU/,
  ],
  [
    "a quantised module",
    "import torch.ao.nn.quantized as nnq\na = nnq.ReLU6()\nimport torch.nn.intrinsic as nni\nb = nni.ConvReLU2d(c, r)\n",
    /quantised or fused/,
  ],
  [
    "a Gluon layer, which takes only names",
    "from mxnet.gluon import nn\na = nn.Dense(8, activation='relu')\n",
    /only names of activations/,
  ],
  [
    "a name kept in a variable",
    "from keras import layers\nACT = 'relu'\na = layers.Dense(8, activation=ACT)\n",
    /kept in a variable/,
  ],
  [
    "Caffe's numbers given together",
    "from caffe import layers as L\na = L.ReLU(x, relu_param=dict(engine=1))\n",
    /relu_param/,
  ],
  [
    "a module that is looked up",
    'from torch import nn\na = getattr(nn, "ReLU")()\n',
    /looked up by its name/,
  ],
];

for (const [name, text, reason] of REFUSED) {
  test(`${name} is left alone, and the reason is said`, () => {
    assert.match(fixed(text), reason);
  });
}

test("what can't die is offered nothing", () => {
  assert.equal(fixed("import torch.nn as nn\na = nn.GELU()\n"), "no fix: none needed");
  assert.equal(
    fixed("from keras import layers\na = layers.ReLU(negative_slope=0.1)\n"),
    "no fix: none needed",
  );
});

test("Caffe's ReLU takes the slope itself", () => {
  const text = "from caffe import layers as L\na = L.ReLU(conv, in_place=True)\n";
  assert.equal(
    fixed(text),
    "from caffe import layers as L\na = L.ReLU(conv, negative_slope=0.01, in_place=True)\n",
  );
});

test("a framework's own layer is no place elsewhere", () => {
  const applicability = (text: string) => read(text).sites.flatMap(({ fixes }) => fixes)[0]?.applicability;
  assert.equal(applicability("import torch\nblock = Block(8, act=torch.nn.ReLU)\n"), "changes-training");
  assert.equal(
    applicability("import tensorflow as tf\na = tf.layers.dense(x, 10, activation=tf.nn.relu)\n"),
    "safe",
  );
});
