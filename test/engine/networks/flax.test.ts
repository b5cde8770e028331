import assert from "node:assert/strict";
import { test } from "node:test";
import { gapsOf, inWords, layersOf, networkOf, networksOf, trainingOf } from "./named.ts";

const LINEN = `import jax
import jax.numpy as jnp
import optax
from functools import partial
from typing import Any, Callable, Sequence
from flax import linen as nn
from flax.training import train_state
`;
const IMAGE = "net = Net()\nvariables = net.init(jax.random.key(0), jnp.ones([1, 28, 28, 1]))\n";
const compact = (body: string, fields = ""): string =>
  `${LINEN}class Net(nn.Module):\n${fields}    @nn.compact\n    def __call__(self, x, train: bool = False):\n${body}`;

test("linen: a compact module, its fields, and the shape that init is given", () => {
  const network = networkOf(`${compact(
    `        x = x.reshape((x.shape[0], -1))
        for width in self.widths[:-1]:
            x = self.act(nn.Dense(width)(x))
            if train:
                x = nn.Dropout(self.rate, deterministic=False)(x)
        return nn.Dense(self.widths[-1], name="head")(x)
`,
    "    widths: Sequence[int]\n    rate: float = 0.2\n    act: Callable = nn.relu\n",
  )}
net = Net(widths=[128, 64, 10])
params = net.init(jax.random.PRNGKey(0), jnp.ones([1, 28, 28, 1]))["params"]
tx = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(learning_rate=3e-4))
state = train_state.TrainState.create(apply_fn=net.apply, params=params, tx=tx)

@jax.jit
def step(state, batch):
    def loss_fn(params):
        logits = state.apply_fn({"params": params}, batch["image"] / 255.0)
        return optax.softmax_cross_entropy_with_integer_labels(logits, batch["label"]).mean()
    return state.apply_gradients(grads=jax.grad(loss_fn)(state.params))
`);
  assert.deepEqual([network.name, network.framework], ["Net", "flax"]);
  assert.deepEqual(layersOf(network), [
    "Dense_0 784>128 relu drop 0.2",
    "Dense_1 128>64 relu drop 0.2",
    "head 64>10",
  ]);
  assert.deepEqual(trainingOf(network), ["adam", 3e-4, 0, 1, "cross-entropy"]);
  assert.equal(network.input.value.scale, "unit");
  assert.deepEqual(gapsOf(network), []);
  assert.ok(network.risk);
});

test("linen: convolutions, pools and norms; SAME and a step of one are the defaults", () => {
  const network = networkOf(
    compact(`        x = nn.Conv(8, (3, 3), use_bias=False)(x)
        x = nn.relu(nn.BatchNorm(use_running_average=not train)(x))
        x = nn.avg_pool(x, window_shape=(2, 2), strides=(2, 2))
        x = nn.relu(nn.Conv(16, kernel_size=(5, 5), padding=[(1, 1), (0, 0)], feature_group_count=4)(x))
        x = nn.max_pool(x, (3, 3))
        x = x.reshape((x.shape[0], -1))
        x = nn.relu(nn.GroupNorm(num_groups=4)(nn.Dense(32)(x)))
        return nn.Dense(10)(x)
`) + IMAGE,
  );
  assert.deepEqual(layersOf(network), [
    "Conv_0 9>8 relu batch-before",
    "Conv_1 50>16 relu",
    "Dense_0 1280>32 relu group-before",
    "Dense_1 32>10",
  ]);
  assert.equal(network.layers[0]?.bias, null);
  assert.deepEqual(gapsOf(network), []);
});

test("linen: setup, submodules in lists, Sequential, and a skip connection", () => {
  const network = networkOf(`${LINEN}
class Block(nn.Module):
    width: int
    def setup(self):
        self.layers = [nn.Dense(self.width) for _ in range(2)]
    def __call__(self, x):
        y = x
        for layer in self.layers:
            y = nn.relu(layer(y))
        return x + y

class Net(nn.Module):
    def setup(self):
        self.first = nn.Dense(32)
        self.blocks = [Block(32)]
        self.body = nn.Sequential([nn.Dense(16), nn.tanh, nn.Dense(1)])
    def __call__(self, x):
        x = nn.relu(self.first(x))
        for block in self.blocks:
            x = block(x)
        return self.body(x)

net = Net()
variables = net.init(jax.random.key(0), jnp.zeros((8, 5)))
tx = optax.sgd(0.1, momentum=0.9)
state = tx.init(variables)
def loss(variables, x, y):
    return jnp.mean((net.apply(variables, x) - y) ** 2)
`);
  assert.deepEqual(layersOf(network), [
    "first 5>32 relu",
    "blocks_0.layers_0 32>32 relu",
    "blocks_0.layers_1 32>32 relu +",
    "body.layers_0 32>16 tanh",
    "body.layers_2 16>1",
  ]);
  assert.deepEqual(trainingOf(network), ["momentum", 0.1, 0.9, null, "squared-error"]);
});

