import assert from "node:assert/strict";
import { test } from "node:test";
import { biasesOf, gapsOf, networkOf, networksOf, TORCH, weightsOf } from "./support.ts";

const NET = `${TORCH}
class Net(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        self.fc1 = nn.Linear(4, width)
        self.fc2 = nn.Linear(width, 2)
    def forward(self, x):
        return self.fc2(F.relu(self.fc1(x)))
`;

/** How PyTorch code draws weights anew, and what then is drawn from what. */
const INITIALISERS: readonly (readonly [
  name: string,
  text: string,
  weights: readonly string[],
  biases: readonly string[],
])[] = [
  [
    "a function applied to all modules, by type",
    `def init_weights(m):
    if isinstance(m, nn.Linear):
        nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
        nn.init.constant_(m.bias, 0.01)
net = Net()
net.apply(init_weights)
`,
    ["he_normal", "he_normal"],
    ["constant 0.01", "constant 0.01"],
  ],
  [
    "the same by the name of the class, on the data",
    `def weights_init(m):
    classname = m.__class__.__name__
    if classname.find("Linear") != -1:
        m.weight.data.normal_(0.0, 0.02)
        m.bias.data.fill_(0)
Net().apply(weights_init)
`,
    ["normal 0 0.02", "normal 0 0.02"],
    ["constant 0", "constant 0"],
  ],
  [
    "a loop over modules, gain and mode",
    `net = Net()
for m in net.modules():
    if type(m) is nn.Linear:
        nn.init.xavier_uniform_(m.weight, gain=nn.init.calculate_gain("tanh"))
`,
    ["glorot_uniform 1.667", "glorot_uniform 1.667"],
    ["torch_default", "torch_default"],
  ],
  [
    "a loop over parameters, by name and by dimension",
    `net = Net()
for name, p in net.named_parameters():
    if "bias" in name:
        nn.init.zeros_(p)
    elif p.dim() > 1:
        nn.init.kaiming_uniform_(p, a=0.2, mode="fan_out")
`,
    ["he_uniform 1.387 fan-out", "he_uniform 1.387 fan-out"],
    ["constant 0", "constant 0"],
  ],
  [
    "one layer alone, and what its width says",
    `import math
net = Net()
net.fc1.weight.data.uniform_(-3e-3, 3e-3)
n = net.fc2.in_features
nn.init.normal_(net.fc2.weight, 0, math.sqrt(2.0 / n))
nn.init.zeros_(net.fc2.bias)
`,
    ["uniform 0 0.001732", "normal 0 0.5"],
    ["torch_default", "constant 0"],
  ],
  [
    "scaled down",
    "net = Net()\nnet.fc2.weight.data.mul_(0.1)\n",
    ["torch_default", "lecun_uniform 0.05774"],
    ["torch_default", "torch_default"],
  ],
];

for (const [name, text, weights, biases] of INITIALISERS) {
  test(`initialisers: ${name}`, () => {
    const network = networkOf(NET + text);
    assert.deepEqual(weightsOf(network), weights);
    assert.deepEqual(biasesOf(network), biases);
    assert.equal(gapsOf(network), "");
  });
}

test("weights that code sets in a way that is not read are a gap", () => {
  assert.match(
    gapsOf(networkOf(`${NET}net = Net()\nnet.fc1.weight.data.copy_(table)\n`)),
    /code that is not read/,
  );
  assert.match(
    gapsOf(networkOf(`${NET}net = Net()\nnn.init.sparse_(net.fc1.weight, 0.1)\n`)),
    /code that is not read/,
  );
});

