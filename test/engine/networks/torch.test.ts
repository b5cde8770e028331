import assert from "node:assert/strict";
import { test } from "node:test";
import { gapsOf, inWords, networkOf, networksOf, TORCH } from "./support.ts";

/** Programs as people write them, and the layers that are in them. */
const PROGRAMS: readonly (readonly [name: string, text: string, layers: readonly string[]])[] = [
  [
    "a class with a written out forward pass and functional activations",
    `class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, 1)
        self.conv2 = nn.Conv2d(32, 64, 3, 1)
        self.dropout1 = nn.Dropout(0.25)
        self.fc1 = nn.Linear(9216, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = F.relu(self.conv1(x))
        x = self.conv2(x)
        x = F.relu(x)
        x = F.max_pool2d(x, 2)
        x = self.dropout1(x)
        x = torch.flatten(x, 1)
        x = F.relu(self.fc1(x))
        return F.log_softmax(self.fc2(x), dim=1)
`,
    ["conv 9>32 relu", "conv 288>64 relu dropout-0.25", "9216>128 relu", "128>10 log_softmax"],
  ],
  [
    "slices of a ModuleList and of a Sequential",
    `class MLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:])])
        self.head = nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 2), nn.Sigmoid())

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = F.relu(layer(x))
        x = self.layers[-1](x)
        return self.head[:3](x)

model = MLP([11, 30, 20, 4])
`,
    ["11>30 relu", "30>20 relu", "20>4", "4>6 relu", "6>2"],
  ],
  [
    "layers in a loop over a ModuleList, one module used for all activations",
    `class MLP(nn.Module):
    def __init__(self, sizes, act=nn.ReLU):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:])])
        self.act = act()

    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = layer(x)
            if i < len(self.layers) - 1:
                x = self.act(x)
        return x

model = MLP([784, 256, 64, 10])
`,
    ["784>256 relu", "256>64 relu", "64>10"],
  ],
  [
    "a list that a loop fills, unpacked into a Sequential",
    `def mlp(width, depth, n_in=784, n_out=10):
    layers = [nn.Flatten(), nn.Linear(n_in, width), nn.ReLU()]
    for _ in range(depth - 1):
        layers += [nn.Linear(width, width), nn.BatchNorm1d(width), nn.ReLU()]
    layers.append(nn.Linear(width, n_out))
    return nn.Sequential(*layers)

net = mlp(64, depth=3)
`,
    ["784>64 relu", "64>64 relu batch-before", "64>64 relu batch-before", "64>10"],
  ],
  [
    "helper functions with an activation as argument, and a configuration as a list",
    `cfg = [64, "M", 128, "M"]

def conv_block(c_in, c_out, act=nn.ReLU, **kwargs):
    return nn.Sequential(nn.Conv2d(c_in, c_out, 3, padding=1, bias=False, **kwargs), nn.BatchNorm2d(c_out), act(inplace=True))

class VGG(nn.Module):
    def __init__(self, cfg, num_classes=10):
        super().__init__()
        self.features = self._make_layers(cfg)
        self.classifier = nn.Linear(128 * 8 * 8, num_classes)

    def forward(self, x):
        out = self.features(x)
        out = out.view(out.size(0), -1)
        return self.classifier(out)

    def _make_layers(self, cfg):
        layers = []
        in_channels = 3
        for x in cfg:
            if x == "M":
                layers += [nn.MaxPool2d(kernel_size=2, stride=2)]
            else:
                layers += [conv_block(in_channels, x)]
                in_channels = x
        return nn.Sequential(*layers)

model = VGG(cfg)
`,
    ["conv 27>64 relu batch-before", "conv 576>128 relu batch-before", "8192>10"],
  ],
  [
    "residual blocks with a projection, inheritance inside the file",
    `class Block(nn.Module):
    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(c_out)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(c_out)
        self.shortcut = nn.Sequential()
        if stride != 1 or c_in != c_out:
            self.shortcut = nn.Sequential(nn.Conv2d(c_in, c_out, 1, stride, bias=False), nn.BatchNorm2d(c_out))

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        out += self.shortcut(x)
        return F.relu(out)

class Base(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.stem = nn.Conv2d(3, width, 3)
        self.blocks = nn.Sequential(Block(width, width), Block(width, 2 * width, 2))

    def forward(self, x):
        return self.head(self.blocks(F.relu(self.stem(x))).mean([2, 3]))

class Net(Base):
    def __init__(self):
        super().__init__(16)
        self.head = nn.Linear(32, 10)

net = Net()
`,
    [
      "conv 27>16 relu",
      "conv 144>16 relu batch-before",
      "conv 144>16 relu batch-before residual",
      "conv 144>32 relu batch-before",
      "conv 288>32 relu batch-before residual",
      "conv 16>32 relu batch-before",
      "32>10",
    ],
  ],
  [
    "dense connections: concatenation, normalisation before the convolution",
    `class Layer(nn.Sequential):
    def __init__(self, c_in):
        super().__init__()
        self.add_module("norm", nn.BatchNorm2d(c_in))
        self.add_module("relu", nn.ReLU())
        self.add_module("conv", nn.Conv2d(c_in, 12, 3, padding=1))

    def forward(self, x):
        return torch.cat([x, super().forward(x)], 1)

net = nn.Sequential(nn.Conv2d(3, 24, 3), Layer(24), Layer(36), nn.BatchNorm2d(48), nn.ReLU())
`,
    ["conv 27>24 relu batch-before", "conv 216>12 relu batch-before", "conv 324>12 relu batch-before"],
  ],
  [
    "dictionaries of modules, names made with numbers, setattr and getattr",
    `class Net(nn.Module):
    def __init__(self, n=2):
        super().__init__()
        self.acts = nn.ModuleDict({"relu": nn.ReLU(), "tanh": nn.Tanh()})
        for i in range(n):
            setattr(self, f"fc{i}", nn.Linear(8, 8))
        self.add_module("out%d" % n, nn.Linear(8, 2))

    def forward(self, x):
        for i in range(2):
            x = self.acts["tanh"](getattr(self, "fc{}".format(i))(x))
        return self.out2(x)

Net()
`,
    ["8>8 tanh", "8>8 tanh", "8>2"],
  ],
  [
    "one module applied twice is two layers of a network",
    `class Siamese(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.out = nn.Linear(8, 1)

    def forward(self, a, b):
        return self.out(torch.cat((self.fc(a).relu(), self.fc(b).relu()), dim=1))
`,
    ["4>4 relu", "4>4 relu", "8>1"],
  ],
  [
    "a width that a dummy pass in the constructor finds",
    `class Net(nn.Module):
    def __init__(self, shape=(1, 28, 28)):
        super().__init__()
        self.conv = nn.Conv2d(shape[0], 8, 5, stride=2)
        with torch.no_grad():
            size = self.conv(torch.zeros(1, *shape)).view(1, -1).size(1)
        self.fc = nn.Linear(size, 10)

    def forward(self, x):
        return self.fc(torch.relu(self.conv(x)).flatten(1))
`,
    ["conv 25>8 relu", "1152>10"],
  ],
  [
    "torchvision's block of convolution, normalisation and activation",
    `from torchvision.ops import Conv2dNormActivation, MLP
net = nn.Sequential(Conv2dNormActivation(3, 16, 3, activation_layer=nn.ReLU6), nn.Flatten(), MLP(16, [32, 8]))
`,
    ["conv 27>16 relu6 batch-before", "16>32 relu", "32>8"],
  ],
  [
    "options of a dataclass and of an argument parser",
    `import argparse
from dataclasses import dataclass

@dataclass
class Config:
    hidden: int = 32
    depth: int = 2

class Net(nn.Module):
    def __init__(self, cfg: Config, n_in, n_out):
        super().__init__()
        sizes = [n_in] + [cfg.hidden] * cfg.depth + [n_out]
        mods = []
        for i in range(len(sizes) - 1):
            mods.append(nn.Linear(sizes[i], sizes[i + 1]))
            mods.append(nn.GELU() if i < len(sizes) - 2 else nn.Identity())
        self.net = nn.Sequential(*mods)

    def forward(self, x):
        return self.net(x)

def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--n-in", type=int, default=20)
    parser.add_argument("--classes", dest="n_out", type=int, default=3)
    args = parser.parse_args()
    net = Net(Config(depth=3), args.n_in, args.n_out)

if __name__ == "__main__":
    main()
`,
    ["20>32 gelu", "32>32 gelu", "32>32 gelu", "32>3"],
  ],
];