test("linen: a partial of a layer, and of a whole network", () => {
  const networks = networksOf(`${LINEN}
class Block(nn.Module):
    width: int
    conv: Any
    @nn.compact
    def __call__(self, x):
        y = nn.relu(self.conv(self.width)(x))
        y = self.conv(self.width)(y)
        if x.shape != y.shape:
            x = self.conv(self.width, kernel_size=(1, 1), name="shortcut")(x)
        return nn.relu(x + y)

class Net(nn.Module):
    widths: Sequence[int]
    @nn.compact
    def __call__(self, x):
        conv = partial(nn.Conv, kernel_size=(3, 3), use_bias=False)
        for width in self.widths:
            x = Block(width, conv=conv)(x)
        return nn.Dense(10)(jnp.mean(x, axis=(1, 2)))

Small = partial(Net, widths=[8, 8])
Wide = partial(Net, widths=[16])
`);
  assert.deepEqual(
    networks.map(({ name }) => name),
    ["Small", "Wide"],
  );
  assert.deepEqual(networks[0] && layersOf(networks[0]), [
    "Block_0.Conv_0 ?>8 relu",
    "Block_0.Conv_1 72>8 relu +",
    "Block_1.Conv_0 72>8 relu",
    "Block_1.Conv_1 72>8 relu +",
    "Dense_0 8>10",
  ]);
});

test("initialisers as Flax draws them, and their defaults", () => {
  const weightsOf = (init: string): string[] => {
    const network = networkOf(
      `${compact(`        x = nn.relu(nn.Dense(32${init})(x))\n        return nn.Dense(2)(x)\n`)}
net = Net()
net.init(jax.random.key(0), jnp.ones((1, 8)))
`,
    );
    const [layer] = network.layers;
    return [inWords(layer?.weights.value), inWords(layer?.bias?.value), ...gapsOf(network)];
  };
  assert.deepEqual(weightsOf(""), ["lecun_normal", "constant mean 0"]);
  const init = (what: string): string => `, kernel_init=nn.initializers.${what}`;
  assert.deepEqual(weightsOf(init("he_uniform()")), ["he_uniform", "constant mean 0"]);
  assert.deepEqual(weightsOf(init("normal(0.02)")), ["normal mean 0 std 0.02", "constant mean 0"]);
  assert.deepEqual(weightsOf(init("normal()")), ["normal mean 0 std 0.01", "constant mean 0"]);
  assert.deepEqual(weightsOf(init("truncated_normal(0.05)")), ["normal mean 0 std 0.044", "constant mean 0"]);
  assert.deepEqual(weightsOf(init("orthogonal(jnp.sqrt(2))")), ["orthogonal gain 1.4142", "constant mean 0"]);
  assert.deepEqual(weightsOf(init("variance_scaling(2.0, 'fan_out', 'normal')")), [
    "lecun_normal gain 1.4142 fan out",
    "constant mean 0",
  ]);
  assert.deepEqual(weightsOf(", bias_init=nn.initializers.constant(0.1)"), [
    "lecun_normal",
    "constant mean 0.1",
  ]);
  assert.deepEqual(weightsOf(", kernel_init=drawn_elsewhere").slice(2), [
    "weights are initialised by code that is not read",
  ]);
});

