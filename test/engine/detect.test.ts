import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords, read } from "./support.ts";

const FOUND: readonly (readonly [name: string, text: string, sites: readonly string[]])[] = [
  [
    "modules and functions",
    "from torch import nn\nimport torch.nn.functional as F\ny = nn.ReLU()(F.gelu(x))\n",
    ["nn.ReLU() relu class_call", "F.gelu(x) gelu func_call"],
  ],
  [
    "an alias of an alias",
    "import torch\nL = torch.nn\nA = L.ReLU\na = A()\n",
    ["L.ReLU relu reference", "A() relu class_call"],
  ],
  [
    "a reference as an argument",
    "from torch import nn\nb = Block(act_layer=nn.ReLU)\n",
    ["nn.ReLU relu reference"],
  ],
  [
    "a reference as a default",
    "from torch import nn\ndef f(act=nn.ReLU): pass\n",
    ["nn.ReLU relu reference"],
  ],
  [
    "both sides of a choice",
    "from torch import nn\na = nn.ReLU if deep else nn.Tanh\n",
    ["nn.ReLU relu reference", "nn.Tanh tanh reference"],
  ],
  ["act or nn.ReLU", "from torch import nn\na = act or nn.ReLU\n", ["nn.ReLU relu reference"]],
  [
    "values of a table, not its keys",
    'from torch import nn\nT = {"relu": nn.ReLU, nn.GELU: 1}\n',
    ["nn.ReLU relu reference"],
  ],
  [
    "partial",
    "from torch import nn\nfrom functools import partial\na = partial(nn.LeakyReLU, 0.2)\n",
    ["nn.LeakyReLU leaky_relu partial"],
  ],
  ["getattr", 'from torch import nn\na = getattr(nn, "ReLU")()\n', ['getattr(nn, "ReLU") relu lookup']],
  ["a method of some object is only likely", "import torch\ny = x.relu()\n", ["x.relu() relu method_call?"]],
  [
    "Keras strings",
    "from keras import layers\na = layers.Dense(4, 'relu')\nb = layers.LSTM(4, recurrent_activation='sigmoid')\n",
    ["'relu' relu string_arg", "'sigmoid' sigmoid string_arg"],
  ],
  [
    "tf.keras, however it is reached",
    "import tensorflow as tf\nk = tf.compat.v1.keras\na = k.layers.Activation('tanh')\n",
    ["'tanh' tanh string_arg"],
  ],
  [
    "strings for unknown callees are only likely",
    "import keras\na = block(x, activation='relu')\n",
    ["'relu' relu string_arg?"],
  ],
  [
    "the body of a case",
    "from torch import nn\nmatch m:\n    case 1:\n        a = nn.ReLU()\n",
    ["nn.ReLU() relu class_call"],
  ],
  [
    "the first import that works",
    "try:\n    from tensorflow import keras\nexcept ImportError:\n    import keras\na = keras.layers.ReLU()\n",
    ["keras.layers.ReLU() relu class_call"],
  ],
  [
    "what a dictionary, a default or a variable calls an activation is only likely",
    "import keras\nd = {'activation': 'relu'}\ndef f(activation='tanh'): pass\nself.act = 'elu'\n",
    ["'relu' relu config_value?", "'tanh' tanh config_value?", "'elu' elu config_value?"],
  ],
  [
    "a module that a function returned, or another file of the project has, is only likely",
    "from .common import nn\nbackend, layers = get_modules()\na = nn.ReLU()\nb = layers.ReLU()\n",
    ["nn.ReLU() relu class_call?", "layers.ReLU() relu class_call?"],
  ],
  [
    "of several import * the one that has it",
    "from torch import *\nfrom torch.nn import *\na = ReLU()\nb = nn.ELU()\n",
    ["ReLU() relu class_call", "nn.ELU() elu class_call"],
  ],
  [
    "what a call inside a test is given",
    "from torch import nn\nassert build(nn.ReLU)(x).shape == (1,)\nif isinstance(make(act=nn.Tanh), nn.GELU): pass\n",
    ["nn.ReLU relu reference", "nn.Tanh tanh reference"],
  ],
  [
    "an activation picked out of a list or a table",
    "from torch import nn\na = [nn.ReLU, nn.GELU][i]\nb = {'elu': nn.ELU}[name]\n",
    ["nn.ReLU relu reference", "nn.GELU gelu reference", "nn.ELU elu reference"],
  ],
  ["a name that is not imported but usual is only likely", "a = nn.ReLU()\n", ["nn.ReLU() relu class_call?"]],
];