/** [optimiser, learning rate, momentum] */
const OPTIMISERS: readonly (readonly [name: string, text: string, expected: readonly (string | number)[]])[] =
  [
    ["by position", "opt = optim.SGD(Net().parameters(), 0.1, 0.9)", ["momentum", 0.1, 0.9]],
    ["the default", "opt = optim.Adam(Net().parameters())", ["adam", 0.001, 0]],
    [
      "a constant",
      "LR = 3e-4\nopt = torch.optim.AdamW(Net().parameters(), lr=LR, weight_decay=0.1)",
      ["adam", 0.0003, 0],
    ],
    [
      "groups of parameters",
      'net = Net()\nopt = optim.RMSprop([{"params": net.fc1.parameters(), "lr": 0.02}, {"params": net.fc2.parameters()}])',
      ["rmsprop", 0.02, 0],
    ],
    [
      "in a function that gets the model",
      "def train(model, lr):\n    opt = optim.SGD(filter(lambda p: p.requires_grad, model.parameters()), lr=lr)\ntrain(Net(), 0.3)",
      ["sgd", 0.3, 0],
    ],
    [
      "chosen by an option",
      `import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--optimizer", default="sgd", choices=["sgd", "adam"])
parser.add_argument("--lr", "--learning-rate", type=float, default=0.05)
args = parser.parse_args()
net = Net()
if args.optimizer == "adam":
    opt = optim.Adam(net.parameters(), lr=args.lr)
else:
    opt = optim.SGD(net.parameters(), lr=args.lr)`,
      ["sgd", 0.05, 0],
    ],
    [
      "of a Lightning module",
      `import pytorch_lightning as pl
class Lit(pl.LightningModule):
    def __init__(self, lr=0.004):
        super().__init__()
        self.net = Net()
        self.lr = lr
    def forward(self, x):
        return self.net(x)
    def configure_optimizers(self):
        return optim.Adam(self.parameters(), lr=self.lr)`,
      ["adam", 0.004, 0],
    ],
  ];

for (const [name, text, expected] of OPTIMISERS) {
  test(`optimiser: ${name}`, () => {
    const network = networkOf(`${NET}${text}\n`);
    const { optimiser, learningRate, momentum } = network;
    assert.deepEqual([optimiser.value, learningRate.value, momentum.value], expected);
  });
}

test("each network has the optimiser that moves its weights", () => {
  const networks = networksOf(`${NET}
actor, critic = Net(8), Net(16)
a = optim.Adam(actor.parameters(), lr=1e-4)
b = optim.SGD(critic.parameters(), lr=1e-2)
`);
  assert.deepEqual(
    networks.map(({ layers, optimiser, learningRate }) => [
      layers[0]?.units,
      optimiser.value,
      learningRate.value,
    ]),
    [
      [8, "adam", 0.0001],
      [16, "sgd", 0.01],
    ],
  );
});

test("an unknown rate is assumed, and said to be", () => {
  const { learningRate, optimiser } = networkOf(
    `${NET}import settings\nopt = optim.SGD(Net().parameters(), lr=settings.lr)\n`,
  );
  assert.equal(optimiser.value, "sgd");
  assert.match(learningRate.assumption ?? "", /not a number here/);
  assert.equal(learningRate.span, undefined);
});

test("clipping by norm and by value", () => {
  const clip = (text: string) => networkOf(`${NET}net = Net()\n${text}\n`).clip.value;
  assert.deepEqual(clip("nn.utils.clip_grad_norm_(net.parameters(), max_norm=0.5)"), {
    by: "norm",
    limit: 0.5,
  });
  assert.deepEqual(clip("torch.nn.utils.clip_grad_value_(net.parameters(), 0.1)"), {
    by: "value",
    limit: 0.1,
  });
  assert.equal(clip(""), null);
});