test("optimisers of optax: schedules, chains, and who trains whom", () => {
  const rateOf = (tx: string): unknown[] =>
    trainingOf(
      networkOf(
        `${compact("        return nn.Dense(2)(nn.relu(nn.Dense(8)(x)))\n")}
net = Net()
params = net.init(jax.random.key(0), jnp.ones((1, 4)))
tx = ${tx}
state = tx.init(params)
`,
      ),
    ).slice(0, 3);
  assert.deepEqual(rateOf("optax.adam(1e-2)"), ["adam", 0.01, 0]);
  assert.deepEqual(rateOf("optax.adam(optax.cosine_decay_schedule(0.02, 100))"), ["adam", 0.02, 0]);
  assert.deepEqual(rateOf("optax.sgd(optax.warmup_cosine_decay_schedule(0.0, 0.3, 10, 100))"), [
    "sgd",
    0.3,
    0,
  ]);
  assert.deepEqual(rateOf("optax.chain(optax.scale_by_adam(), optax.scale(-2e-3))"), ["adam", 0.002, 0]);
  assert.deepEqual(rateOf("optax.inject_hyperparams(optax.rmsprop)(learning_rate=0.004)"), [
    "rmsprop",
    0.004,
    0,
  ]);
  assert.deepEqual(rateOf("optax.sgd(learning_rate=rate)"), ["sgd", 0.001, 0]);
  const [actor, critic] = networksOf(`${LINEN}
class Actor(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.tanh(nn.Dense(2)(nn.relu(nn.Dense(64)(x))))
class Critic(nn.Module):
    @nn.compact
    def __call__(self, x, a):
        x = jnp.concatenate([x, a], -1)
        return nn.Dense(1)(nn.relu(nn.Dense(32)(x)))
actor, critic = Actor(), Critic()
x, a = jnp.zeros((1, 17)), jnp.zeros((1, 6))
one = train_state.TrainState.create(apply_fn=actor.apply, params=actor.init(0, x)["params"], tx=optax.adam(1e-4))
two = train_state.TrainState.create(apply_fn=critic.apply, params=critic.init(0, x, a)["params"], tx=optax.adam(1e-3))
`);
  assert.deepEqual([actor?.learningRate.value, critic?.learningRate.value], [1e-4, 1e-3]);
  // Python makes the outer layer first, and Flax counts as they are made.
  assert.deepEqual(critic && layersOf(critic), ["Dense_1 23>32 relu", "Dense_0 32>1"]);
});

test("nnx: layers that know their sizes, and an optimiser that holds the model", () => {
  const network = networkOf(`from flax import nnx
import optax
from functools import partial

class CNN(nnx.Module):
    def __init__(self, *, rngs: nnx.Rngs):
        self.conv = nnx.Conv(1, 32, kernel_size=(3, 3), rngs=rngs)
        self.norm = nnx.BatchNorm(32, rngs=rngs)
        self.pool = partial(nnx.avg_pool, window_shape=(2, 2), strides=(2, 2))
        self.hidden = nnx.List([nnx.Linear(6272, 256, rngs=rngs), nnx.Linear(256, 64, rngs=rngs)])
        self.drop = nnx.Dropout(0.1, rngs=rngs)
        self.head = nnx.Linear(64, 10, use_bias=False, rngs=rngs)

    def __call__(self, x):
        x = self.pool(nnx.relu(self.norm(self.conv(x))))
        x = x.reshape(x.shape[0], -1)
        for layer in self.hidden:
            x = nnx.relu(layer(x))
        return self.head(self.drop(x))

model = CNN(rngs=nnx.Rngs(0))
optimizer = nnx.Optimizer(model, optax.adamw(0.005, 0.9), wrt=nnx.Param)

def loss_fn(model, batch):
    return optax.softmax_cross_entropy_with_integer_labels(model(batch["image"]), batch["label"]).mean()
`);
  assert.deepEqual(layersOf(network), [
    "conv 9>32 relu batch-before",
    "hidden.0 6272>256 relu",
    "hidden.1 256>64 relu drop 0.1",
    "head 64>10",
  ]);
  assert.deepEqual(trainingOf(network), ["adam", 0.005, 0, null, "cross-entropy"]);
  assert.deepEqual(gapsOf(network), []);
});

