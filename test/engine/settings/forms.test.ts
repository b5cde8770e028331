/** How changes of settings are written: numbers as the file has them, names, imports, places; and where there is none. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inFormatOf } from "../../../src/engine/fixes/settings/numbers.ts";
import { switched } from "../switching.ts";
import { added } from "./asking.ts";
import { HEAD, LOSS, MODEL, STEP } from "./code.ts";

test("a number keeps the format of the one before it", () => {
  const cases: readonly (readonly [number, string, string])[] = [
    [0.0006, "0.1", "0.0006"],
    [0.0006, "1e-1", "6e-4"],
    [0.0006, "1E-01", "6E-04"],
    [0.0006, ".1", ".0006"],
    [0.00025, "1.0e-2", "2.5e-4"],
    [2, "1e+1", "2e+0"],
    [1e-7, "0.5", "1e-7"],
    [0.5, "1", "0.5"],
  ];
  for (const [value, model, wanted] of cases) {
    assert.equal(inFormatOf(value, model), wanted);
    assert.equal(Number(inFormatOf(value, model)), value);
  }
});

test("code that would meet a new parameter gets none", () => {
  const net = (more: string) =>
    `${HEAD}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(20, 64)
        self.out = nn.Linear(64, 3)

    def forward(self, x):
        return self.out(F.relu(self.fc(x)))


net = Net()
${more}optimizer = optim.Adam(net.parameters())
criterion(net(torch.randn(8, 20)), y)
`;
  const draws =
    "for name, p in net.named_parameters():\n    if 'weight' in name:\n        nn.init.xavier_normal_(p)\n";
  const trunk = "trunk = nn.Sequential(*list(net.children())[:-1])\n";
  assert.notDeepEqual(added(net(""), "batch-norm"), ["no fix"]);
  assert.deepEqual(added(net(draws), "batch-norm"), ["no fix"]);
  assert.deepEqual(added(net(trunk), "batch-norm"), ["no fix"]);
  assert.ok(switched(net(""), "prelu").fix);
  assert.equal(switched(net(draws), "prelu").fix, undefined);
  assert.equal(switched(net(trunk), "prelu").fix, undefined);
});

test("where a class has a normalisation of its own, which may be none, no other stands beside it", () => {
  const net = (call: string) =>
    `${HEAD}class Net(nn.Module):
    def __init__(self, norm=None):
        super().__init__()
        self.fc = nn.Linear(20, 64)
        self.bn = norm(64) if norm is not None else nn.Identity()
        self.out = nn.Linear(64, 3)

    def forward(self, x):
        return self.out(F.relu(${call}))


net = Net()
optimizer = optim.Adam(net.parameters())
criterion(net(torch.randn(8, 20)), y)
`;
  assert.deepEqual(added(net("self.bn(self.fc(x))"), "batch-norm"), ["no fix"]);
  assert.notDeepEqual(added(net("self.fc(x)"), "batch-norm"), ["no fix"]);
});

test("what a file of Keras 1 has no argument for is not written", () => {
  const old = (form: string): string =>
    `from keras.models import Sequential\nfrom keras.layers.core import Dense, Activation\nmodel = Sequential()\nmodel.add(Dense(64, input_dim=20, ${form}))\nmodel.add(Activation("relu"))\nmodel.add(Dense(3, activation="softmax"))\nmodel.compile("sgd", "categorical_crossentropy")\n`;
  for (const kind of ["initialiser", "batch-norm"] as const)
    assert.deepEqual(added(old('init="uniform"'), kind), ["no fix"], kind);
  assert.deepEqual(added(old('init="uniform"'), "learning-rate"), [
    "from keras.optimizers import SGD",
    'model.compile(SGD(lr=0.0006), "categorical_crossentropy")',
  ]);
  assert.deepEqual(added(old("name='first'"), "initialiser"), [
    "model.add(Dense(64, input_dim=20, name='first', kernel_initializer='he_normal'))",
  ]);
});

test("layers are named as those beside them, whatever else has a name", () => {
  assert.deepEqual(
    added(
      `import keras\nfrom keras import Sequential\nfrom keras.layers import Dense, Input\nmodel = Sequential([Input((20,)), Dense(64, activation="relu"), Dense(3)])\nmodel.compile("adam", "mse")\n`,
      "batch-norm",
    ),
    [
      "from keras.layers import Activation, BatchNormalization, Dense, Input",
      'model = Sequential([Input((20,)), Dense(64, use_bias=False), BatchNormalization(), Activation("relu"), Dense(3)])',
    ],
  );
  assert.deepEqual(
    added(
      `${HEAD}from torch.nn import Linear, ReLU\nmodel = nn.Sequential(Linear(20, 64), ReLU(), Linear(64, 3))\n${LOSS}optimizer = optim.SGD(model.parameters())\n${STEP}`,
      "batch-norm",
    ),
    [
      "from torch.nn import BatchNorm1d, Linear, ReLU",
      "model = nn.Sequential(Linear(20, 64, bias=False), BatchNorm1d(64), ReLU(), Linear(64, 3))",
    ],
  );
});

test("layers of a list are drawn by a loop over it, unless it holds others too", () => {
  const deep = (form: string): string[] =>
    added(
      `${HEAD}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        ${form}

    def forward(self, x):
        for layer in self.hidden[:10]:
            x = F.relu(layer(x))
        return self.out(x)


net = Net()
optimizer = optim.Adam(net.parameters())
criterion(net(torch.randn(8, 64)), y)
`,
      "initialiser",
    );
  assert.deepEqual(
    deep(
      "self.hidden = nn.ModuleList(nn.Linear(64, 64) for _ in range(10))\n        self.out = nn.Linear(64, 3)",
    ),
    [
      "        for layer in self.hidden:",
      '            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")',
      "            nn.init.zeros_(layer.bias)",
    ],
  );
  assert.deepEqual(
    deep(
      "self.hidden = nn.ModuleList([nn.Linear(64, 64) for _ in range(11)])\n        self.out = self.hidden[10]",
    ).filter((line) => line.includes("in self.hidden:")),
    [],
  );
});

const clipped = (code: string, head = HEAD): string[] =>
  added(`${head}${MODEL}${LOSS}${code}`, "clip-gradients");

test("gradients are clipped between backward and step, with the parameters that the optimiser has", () => {
  assert.deepEqual(clipped(`optimizer = optim.SGD(model.parameters(), lr=0.1)\n${STEP}`), [
    "nn.utils.clip_grad_norm_(model.parameters(), 1.0)",
  ]);
  assert.deepEqual(clipped(`optimizer = optim.SGD([{"params": model.parameters(), "lr": 0.1}])\n${STEP}`), [
    'nn.utils.clip_grad_norm_([p for group in optimizer.param_groups for p in group["params"]], 1.0)',
  ]);
  assert.deepEqual(
    clipped(
      `optimizer = optim.SGD(model.parameters(), lr=0.1)
scaler = torch.cuda.amp.GradScaler()
for x, y in [(torch.randn(8, 20), torch.zeros(8).long())]:
    loss = criterion(model(x), y)
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    scaler.step(optimizer)
`,
    ),
    ["    nn.utils.clip_grad_norm_(model.parameters(), 1.0)"],
    "unscaled already",
  );
});

test("no clipping where it is there, where others step, and where there is no step", () => {
  const made = "optimizer = optim.SGD(model.parameters(), lr=0.1)\n";
  assert.deepEqual(clipped(made), ["no fix"]);
  assert.deepEqual(
    clipped(
      `${made}${STEP.replace("optimizer", "nn.utils.clip_grad_norm_(model.parameters(), 0.5)\noptimizer")}`,
    ),
    ["no fix"],
  );
  assert.deepEqual(clipped(`${made}${STEP.replace("loss.backward()", "accelerator.backward(loss)")}`), [
    "no fix",
  ]);
  assert.deepEqual(clipped(`${made}def closure():\n    return 1\noptimizer.step(closure)\n`), ["no fix"]);
});

const net = (init: string, forward: string, more = ""): string => `${HEAD}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(20, 64)
        self.fc2 = nn.Linear(64, 64)
        self.out = nn.Linear(64, 3)
${init}
    def forward(self, x):
${forward}

model = Net()
optimizer = optim.Adam(model.parameters(), lr=0.1)
${more}`;

const PLAIN = "        x = F.relu(self.fc1(x))\n        x = F.relu(self.fc2(x))\n        return self.out(x)";

test("weights are drawn behind the code that makes the layers, each as what follows needs it", () => {
  assert.deepEqual(added(net("", PLAIN), "initialiser"), [
    "        for layer in (self.fc1, self.fc2):",
    '            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")',
    "            nn.init.zeros_(layer.bias)",
  ]);
  assert.deepEqual(
    added(net("", PLAIN.replace("F.relu(self.fc1(x))", "torch.tanh(self.fc1(x))")), "initialiser"),
    [
      "        nn.init.xavier_uniform_(self.fc1.weight)",
      "        nn.init.zeros_(self.fc1.bias)",
      '        nn.init.kaiming_normal_(self.fc2.weight, nonlinearity="relu")',
      "        nn.init.zeros_(self.fc2.bias)",
    ],
  );
  assert.deepEqual(
    added(
      net("", PLAIN.replaceAll("F.relu(self.fc2(x))", "F.leaky_relu(self.fc2(x), 0.3)")),
      "initialiser",
    ).filter((line) => line.includes("kaiming")),
    [
      '        nn.init.kaiming_normal_(self.fc1.weight, nonlinearity="relu")',
      '        nn.init.kaiming_normal_(self.fc2.weight, a=0.3, nonlinearity="leaky_relu")',
    ],
  );
});

test("a bias whose first value is written keeps it when weights are drawn anew", () => {
  const written = net("        nn.init.constant_(self.fc1.bias, -0.5)\n", PLAIN);
  assert.deepEqual(added(written, "initialiser"), [
    '        nn.init.kaiming_normal_(self.fc1.weight, nonlinearity="relu")',
    '        nn.init.kaiming_normal_(self.fc2.weight, nonlinearity="relu")',
    "        nn.init.zeros_(self.fc2.bias)",
  ]);
  // Layers that can't be named one by one are drawn with the output, whose bias would go with them.
  const prior = `${HEAD}
def block(a, b):
    return nn.Sequential(nn.Linear(a, b), nn.ReLU())

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([block(20, 20) for _ in range(9)])
        self.out = nn.Linear(20, 3)
        BIAS

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return self.out(x)

model = Net()
optimizer = optim.Adam(model.parameters(), lr=0.1)
`;
  assert.match(added(prior.replace("BIAS", "self.depth = 9"), "initialiser").join("\n"), /self\.modules\(\)/);
  assert.deepEqual(added(prior.replace("BIAS", "nn.init.constant_(self.out.bias, -2.0)"), "initialiser"), [
    "no fix",
  ]);
});

test("a normalisation stands between layer and activation, wherever these are", () => {
  assert.deepEqual(added(net("", PLAIN), "batch-norm"), [
    "        self.fc1 = nn.Linear(20, 64, bias=False)",
    "        self.bn1 = nn.BatchNorm1d(64)",
    "        self.fc2 = nn.Linear(64, 64, bias=False)",
    "        self.bn2 = nn.BatchNorm1d(64)",
    "        x = F.relu(self.bn1(self.fc1(x)))",
    "        x = F.relu(self.bn2(self.fc2(x)))",
  ]);
  assert.deepEqual(added(net("        self.bn1 = nn.Identity()\n", PLAIN), "batch-norm").slice(1, 2), [
    "        self.bn_fc1 = nn.BatchNorm1d(64)",
  ]);
});

test("a bias that other code speaks of stays", () => {
  const text = net("        nn.init.constant_(self.fc1.bias, 0.5)\n", PLAIN);
  assert.deepEqual(
    added(text, "batch-norm").filter((line) => /bias/.test(line)),
    [],
  );
});

test("no normalisation where a batch may be one row, of sequences, of weights that are loaded, of shared layers", () => {
  for (const more of [
    "import gymnasium as gym\n",
    "loader = torch.utils.data.DataLoader([], batch_size=1)\n",
    'model.load_state_dict(torch.load("w.pt"))\n',
    "g = torch.autograd.grad(model(torch.randn(8, 20)).sum(), model.parameters())\n",
  ])
    assert.deepEqual(added(net("", PLAIN, more), "batch-norm"), ["no fix"], more);
  const twice = PLAIN.replace("self.fc2(x))", "self.fc2(self.fc2(x)))");
  assert.deepEqual(added(net("", twice), "batch-norm"), ["no fix"]);
  const indexed = `${HEAD}${MODEL}print(model[0].weight)\n`;
  assert.deepEqual(added(indexed, "batch-norm"), ["no fix"]);
  const byName = `${HEAD}from collections import OrderedDict
net = nn.Sequential(OrderedDict([("fc", nn.Linear(20, 64)), ("act", nn.ReLU()), ("out", nn.Linear(64, 3))]))
`;
  assert.notDeepEqual(added(byName, "batch-norm"), ["no fix"]);
  assert.deepEqual(added(`${byName}net.fc.bias.data.fill_(-1.0)\n`, "batch-norm"), ["no fix"]);
});

test("no second normalisation where the same code makes layers that have one", () => {
  const text = `${HEAD}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        def block(a, b, normalize):
            layers = [nn.Conv2d(a, b, 3)]
            if normalize:
                layers.append(nn.InstanceNorm2d(b))
            layers.append(nn.LeakyReLU(0.2))
            return layers
        self.model = nn.Sequential(*block(3, 16, False), *block(16, 32, True), nn.Conv2d(32, 1, 3))

    def forward(self, x):
        return self.model(x)
`;
  assert.deepEqual(added(text, "batch-norm"), ["no fix"]);
});

test("imports join those of the file", () => {
  const text = `from keras.models import Sequential
from keras.layers import Dense, Input
import numpy as np

model = Sequential([Input((20,)), Dense(64, activation="relu"), Dense(3)])
model.compile("sgd", "mse")
`;
  assert.deepEqual(added(text, "batch-norm"), [
    "from keras.layers import Activation, BatchNormalization, Dense, Input",
    'model = Sequential([Input((20,)), Dense(64, use_bias=False), BatchNormalization(), Activation("relu"), Dense(3)])',
  ]);
  assert.deepEqual(added(text, "learning-rate"), [
    "from keras.optimizers import SGD",
    'model.compile(SGD(learning_rate=0.0006), "mse")',
  ]);
  assert.deepEqual(added(text.replace("import numpy", "SGD = 1\nimport numpy"), "learning-rate"), ["no fix"]);
});

test("the first Keras 2 is written to in its own words", () => {
  const text = `from keras.models import Sequential
from keras.layers import Dense
from keras.optimizers import SGD
model = Sequential()
model.add(Dense(64, activation='relu', input_dim=20))
model.add(Dense(3))
model.compile(optimizer=SGD(lr=0.5), loss='mse')
`;
  assert.deepEqual(added(text, "learning-rate"), ["model.compile(optimizer=SGD(lr=0.0006), loss='mse')"]);
  assert.deepEqual(added(text, "clip-gradients"), [
    "model.compile(optimizer=SGD(lr=0.5, clipnorm=1.0), loss='mse')",
  ]);
});

test("no other framework is written to in words of this one", () => {
  const haiku = `import haiku as hk, jax, jax.numpy as jnp
def forward(x):
    net = hk.Sequential([hk.Linear(32), jax.nn.relu, hk.Linear(3)])
    return net(x)
net = hk.transform(forward)
params = net.init(jax.random.PRNGKey(0), jnp.ones((4, 8)))
`;
  assert.deepEqual(added(haiku, "batch-norm"), ["no fix"]);
  assert.match(added(haiku, "initialiser").join(""), /w_init=hk\.initializers\.VarianceScaling\(2\.0\)/);
});

test("a low bias starts at 0 where it is written: in a call, in a dictionary, in an object", () => {
  const keras = (head: string, given: string): string[] =>
    added(
      `import keras\nimport tensorflow as tf\n${head}net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, ${given}), keras.layers.Dense(1)])\nnet.compile("adam", "mse")\n`,
      "zero-bias",
    );
  const constant = "keras.initializers.Constant(-0.1)";
  assert.deepEqual(keras(`low = dict(bias_initializer=${constant})\n`, 'activation="relu", **low'), [
    "low = dict(bias_initializer=keras.initializers.Constant(0.0))",
  ]);
  assert.deepEqual(keras(`low = {"bias_initializer": ${constant}}\n`, 'activation="relu", **low'), [
    'low = {"bias_initializer": keras.initializers.Constant(0.0)}',
  ]);
  assert.deepEqual(
    keras("", 'activation="relu", bias_initializer=tf.constant_initializer(-0.1)').map(
      (line) => /bias_initializer=(.*?\))/.exec(line)?.[1],
    ),
    ["tf.constant_initializer(0.0)"],
  );
  const script = (made: string): string[] =>
    added(
      `import * as tf from "@tensorflow/tfjs";
const biasInitializer = tf.initializers.constant({ value: -0.1 });
${made}
const net = tf.sequential({ layers: [first, tf.layers.dense({ units: 1 })] });
net.compile({ optimizer: tf.train.adam(0.01), loss: "meanSquaredError" });
`,
      "zero-bias",
      "model.js",
    );
  assert.deepEqual(
    script(
      'const first = tf.layers.dense({ inputShape: [4], units: 8, activation: "relu", biasInitializer });',
    ),
    [
      'const first = tf.layers.dense({ inputShape: [4], units: 8, activation: "relu", biasInitializer: "zeros" });',
    ],
    "a property that has the name of its value",
  );
  assert.deepEqual(
    script(`const options = {
  inputShape: [4],
  units: 8,
  activation: "relu",
  biasInitializer: tf.initializers.constant({ value: -0.3 }),
};
const first = tf.layers.dense(options);`),
    ["  biasInitializer: tf.initializers.constant({ value: 0 }),"],
  );
});