for (const [name, text, layers] of PROGRAMS) {
  test(name, () => {
    const network = networkOf(TORCH + text);
    assert.deepEqual(inWords(network), layers);
    assert.equal(gapsOf(network), "");
  });
}

test("each distinct instantiation is a network of its own, the same one counts once", () => {
  const networks = networksOf(`${TORCH}
class MLP(nn.Module):
    def __init__(self, n_in, hidden, n_out):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(n_in, hidden), nn.ReLU(), nn.Linear(hidden, n_out))
    def forward(self, x):
        return self.net(x)

small = MLP(4, 8, 2)
large = MLP(4, 64, 2)
again = MLP(4, 8, 2)
`);
  assert.deepEqual(networks.map(inWords), [
    ["4>8 relu", "8>2"],
    ["4>64 relu", "64>2"],
  ]);
});

test("a layer says how wide its input is, where nothing else does", () => {
  const network = networkOf(`${TORCH}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(8 if i == 0 else 16, 16) for i in range(3)])
    def forward(self, x):
        x = torch.flatten(x, 1)
        for layer in self.layers:
            h = torch.relu(layer(x))
            x = x + h if x.shape == h.shape else h
        return x
`);
  assert.deepEqual(inWords(network), ["8>16 relu", "16>16 relu residual", "16>16 relu residual"]);
  assert.equal(gapsOf(network), "");
});