test("what is not known is a gap, and never a guess", () => {
  const noShape = networkOf(compact("        return nn.Dense(2)(nn.relu(nn.Dense(8)(x)))\n"));
  assert.deepEqual(gapsOf(noShape), ["width of the input of layer 1 is not known"]);
  assert.equal(noShape.risk, null);

  const noWidth = networkOf(
    compact("        return nn.Dense(2)(nn.relu(nn.Dense(self.width)(x)))\n", "    width: int\n") +
      "net = Net(width=config.width)\nnet.init(jax.random.key(0), jnp.ones((1, 4)))\n",
  );
  assert.deepEqual(layersOf(noWidth), ["Dense_1 4>? relu", "Dense_0 ?>2"]);

  const byHand = networkOf(
    `${compact(`        x = nn.relu(nn.Dense(8)(x))
        w = self.param("w", nn.initializers.lecun_normal(), (8, 4))
        x = nn.relu(x @ w)
        return nn.Dense(2)(x)
`)}net = Net()\nnet.init(jax.random.key(0), jnp.ones((1, 4)))\n`,
  );
  assert.ok(gapsOf(byHand).includes("weights that belong to no layer are applied here"));

  const attends = networkOf(
    `${compact(`        x = nn.relu(nn.Dense(8)(x))
        x = nn.SelfAttention(num_heads=2)(x)
        return nn.Dense(2)(x)
`)}net = Net()\nnet.init(jax.random.key(0), jnp.ones((1, 5, 4)))\n`,
  );
  assert.ok(gapsOf(attends).includes("a SelfAttention layer is not estimated"));

  const general = networkOf(
    `${compact(`        x = nn.relu(nn.Dense(8)(x))
        x = nn.relu(nn.DenseGeneral((4, 8))(x))
        return nn.Dense(2)(x)
`)}net = Net()\nnet.init(jax.random.key(0), jnp.ones((1, 4)))\n`,
  );
  assert.ok(gapsOf(general).includes("a DenseGeneral layer is not estimated"));
});

test("layers that are made or run in a stack are a gap", () => {
  const networks = networksOf(`from flax import nnx
class Block(nnx.Module):
    def __init__(self, *, rngs):
        self.layer = nnx.Linear(10, 10, rngs=rngs)
    def __call__(self, x):
        return nnx.relu(self.layer(x))
class Net(nnx.Module):
    def __init__(self, *, rngs):
        @nnx.split_rngs(splits=5)
        @nnx.vmap
        def create(rngs):
            return Block(rngs=rngs)
        self.first = nnx.Linear(4, 10, rngs=rngs)
        self.blocks = create(rngs)
        self.head = nnx.Linear(10, 2, rngs=rngs)
    def __call__(self, x):
        @nnx.scan
        def forward(x, block):
            return block(x)
        return self.head(forward(self.first(x), self.blocks))
net = Net(rngs=nnx.Rngs(0))
`);
  const net = networks.find(({ name }) => name === "Net");
  assert.deepEqual(net && layersOf(net), ["first 4>10", "head 10>2"]);
  assert.deepEqual(net && gapsOf(net), ["layers that are made or run in a stack are not read"]);
});

test("a size that depends on images of unknown size stays unknown", () => {
  const network = networkOf(
    compact(`        y = nn.relu(nn.Conv(8, (3, 3))(x))
        z = nn.Conv(8, (3, 3))(y)
        if y.shape != z.shape:
            y = nn.Conv(8, (1, 1))(y)
        x = (y + z).reshape((x.shape[0], -1))
        return nn.Dense(10)(x)
`),
  );
  assert.deepEqual(layersOf(network), ["Conv_0 ?>8 relu", "Conv_1 72>8 +", "Dense_0 ?>10"]);
  assert.ok(!gapsOf(network).includes("which branch is taken is not known"));
});

test("no network of what is none", () => {
  assert.deepEqual(networksOf(`${LINEN}def f(x):\n    return nn.relu(x)\n`), []);
  assert.deepEqual(
    networksOf(
      `${LINEN}class Scale(nn.Module):\n    @nn.compact\n    def __call__(self, x):\n        return nn.relu(2 * x)\n`,
    ),
    [],
  );
  assert.deepEqual(
    networksOf(
      "from mine import nn\nclass Net(nn.Module):\n    def __call__(self, x):\n        return nn.relu(nn.Dense(3)(x))\n",
    ).filter(({ framework }) => framework === "flax"),
    [],
  );
});

test("columns that are cut out of a table are the network's inputs", () => {
  const widthOf = (cut: string): number | null | undefined =>
    networkOf(`${compact("        return nn.Dense(2)(nn.relu(nn.Dense(4)(x)))\n")}
from sklearn.datasets import load_wine
table = load_wine().data
x = jnp.array(table[${cut}])
params = Net().init(jax.random.key(0), x)
`).layers[0]?.fanIn;
  assert.equal(widthOf(":"), 13);
  assert.equal(widthOf(":, 1:"), 12);
  assert.equal(widthOf(":, :-3"), 10);
  assert.equal(widthOf(":100, 2:5"), 3);
  assert.equal(widthOf(":, first:"), null);
  assert.equal(widthOf(":, [1, 2]"), null);
});