/** Where the numbers come from, and the scale that they have when they reach the network. */
const INPUTS: readonly (readonly [name: string, text: string, expected: string])[] = [
  [
    "pictures, normalised by a transform",
    `from torchvision import datasets, transforms
t = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
loader = torch.utils.data.DataLoader(datasets.MNIST("data", transform=t), batch_size=64)
for x, y in loader:
    net(x)`,
    "standardised image",
  ],
  [
    "pictures as tensors only",
    `from torchvision import datasets, transforms
for i, (x, y) in enumerate(torch.utils.data.DataLoader(datasets.MNIST("data", transform=transforms.ToTensor()))):
    net(x)`,
    "unit image",
  ],
  [
    "pictures as they are stored",
    `from torchvision import datasets
images = datasets.MNIST("data").data.view(-1, 784).float()
net(images)`,
    "raw image",
  ],
  [
    "divided by hand",
    `from torchvision import datasets
images = datasets.MNIST("data").data.view(-1, 784).float() / 255.0
net(images)`,
    "unit image",
  ],
  [
    "a table, scaled by scikit-learn",
    `from sklearn.datasets import load_wine
from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split
X, y = load_wine(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y)
scaler = StandardScaler().fit(X_train)
X_train = scaler.transform(X_train)
net(torch.tensor(X_train).float())`,
    "standardised table",
  ],
  [
    "a table as it comes",
    `import pandas as pd
df = pd.read_csv("data.csv")
X = df.drop(columns=["y"]).to_numpy()
net(torch.tensor(X, dtype=torch.float32))`,
    "raw table",
  ],
  [
    "a table, standardised by hand",
    `import numpy as np
X = np.loadtxt("data.csv")
X = (X - X.mean(axis=0)) / X.std(axis=0)
net(torch.from_numpy(X))`,
    "standardised table",
  ],
  [
    "a table, brought to 0..1 by hand",
    `import numpy as np
X = np.loadtxt("data.csv")
X = (X - X.min(0)) / (X.max(0) - X.min(0))
net(torch.from_numpy(X))`,
    "unit table",
  ],
];

for (const [name, text, expected] of INPUTS) {
  test(`input: ${name}`, () => {
    const { value, assumption } = networkOf(`${NET}net = Net()\n${text}\n`).input;
    assert.equal(`${value.scale} ${value.data}`, expected);
    assert.equal(assumption, undefined);
  });
}

test("the scale of what a regression is trained to give", () => {
  const targets = (scaling: string) =>
    networkOf(`${NET}
from sklearn.datasets import load_diabetes
from sklearn.preprocessing import StandardScaler
X, y = load_diabetes(return_X_y=True)
${scaling}
net = Net()
loss_fn = nn.MSELoss()
loss = loss_fn(net(torch.tensor(X)), torch.tensor(y))
`).targets.value;
  assert.equal(targets(""), "raw");
  assert.equal(targets("y = StandardScaler().fit_transform(y.reshape(-1, 1))"), "standardised");
  assert.equal(targets("y = (y - y.mean()) / y.std()"), "standardised");
});

test("in a notebook network and training lie in different cells", async () => {
  const { read } = await import("../support.ts");
  const cell = (source: string) => ({
    cell_type: "code",
    source,
    metadata: {},
    outputs: [],
    execution_count: null,
  });
  const text = JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [
      cell(NET),
      cell("%matplotlib inline\nnet = Net(16)"),
      cell("opt = optim.SGD(net.parameters(), lr=0.2)"),
    ],
  });
  const [network] = read(text, "net.ipynb").networks;
  assert.deepEqual([network?.layers[0]?.units, network?.learningRate.value], [16, 0.2]);
});

test("Lightning keeps what its module was given as hyperparameters", () => {
  const network = networkOf(`${TORCH}
import pytorch_lightning as pl
class Lit(pl.LightningModule):
    def __init__(self, hidden=32, learning_rate=0.25, **kwargs):
        super().__init__()
        self.save_hyperparameters()
        self.fc = nn.Linear(4, self.hparams.hidden)
        self.out = nn.Linear(hidden, 2)
    def forward(self, x):
        return self.out(F.relu(self.fc(x)))
    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=self.hparams.learning_rate)
model = Lit()
`);
  assert.equal(gapsOf(network), "");
  assert.equal(network.layers[0]?.units, 32);
  assert.equal(network.learningRate.value, 0.25);
  assert.equal(network.learningRate.assumption, undefined);
});