test("without an instantiation the defaults are used", () => {
  const text = `${TORCH}
class Net(nn.Module):
    def __init__(self, hidden=16, act_layer=nn.SiLU):
        super().__init__()
        self.a = nn.Linear(4, hidden)
        self.act = act_layer()
        self.b = nn.Linear(hidden, 2)
    def forward(self, x):
        return self.b(self.act(self.a(x)))
`;
  assert.deepEqual(inWords(networkOf(text)), ["4>16 silu", "16>2"]);
});

test("functions that build networks are read by name, whatever they build", () => {
  const networks = networksOf(`${TORCH}
class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a = nn.Linear(4, width)
        self.b = nn.Linear(width, 2)
    def forward(self, x):
        return self.b(F.relu(self.a(x)))

def net_small(**kwargs):
    return Net(8, **kwargs)

def net_large(**kwargs):
    return Net(64, **kwargs)
`);
  assert.deepEqual(
    networks.map((network) => [network.name, ...inWords(network)]),
    [
      ["net_small", "4>8 relu", "8>2"],
      ["net_large", "4>64 relu", "64>2"],
    ],
  );
});

test("a class that is never called keeps networks together: each is read by itself", () => {
  const networks = networksOf(`${TORCH}
class Agent(nn.Module):
    def __init__(self):
        super().__init__()
        self.critic = nn.Sequential(nn.Linear(4, 64), nn.Tanh(), nn.Linear(64, 1))
        self.actor = nn.Sequential(nn.Linear(4, 64), nn.Tanh(), nn.Linear(64, 2))
    def get_value(self, x):
        return self.critic(x)
`);
  assert.deepEqual(
    networks.map(({ name }) => name),
    ["Agent.critic", "Agent.actor"],
  );
});

test("layers know which layers they read from", () => {
  const network = networkOf(`${TORCH}
class Heads(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 64)
        self.policy = nn.Linear(64, 2)
        self.value = nn.Linear(64, 1)
    def forward(self, x):
        h = torch.relu(self.body(x))
        return self.policy(h), self.value(h)
`);
  assert.deepEqual(
    network.layers.map(({ inputs }) => inputs),
    [[], [0], [0]],
  );
  assert.ok(network.risk?.layers[0], "the hidden layer has an estimate");
});

/** What can't be read is a gap, never a guess. */
const GAPS: readonly (readonly [name: string, text: string, what: RegExp, layers: readonly string[]])[] = [
  [
    "a width from elsewhere",
    "import sizes\nnet = nn.Sequential(nn.Linear(sizes.n, 8), nn.ReLU(), nn.Linear(8, sizes.out()))\n",
    /width of the input of layer 1 is not known; width of layer 2 is not known/,
    ["?>8 relu", "8>?"],
  ],
  [
    "a layer from elsewhere",
    "from blocks import Block\nnet = nn.Sequential(nn.Linear(4, 8), Block(8), nn.ReLU(), nn.Linear(8, 2))\n",
    /does is not known/,
    ["4>8", "8>2"],
  ],
  [
    "a branch that depends on the data",
    `class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 4)
        self.b = nn.Linear(4, 4)
    def forward(self, x):
        if x.sum() > 0:
            return self.a(x).relu()
        return self.b(x).tanh()
`,
    /which branch is taken is not known/,
    ["4>4 tanh"],
  ],
  [
    "a loop of unknown length",
    `class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.first = nn.Linear(4, 4)
        self.rest = nn.ModuleList([nn.Linear(4, 4) for _ in range(n)])
    def forward(self, x):
        x = self.first(x).relu()
        for layer in self.rest:
            x = layer(x).relu()
        return x
`,
    /what layer does is not known/,
    ["4>4 relu"],
  ],
  [
    "recurrent layers",
    "net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.LSTM(8, 8), nn.Linear(8, 2))\n",
    /an LSTM layer is not estimated/,
    ["4>8 relu", "8>2"],
  ],
  [
    "numbers drawn inside the network",
    `class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.mu = nn.Linear(8, 2)
        self.dec = nn.Linear(2, 8)
    def forward(self, x):
        z = self.mu(x)
        return torch.relu(self.dec(z + torch.randn_like(z)))
`,
    /drawn at random/,
    ["8>2", "2>8 relu"],
  ],
];

for (const [name, text, what, layers] of GAPS) {
  test(`${name}: a gap, and no risk`, () => {
    const network = networkOf(TORCH + text);
    assert.match(gapsOf(network), what);
    assert.deepEqual(inWords(network), layers);
    assert.equal(network.risk, null);
  });
}

test("weights from a file make a network pretrained, a branch that is not taken does not", () => {
  const net = `${TORCH}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 8)
        self.b = nn.Linear(8, 2)
    def forward(self, x):
        return self.b(F.relu(self.a(x)))

def build(weights=None):
    net = Net()
    if weights is not None:
        net.load_state_dict(torch.load(weights))
    return net
`;
  assert.equal(networkOf(`${net}model = build()\n`).pretrained, false);
  assert.equal(networkOf(`${net}model = build("net.pt")\n`).pretrained, true);
});