for (const [name, text, sites] of FOUND) test(`finds ${name}`, () => assert.deepEqual(inWords(text), sites));

const SILENT: readonly (readonly [name: string, text: string])[] = [
  ["imports", "from torch.nn import ReLU\nfrom torch.nn.functional import relu\n"],
  [
    "annotations",
    "from torch import nn\ndef f(a: nn.ReLU, c: Callable[[nn.ReLU], nn.Tanh]) -> nn.ReLU:\n    b: nn.ReLU\n",
  ],
  [
    "type checks",
    "from torch import nn\nif isinstance(m, (nn.ReLU, nn.ReLU6)) or type(m) == nn.ReLU: pass\n",
  ],
  ["base classes", "from torch import nn\nclass A(nn.ReLU): pass\n"],
  ["patterns", "from torch import nn\nmatch m:\n    case nn.ReLU(): pass\n"],
  ["comments and docstrings", 'from torch import nn\n"""nn.ReLU()"""\n# nn.ReLU()\n'],
  [
    "casts, type variables and super",
    "from torch import nn\nfrom typing import cast, TypeVar\na = cast(nn.ReLU, b)\nT = TypeVar('T', bound=nn.ReLU)\nsuper(nn.ReLU, a).f()\n",
  ],
  [
    "what a test asserts about",
    "from torch import nn\nself.assertIsInstance(m, nn.ReLU)\nself.assertEqual(type(m), nn.ReLU)\nassert m is nn.ReLU\n",
  ],
  [
    "lists of fused modules",
    "import torch.ao.nn.intrinsic as nni\nFUSED = {nni.LinearReLU: 1}\nKNOWN = [nni.LinearReLU, nni.ConvReLU2d]\n",
  ],
  [
    "descriptions of other layers",
    "from mmcv.cnn import ConvModule\nConvModule(3, 8, 3, norm_cfg=dict(type='Tanh'), act_cfg=None)\n",
  ],
  ["defaults of initialisers", "import torch\ndef f(nonlinearity='relu'): pass\n"],
  ["comparisons of strings", "import keras\nif activation == 'relu': pass\n"],
  ["names of layers", "from keras import layers\na = layers.Dense(3, name='relu')\n"],
  [
    "gains of initialisers",
    "from torch import nn\nnn.init.kaiming_normal_(w, nonlinearity='relu')\nnn.init.calculate_gain('relu')\n",
  ],
  ["NumPy", "import numpy as np\nimport torch\ny = np.tanh(x)\n"],
  [
    "a function of the same name",
    "import torch\nfrom torch.nn.functional import relu\ndef relu(x): return x\ny = relu(x)\n",
  ],
  [
    "a parameter that hides an import",
    "from torch.nn.functional import relu\ndef f(relu):\n    return relu(1)\n",
  ],
  [
    "applying a module",
    "from torch import nn\nclass A:\n    def __init__(self): self.act = Other()\n    def forward(self, x): return self.act(x)\n",
  ],
];

for (const [name, text] of SILENT) test(`is silent on ${name}`, () => assert.deepEqual(inWords(text), []));

test("slopes are those written, or that framework's default", () => {
  const slopes = read(
    [
      "import tensorflow as tf",
      "from torch import nn",
      "import torch.nn.functional as F",
      "SLOPE = 0.1",
      "nn.LeakyReLU(0.2)",
      "nn.LeakyReLU(negative_slope=SLOPE)",
      "nn.LeakyReLU()",
      "F.leaky_relu(x, 0.3)",
      "tf.keras.layers.LeakyReLU()",
      "tf.keras.layers.LeakyReLU(alpha=0.4)",
      "tf.keras.layers.Dense(3, activation='leaky_relu')",
      "tf.nn.leaky_relu(x)",
      "nn.LeakyReLU(options.slope)",
    ].join("\n"),
  ).sites.map(({ parameters, defaulted }) => [
    parameters.negative_slope,
    defaulted.includes("negative_slope"),
  ]);
  assert.deepEqual(slopes, [
    [0.2, false],
    [0.1, false],
    [0.01, true],
    [0.3, false],
    [0.3, true],
    [0.4, false],
    [0.2, true],
    [0.2, true],
    [undefined, false],
  ]);
});

test("spans are UTF-16 offsets, behind surrogate pairs too", () => {
  const text = 'import torch.nn as nn\nx = "\u{1F600}"; a = nn.ReLU()\n';
  assert.deepEqual(inWords(text), ["nn.ReLU() relu class_call"]);
});
