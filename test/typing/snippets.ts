/**
 * Small models as people write them, in many styles: the material that the tests of this folder break. Made for these
 * tests; what they mean does not matter here, only that they are like real code.
 */
export const snippets: readonly string[] = [
  `import torch.nn as nn
net = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
`,
  `import torch
from torch import nn
import torch.nn.functional as F

class Net(nn.Module):
    """Two layers, with a "quoted" word and an nn.ReLU() in the docstring."""

    def __init__(self, width: int = 64):
        super().__init__()
        self.fc1 = nn.Linear(28 * 28, width)
        self.fc2 = nn.Linear(width, 10)

    def forward(self, x):
        x = F.relu(self.fc1(x.view(-1, 784)))  # nn.Tanh() here is a comment
        return self.fc2(x)
`,
  `from torch.nn import Linear, LeakyReLU, Sequential
layers = []
for width in [32, 64, 128]:
    layers += [Linear(width, 2 * width), LeakyReLU(negative_slope=1e-2, inplace=True)]
net = Sequential(*layers)
`,
  `from tensorflow import keras
model = keras.Sequential([
    keras.layers.Dense(64, activation="relu", input_shape=(32,)),
    keras.layers.Dense(64, activation='relu'),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="mse")
`,
  `import keras
from keras import layers
inputs = keras.Input(shape=(28, 28, 1))
x = layers.Conv2D(32, 3, activation="relu")(inputs)
x = layers.LeakyReLU(negative_slope=0.3)(layers.BatchNormalization()(x))
outputs = layers.Dense(10, activation="softmax")(layers.Flatten()(x))
model = keras.Model(inputs, outputs, name="cnn")
`,
  `import tensorflow as tf
def dense(x, w, b):
    return tf.nn.leaky_relu(tf.matmul(x, w) + b, alpha=0.1)
`,
  `import torch.nn as nn
ACTIVATIONS = {"relu": nn.ReLU, "gelu": nn.GELU, "none": nn.Identity}
def make(name: str = "relu") -> nn.Module:
    return ACTIVATIONS[name]()
`,
  `from functools import partial
import torch.nn as nn
act = partial(nn.LeakyReLU, 0.1)
block = lambda i, o: nn.Sequential(nn.Conv2d(i, o, 3, padding=1), act())
`,
  `import torch as t
y = (t.randn(3, 4)
      .relu()
      .sigmoid_())
`,
  `import torch.nn as nn
class Block(nn.Module):
    act: nn.Module = nn.SiLU()
    def __init__(self, dim, act=nn.GELU):
        super().__init__()
        self.net = nn.ModuleList([nn.Linear(dim, dim) for _ in range(4)])
        self.act2 = act()
    def forward(self, x):
        for layer in self.net:
            x = x + self.act2(layer(x))
        return x
`,
  `import torch.nn as nn
def weights(m):
    if isinstance(m, (nn.Linear, nn.Conv2d)):
        nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
        nn.init.zeros_(m.bias)
    elif type(m) is nn.ReLU:
        pass
net = nn.Sequential(nn.Linear(3, 4), nn.ReLU()).apply(weights)
`,
  `model.add(Dense(12, input_dim=8, activation='relu'))
model.add(Activation("tanh"))
`,
  `from keras.layers import Dense, Activation, PReLU
from keras.models import Sequential
model = Sequential()
model.add(Dense(units=12, activation=None, kernel_initializer="he_normal"))
model.add(PReLU())
model.add(Dense(1, activation="sigmoid"))
`,
  `import torch.nn as nn
net = nn.Sequential(
    nn.Linear(10, 20),  # first
    nn.ReLU(inplace=True),

    nn.Linear(
        20,
        30,
    ),
    # nn.Tanh(),
    nn.ReLU6(),
)
`,
  `import torch.nn as nn
try:
    from torch.nn import Mish
except ImportError:
    class Mish(nn.Module):
        def forward(self, x):
            return x * nn.functional.softplus(x).tanh()
`,
  `import argparse
import torch.nn as nn
p = argparse.ArgumentParser()
p.add_argument("--act", choices=["relu", "elu"], default="relu")
args = p.parse_args()
act = getattr(nn, {"relu": "ReLU"}.get(args.act, "ELU"))()
`,
  `from dataclasses import dataclass
import torch.nn as nn
@dataclass(frozen=True)
class Config:
    hidden: tuple[int, ...] = (256, 128)
    act: type[nn.Module] = nn.ReLU
cfg = Config()
`,
  `import torch
@torch.no_grad()
@decorated(torch.relu)
def f(x, *args, act=torch.tanh, **kw):
    return act(x) if x is not None else torch.relu(kw["y"])
`,
  `import jax
import jax.numpy as jnp
from flax import linen as nn
class MLP(nn.Module):
    @nn.compact
    def __call__(self, x):
        x = nn.relu(nn.Dense(128)(x))
        return jax.nn.leaky_relu(nn.Dense(10)(x), negative_slope=0.2)
`,
  `import torch.nn as nn
names = [f"{n!r}: {nn.ReLU()}" for n in ("a", 'b', r"c\\d", b"e", """f
g""", '''h''')]
`,
  `import torch.nn.functional as F
def forward(self, x): x = F.relu(x); x = F.max_pool2d(x, 2); return F.log_softmax(x, dim=1)
`,
  `import torch
async def g(x):
    async with lock as (a, b):
        yield torch.relu(await x)
    match x:
        case {"act": "relu", **rest} if rest:
            return
        case [1, _, *others] | (2 as n):
            pass
`,
  `import torch.nn as nn
if (n := len(layers)) > 3: act = nn.ReLU()
else: act = nn.ELU(alpha=1.)
assert act, "no relu"
`,
  `from torch import nn, optim
net = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))
opt = optim.SGD(net.parameters(), lr=.1, momentum=0.9)
for epoch in range(10_000):
    opt.zero_grad()
    loss = ((net(x) - y) ** 2).mean()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.)
    opt.step()
`,
  `from tensorflow.keras import layers, models, regularizers
def build(units, depth=3, activation="relu"):
    m = models.Sequential(name='m')
    for i in range(depth):
        m.add(layers.Dense(units // 2 ** i, activation=activation, kernel_regularizer=regularizers.l2(1e-4)))
    return m
build(256)
`,
  `import torch.nn as nn
from collections import OrderedDict
net = nn.Sequential(OrderedDict([
    ("fc", nn.Linear(4, 4)),
    ("act", nn.Hardswish()),
]))
`,
  `import torch.nn as nn
class Residual(nn.Module):
    def __init__(self, fn): super().__init__(); self.fn = fn
    def forward(self, x): return self.fn(x) + x
net = nn.Sequential(*[Residual(nn.Sequential(nn.LayerNorm(8), nn.Linear(8, 8), nn.GELU())) for _ in range(6)])
`,
  `import torch.nn as nn
config = dict(act_layer=nn.ReLU, norm_layer=nn.BatchNorm2d, act_cfg=dict(type="LeakyReLU", negative_slope=0.1))
`,
  `def train():
    import torch.nn as nn
    global net
    net = nn.Sequential(nn.Linear(3, 3), nn.Softplus(beta=2, threshold=10), nn.Linear(3, 3), nn.Softmax(dim=-1))
    del net
`,
  `import torch.nn as nn
class A(nn.Module):
    class B(nn.Module):
        class C(nn.Module):
            def f(self):
                def g():
                    return [[nn.ReLU() for i in range(3)] for j in range(3) if j]
                return g
`,
  `import torch.nn as nn
x = nn.ReLU()\\
    if cond else\\
    nn.Tanh()
y = {**{"a": nn.ReLU()}, 'b': {nn.ELU(), nn.SELU()}}
`,
  `# -*- coding: utf-8 -*-
# Größe: Aktivierung „ReLU“, 激活函数
import torch.nn as nn
größe = nn.Linear(3, 4); 激活 = nn.ReLU()
print("\u{1f525}", nn.LeakyReLU(0.2))
`,
  `import torch.nn as nn
from typing import *
T: TypeAlias = "nn.ReLU"
def f(a: nn.ReLU, b: Callable[[nn.ReLU], nn.Tanh]) -> "nn.ReLU": ...
`,
  `import keras
model = keras.models.Sequential([keras.layers.Rescaling(1./255), keras.layers.Dense(8, "relu"), keras.layers.ReLU(max_value=6.)])
`,
  `import torch.nn as nn
%matplotlib inline
!pip install torch
net = nn.Sequential(nn.Linear(1, 1), nn.ReLU())
`,
  `import torch.nn as nn
print "python 2", nn.ReLU()
exec "nn.ReLU()"
raise ValueError, "x"
`,
  `import torch.nn as nn

def gen(dims):
    pairs = zip(dims[:-1], dims[1:])
    return nn.Sequential(*(m for i, o in pairs for m in (nn.Linear(i, o), nn.ReLU())))
gen([784, 256, 64, 10])
`,
  `from torch.nn.functional import relu as R, leaky_relu
h = R(leaky_relu(x, .2) @ W[..., :-1] + b)
`,
  `import torch.nn as nn
while True:
\tif x:
\t\tact = nn.ReLU()
\telse:
\t\tact = nn.Sigmoid()
\tbreak
`,
  `import os, torch.nn as nn
with open(os.devnull) as f, nn.utils.parametrize.cached():
    a = nn.CELU(); b = nn.RReLU(lower=0.1, upper=0.3)
    type X = int
`,
];
