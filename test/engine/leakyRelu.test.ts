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
    "from torch import nn\na = nn.LeakyReLU(negative_slope=0.01,   # in place\n    inplace=True,\n)\n",
  ],
  [
    "a name imported by itself",
    "from torch.nn import ReLU\na = ReLU()\n",
    "from torch.nn import ReLU, LeakyReLU\na = LeakyReLU(negative_slope=0.01)\n",
  ],
  [
    "an import with one name a line and CRLF",
    "from torch.nn import (\r\n    Linear,\r\n    ReLU,\r\n)\r\na = ReLU()\r\n",
    "from torch.nn import (\r\n    Linear,\r\n    ReLU,\r\n    LeakyReLU,\r\n)\r\na = LeakyReLU(negative_slope=0.01)\r\n",
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
    "import torch.nn.functional as F\ny = F.leaky_relu(\n    x, negative_slope=0.01,\n)\n",
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
    "from functools import partial\nimport torch.nn as nn\nblock = Block(64, act_layer=partial(nn.LeakyReLU, negative_slope=0.01))\n",
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
    /chosen by a name/,
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
