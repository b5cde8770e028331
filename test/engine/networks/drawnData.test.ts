import assert from "node:assert/strict";
import { test } from "node:test";
import { layersOf } from "./named.ts";
import { networkOf } from "./support.ts";

/** The scale of inputs that are made by an expression, and the width of the first layer. */
function drawn(expression: string): string {
  const network = networkOf(`import numpy as np
import jax
import tensorflow as tf
from sklearn.neural_network import MLPRegressor

rng = np.random.default_rng(0)
X = ${expression}
model = MLPRegressor()
model.fit(X, X[:, 0])
`);
  const { value, assumption } = network.input;
  return `${assumption ? "assumed" : value.scale} ${layersOf(network)[0]?.split(" ")[1]}`;
}

test("draws have the size that their arguments say", () => {
  for (const [expression, words] of [
    ["rng.standard_normal((64, 5))", "standardised 5>100"],
    ["rng.normal(size=(64, 5))", "standardised 5>100"],
    ["rng.normal(0, 1, (64, 5))", "standardised 5>100"],
    ["rng.normal(0.5, 0.2, size=(64, 5))", "standardised 5>100"],
    ["rng.normal(290, 8, (64, 5))", "raw 5>100"],
    ["rng.normal(loc=290, scale=8, size=(64, 5))", "raw 5>100"],
    ["rng.random((64, 5))", "unit 5>100"],
    ["np.random.rand(64, 5)", "unit 5>100"],
    ["np.random.randn(64, 5)", "standardised 5>100"],
    ["rng.uniform(size=(64, 5))", "unit 5>100"],
    ["rng.uniform(-1, 1, (64, 5))", "standardised 5>100"],
    ["rng.uniform(0, 200, (64, 5))", "raw 5>100"],
    ["np.random.uniform(low=-50.0, high=50.0, size=(64, 5))", "raw 5>100"],
    ["tf.random.uniform((64, 5), maxval=255)", "raw 5>100"],
    ["tf.random.normal([64, 5], 3.0)", "standardised 5>100"],
    ["jax.random.normal(jax.random.PRNGKey(0), (64, 5))", "standardised 5>100"],
    ["jax.random.uniform(jax.random.PRNGKey(0), (64, 5), minval=0, maxval=30)", "raw 5>100"],
  ] as const)
    assert.equal(drawn(expression), words, expression);
});

test("of columns that have their own numbers each, the size is not known", () => {
  assert.match(drawn("rng.uniform([0, 10], [1, 200], size=(64, 2))"), /^assumed 2>/);
});
