import assert from "node:assert/strict";
import { test } from "node:test";
import { gapsOf, inWords, layersOf, networkOf, networksOf, trainingOf } from "./named.ts";

test("Haiku: a Sequential in a function that is transformed", () => {
  const network = networkOf(`import haiku as hk, jax, jax.numpy as jnp, optax

def forward(x):
    net = hk.Sequential([hk.Flatten(), hk.Linear(300), jax.nn.relu, hk.Linear(10, with_bias=False)])
    return net(x)

model = hk.without_apply_rng(hk.transform(forward))
params = model.init(jax.random.PRNGKey(0), jnp.zeros((1, 28, 28)))
optimiser = optax.adam(1e-3)
`);
  assert.deepEqual(layersOf(network), ["784>300 relu", "300>10"]);
  assert.equal(inWords(network.layers[0]?.weights.value), "lecun_normal gain 0.8796");
  assert.equal(network.layers[1]?.bias, null);
  assert.deepEqual(trainingOf(network).slice(0, 2), ["adam", 0.001]);
});

test("Haiku: an MLP has ReLU unless it is told otherwise, a module has layers of its own", () => {
  const [mlp, torso] = networksOf(`import haiku as hk, jax, jax.numpy as jnp

class Torso(hk.Module):
    def __init__(self, width, name=None):
        super().__init__(name)
        self.first = hk.Linear(width)
        self.last = hk.Linear(3)
    def __call__(self, x):
        return self.last(jax.nn.relu(self.first(x)))

def values(x):
    q = hk.nets.MLP([64, 2])
    return q(x)

def torso(x):
    return Torso(7)(x)

hk.transform(values).init(0, jnp.ones((1, 4)))
hk.transform(torso).init(0, jnp.ones((1, 5)))
`).toSorted((a, b) => a.layers.length - b.layers.length || b.span.from - a.span.from);
  assert.deepEqual(mlp && layersOf(mlp), ["4>64 relu", "64>2"]);
  assert.equal(mlp?.layers[0]?.site?.isDefault, true);
  assert.deepEqual(torso && layersOf(torso), ["first 5>7 relu", "last 7>3"]);
});

test("Equinox: weights and biases as PyTorch draws them", () => {
  const [net, mlp] = networksOf(`import equinox as eqx, jax, jax.numpy as jnp

class Net(eqx.Module):
    layers: list
    def __init__(self, key):
        self.layers = [
            eqx.nn.Conv2d(1, 3, kernel_size=4, key=key), jax.nn.relu, jnp.ravel, eqx.nn.Linear(1875, 10, key=key),
        ]
    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

net = Net(jax.random.PRNGKey(0))
mlp = eqx.nn.MLP(in_size=2, out_size="scalar", width_size=8, depth=2, key=jax.random.PRNGKey(1))
`);
  assert.deepEqual(net && layersOf(net), ["layers.0 16>3 relu", "layers.3 1875>10"]);
  assert.equal(inWords(net?.layers[0]?.bias?.value), "torch_default");
  assert.deepEqual(mlp && layersOf(mlp), ["2>8 relu", "8>8 relu", "8>1"]);
  assert.deepEqual(mlp && gapsOf(mlp), []);
});

test("a depth or sizes from elsewhere are a gap", () => {
  const [network] = networksOf("import equinox as eqx\nmlp = eqx.nn.MLP(2, 1, 8, depth, key=key)\n");
  assert.ok(!network || gapsOf(network).length > 0);
});
