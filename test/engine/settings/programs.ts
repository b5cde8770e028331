/** Programs of each framework, as people write them; `kinds` are the changes that must be offered for each. */
import type { FixKind } from "../../../src/engine/index.ts";

export interface Program {
  readonly path: string;
  readonly text: string;
  readonly kinds: readonly FixKind[];
}

const ALL: readonly FixKind[] = ["learning-rate", "clip-gradients", "batch-norm", "initialiser"];

const TRAINED = `criterion = nn.CrossEntropyLoss()
optimizer = optim.SGD(model.parameters(), lr=1e-1, momentum=0.9)
for epoch in range(3):
    optimizer.zero_grad()
    loss = criterion(model(torch.randn(16, 20)), torch.randint(0, 3, (16,)))
    loss.backward()
    optimizer.step()
`;

export const PROGRAMS: Readonly<Record<string, Program>> = {
  "PyTorch: a container and a loop": {
    path: "model.py",
    kinds: [...ALL, "widen"],
    text: `import torch
from torch import nn, optim

model = nn.Sequential(
    nn.Linear(20, 64),
    nn.ReLU(),
    nn.Linear(64, 64),  # the second
    nn.ReLU(),
    nn.Linear(64, 3),
)
${TRAINED}`,
  },
  "PyTorch: a module, convolutions, a training function, argparse": {
    path: "model.py",
    kinds: [...ALL, "widen"],
    text: `import argparse
import torch
import torch.nn as nn
import torch.nn.functional as F

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.5)
args = parser.parse_args()


class Net(nn.Module):
    def __init__(self, hidden=32):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 3)
        self.conv2 = nn.Conv2d(8, 16, 3)
        self.fc1 = nn.Linear(16 * 5 * 5, hidden)
        self.fc2 = nn.Linear(hidden, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = self.conv2(x)
        x = F.relu(x)
        x = torch.flatten(F.max_pool2d(x, 2), 1)
        x = F.relu(self.fc1(x))
        return self.fc2(x)


def train(model, optimizer, loader):
    for x, y in loader:
        loss = F.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


net = Net()
opt = torch.optim.Adam(net.parameters(), lr=args.lr)
train(net, opt, [(torch.randn(4, 1, 28, 28), torch.randint(0, 10, (4,)))])
`,
  },
  "PyTorch: weights that are drawn, mixed precision, tabs": {
    path: "model.py",
    kinds: [...ALL, "zero-bias", "widen"],
    text: `import torch
from torch import nn

class Net(nn.Module):
	def __init__(self):
		super().__init__()
		self.hidden = nn.Linear(12, 40)
		self.middle = nn.Linear(40, 40)
		self.out = nn.Linear(40, 1)
		nn.init.normal_(self.hidden.weight, std=0.01)
		nn.init.constant_(self.hidden.bias, -0.5)
		self.middle.weight.data.normal_(0, 0.01)
		self.middle.bias.data.fill_(-1)
		self.act = nn.LeakyReLU(0.2)

	def forward(self, x):
		x = self.act(self.hidden(x))
		x = self.act(self.middle(x))
		return self.out(x)

model = Net()
lr = 0.3
optimizer = torch.optim.AdamW(model.parameters(), lr=lr)
scaler = torch.amp.GradScaler("cpu", enabled=False)
loss_fn = nn.MSELoss()
for step in range(3):
	optimizer.zero_grad()
	loss = loss_fn(model(torch.randn(8, 12)), torch.randn(8, 1))
	scaler.scale(loss).backward()
	scaler.step(optimizer)
	scaler.update()
`,
  },
  "PyTorch: layers in a list, a default rate, one line": {
    path: "model.py",
    kinds: [...ALL, "widen"],
    text: `from torch.nn import Linear, Module, ReLU, Sequential, MSELoss
from torch.optim import Adam
import torch


class Regressor(Module):
    def __init__(self, n_in, n_hidden=50, n_layers=3):
        super().__init__()
        layers = []
        size = n_in
        for _ in range(n_layers):
            layers.append(Linear(size, n_hidden))
            layers.append(ReLU())
            size = n_hidden
        layers.append(Linear(size, 1))
        self.net = Sequential(*layers)

    def forward(self, x):
        return self.net(x)


model = Regressor(8)
opt = Adam(model.parameters())
criterion = MSELoss()
for i in range(2):
    loss = criterion(model(torch.randn(16, 8)), torch.randn(16, 1))
    opt.zero_grad(); loss.backward(); opt.step()
`,
  },
  "PyTorch: a module list that is walked, and accumulated gradients": {
    path: "model.py",
    kinds: [...ALL, "widen"],
    text: `import torch
import torch.nn as nn

config = {"lr": 0.05, "hidden": 24}


class Net(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.hidden = nn.ModuleList()
        for i in range(3):
            self.hidden.append(nn.Linear(10 if i == 0 else hidden, hidden))
        self.out = nn.Linear(hidden, 2)

    def forward(self, x):
        for layer in self.hidden:
            x = torch.relu(layer(x))
        return self.out(x)


net = Net(config["hidden"])
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.RMSprop(
    net.parameters(),
    lr=config["lr"],
)
for i in range(4):
    loss = criterion(net(torch.randn(8, 10)), torch.randint(0, 2, (8,)))
    (loss / 2).backward()
    if i % 2 == 1:
        optimizer.step()
        optimizer.zero_grad()
`,
  },
  "PyTorch: Lightning": {
    path: "model.py",
    kinds: [...ALL, "widen"],
    text: `import pytorch_lightning as pl
import torch
import torch.nn.functional as F
from torch import nn


class Lit(pl.LightningModule):
    def __init__(self, lr=0.3):
        super().__init__()
        self.lr = lr
        self.l1 = nn.Linear(28 * 28, 64)
        self.l2 = nn.Linear(64, 10)

    def forward(self, x):
        return self.l2(torch.relu(self.l1(x.view(x.size(0), -1))))

    def training_step(self, batch, batch_idx):
        x, y = batch
        return F.cross_entropy(self(x), y)

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=self.lr)


model = Lit()
trainer = pl.Trainer(max_epochs=1)
trainer.fit(model)
`,
  },
  "PyTorch: a table that is split": {
    path: "model.py",
    kinds: [...ALL, "widen", "scale-input"],
    text: `import pandas as pd
import torch
import torch.nn as nn
from sklearn.model_selection import train_test_split

df = pd.read_csv("houses.csv")
X = df.drop(columns=["price"]).values
y = df["price"].values
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)
X_train = torch.tensor(X_train, dtype=torch.float32)
X_test = torch.tensor(X_test, dtype=torch.float32)
model = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, 1))
loss_fn = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
for _ in range(3):
    loss = loss_fn(model(X_train), torch.tensor(y_train, dtype=torch.float32))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
  },
  "Keras: a list, words, single quotes": {
    path: "model.py",
    kinds: [...ALL, "zero-bias", "widen"],
    text: `from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Dropout, Input

model = Sequential([
    Input(shape=(20,)),
    Dense(64, activation='relu', bias_initializer='ones'),
    Dropout(0.2),
    Dense(64, 'relu'),
    Dense(3, activation='softmax'),
])
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy')
`,
  },
  "Keras: functional, a schedule": {
    path: "model.py",
    kinds: [...ALL, "widen"],
    text: `import keras
from keras import layers

inputs = keras.Input(shape=(28, 28, 1))
x = layers.Conv2D(8, 3, activation="relu", kernel_initializer=keras.initializers.RandomNormal(stddev=0.001))(inputs)
x = layers.MaxPooling2D()(x)
x = layers.Conv2D(16, 3)(x)
x = layers.ReLU()(x)
x = layers.Flatten()(x)
x = layers.Dense(
    32,
    activation="relu",
)(x)
outputs = layers.Dense(10, activation="softmax")(x)
model = keras.Model(inputs, outputs)
schedule = keras.optimizers.schedules.ExponentialDecay(0.5, 1000, 0.9)
model.compile(
    optimizer=keras.optimizers.Adam(schedule),
    loss="sparse_categorical_crossentropy",
)
`,
  },
  "Keras: add, and a tape": {
    path: "model.py",
    kinds: [...ALL, "zero-bias", "widen"],
    text: `import tensorflow as tf
from tensorflow import keras

LR = 0.2
model = keras.models.Sequential()
model.add(keras.layers.Input(shape=(10,)))
model.add(keras.layers.Dense(32, activation="relu", bias_initializer=keras.initializers.Constant(-2.0)))
model.add(keras.layers.Dense(32))
model.add(keras.layers.Activation("relu"))
model.add(keras.layers.Dense(1))
optimizer = keras.optimizers.SGD(learning_rate=LR, momentum=0.9)
loss_fn = keras.losses.MeanSquaredError()


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


train_step(tf.random.normal((8, 10)), tf.random.normal((8, 1)))
`,
  },
  "Keras: a subclass": {
    path: "model.py",
    kinds: [...ALL, "widen"],
    text: `import keras
from keras import layers


class MLP(keras.Model):
    def __init__(self):
        super().__init__()
        self.d1 = layers.Dense(32, activation="relu")
        self.d2 = layers.Dense(32, activation="relu")
        self.out = layers.Dense(1)

    def call(self, x):
        x = self.d1(x)
        x = self.d2(x)
        return self.out(x)


model = MLP()
model.compile(optimizer=keras.optimizers.Adam(learning_rate=1E-01), loss="mse")
`,
  },
  "Keras: pixels": {
    path: "model.py",
    kinds: [...ALL, "scale-input", "widen"],
    text: `from keras import layers, models
from keras.datasets import mnist

(x_train, y_train), (x_test, y_test) = mnist.load_data()
model = models.Sequential([
    layers.Input((28, 28)),
    layers.Flatten(),
    layers.Dense(64, activation="relu"),
    layers.Dense(10, activation="softmax"),
])
model.compile("rmsprop", loss="sparse_categorical_crossentropy")
model.fit(x_train, y_train, epochs=1)
`,
  },
  "Flax linen": {
    path: "model.py",
    kinds: ["learning-rate", "clip-gradients", "initialiser", "zero-bias", "widen"],
    text: `import jax
import jax.numpy as jnp
import optax
from flax import linen as nn
from flax.training.train_state import TrainState


class MLP(nn.Module):
    @nn.compact
    def __call__(self, x):
        x = nn.Dense(64)(x)
        x = nn.relu(x)
        x = nn.Dense(64, bias_init=nn.initializers.constant(-1.0))(x)
        x = nn.relu(x)
        return nn.Dense(3)(x)


model = MLP()
params = model.init(jax.random.PRNGKey(0), jnp.ones((1, 20)))
tx = optax.chain(optax.add_decayed_weights(1e-4), optax.adam(1e-1))
state = TrainState.create(apply_fn=model.apply, params=params, tx=tx)
`,
  },
  "Flax nnx": {
    path: "model.py",
    kinds: [...ALL, "widen"],
    text: `import jax.numpy as jnp
import optax
from flax import nnx


class Net(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.linear1 = nnx.Linear(20, 64, rngs=rngs)
        self.linear2 = nnx.Linear(64, 64, rngs=rngs)
        self.out = nnx.Linear(64, 3, rngs=rngs)

    def __call__(self, x):
        x = nnx.relu(self.linear1(x))
        x = nnx.relu(self.linear2(x))
        return self.out(x)


model = Net(nnx.Rngs(0))
optimizer = nnx.Optimizer(model, optax.sgd(learning_rate=0.5), wrt=nnx.Param)
`,
  },
  Haiku: {
    path: "model.py",
    kinds: ["initialiser", "zero-bias", "widen"],
    text: `import haiku as hk
import jax
import jax.numpy as jnp


def forward(x):
    net = hk.Sequential([
        hk.Linear(32), jax.nn.relu,
        hk.Linear(32, b_init=hk.initializers.Constant(-2.0)), jax.nn.relu,
        hk.Linear(3),
    ])
    return net(x)


net = hk.transform(forward)
params = net.init(jax.random.PRNGKey(0), jnp.ones((4, 8)))
`,
  },
  "scikit-learn": {
    path: "model.py",
    kinds: ["learning-rate", "scale-input", "widen"],
    text: `from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

X, y = load_breast_cancer(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
clf = MLPClassifier(hidden_layer_sizes=(32, 32), max_iter=20)
clf.fit(X_train, y_train)
print(clf.score(X_test, y_test))
`,
  },
  "TensorFlow.js: add": {
    path: "model.js",
    kinds: ["learning-rate", "initialiser", "zero-bias", "batch-norm", "widen"],
    text: `import * as tf from '@tensorflow/tfjs';

const model = tf.sequential();
model.add(tf.layers.dense({units: 32, activation: 'relu', inputShape: [10]}));
model.add(tf.layers.dense({ units: 32, activation: 'relu', biasInitializer: tf.initializers.constant({value: -1}) }));
model.add(tf.layers.dense({units: 1}));
model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
`,
  },
  "TensorFlow.js: functional": {
    path: "model.js",
    kinds: ["learning-rate", "initialiser", "batch-norm", "widen"],
    text: `const tf = require('@tensorflow/tfjs');
const LEARNING_RATE = 0.5;
const input = tf.input({shape: [10]});
const h = tf.layers.dense({units: 32, activation: 'relu', kernelInitializer: 'randomNormal'}).apply(input);
const h2 = tf.layers.dense({units: 32, activation: 'relu'}).apply(h);
const out = tf.layers.dense({units: 1}).apply(h2);
const model = tf.model({inputs: input, outputs: out});
model.compile({optimizer: tf.train.adam(LEARNING_RATE), loss: 'meanSquaredError'});
`,
  },
  Darknet: {
    path: "net.cfg",
    kinds: ["learning-rate", "batch-norm"],
    text: `[net]
width=32
height=32
channels=3
learning_rate=0.1

[convolutional]
filters=16
size=3
pad=1
activation=relu

[convolutional]
batch_normalize=0
filters=32
size=3
pad=1
activation=leaky

[avgpool]

[connected]
output=10
activation=linear

[cost]
type=sse
`,
  },
  Caffe: {
    path: "net.prototxt",
    kinds: ["initialiser", "zero-bias"],
    text: `name: "Net"
layer {
  name: "data"
  type: "Input"
  top: "data"
  input_param { shape: { dim: 1 dim: 3 dim: 32 dim: 32 } }
}
layer {
  name: "conv1"
  type: "Convolution"
  bottom: "data"
  top: "conv1"
  convolution_param {
    num_output: 32
    kernel_size: 5
    weight_filler {
      type: "gaussian"
      std: 0.0001
    }
    bias_filler { type: "constant" value: -0.1 }
  }
}
layer { name: "relu1" type: "ReLU" bottom: "conv1" top: "conv1" }
layer {
  name: "ip1"
  type: "InnerProduct"
  bottom: "conv1"
  top: "ip1"
  inner_product_param { num_output: 10 weight_filler { type: "xavier" } }
}
`,
  },
};
