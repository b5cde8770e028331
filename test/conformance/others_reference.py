"""Writes fixtures/jax.json and keras.json (Keras on TensorFlow), for what PyTorch lacks or does otherwise.

python test/conformance/others_reference.py
"""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import jax
import keras
import tensorflow as tf
from reference import write

jax.config.update("jax_enable_x64", True)


def in_jax(activation, function, parameters=None, extra=()):
    def evaluate(x):
        value, gradient = jax.value_and_grad(function)(jax.numpy.float64(x))
        return value, gradient

    return activation, parameters or {}, extra, evaluate


def in_keras(activation, function, parameters=None, extra=()):
    def evaluate(x):
        tensor = tf.constant(x, tf.float64)
        with tf.GradientTape() as tape:
            tape.watch(tensor)
            value = function(tensor)
        return value, tape.gradient(value, tensor)

    return activation, parameters or {}, extra, evaluate


jnn = jax.nn
write(
    "jax.json",
    {"jax": jax.__version__},
    [
        in_jax("relu", jnn.relu),
        in_jax("relu6", jnn.relu6, extra=[6.0]),
        in_jax("leaky_relu", jnn.leaky_relu),
        in_jax("elu", lambda x: jnn.elu(x, 2.0), {"alpha": 2.0}),
        in_jax("selu", jnn.selu),
        in_jax("celu", lambda x: jnn.celu(x, 2.0), {"alpha": 2.0}),
        in_jax("gelu", lambda x: jnn.gelu(x, approximate=False)),
        in_jax("gelu_tanh", jnn.gelu),
        in_jax("silu", jnn.silu),
        in_jax("mish", jnn.mish),
        in_jax("softplus", jnn.softplus),
        in_jax("hardsigmoid", jnn.hard_sigmoid, extra=[-3.0, 3.0]),
        in_jax("hardswish", jnn.hard_silu, extra=[-3.0, 3.0]),
        in_jax("hardtanh", jnn.hard_tanh, extra=[-1.0, 1.0]),
        in_jax("squareplus", jnn.squareplus),
        in_jax("squareplus", lambda x: jnn.squareplus(x, 0.5), {"b": 0.5}),
        in_jax("sparse_plus", jnn.sparse_plus, extra=[-1.0, 1.0]),
        in_jax("sparse_sigmoid", jnn.sparse_sigmoid, extra=[-1.0, 1.0]),
    ],
)

act = keras.activations
write(
    "keras.json",
    {"keras": keras.__version__, "tensorflow": tf.__version__},
    [
        in_keras("relu", lambda x: act.relu(x, max_value=4.0), {"max_value": 4}, [4.0]),
        in_keras("relu", lambda x: act.relu(x, max_value=6.0), {"max_value": 6}, [6.0]),
        in_keras("relu", lambda x: act.relu(x, threshold=1.0), {"threshold": 1}, [1.0]),
        in_keras("relu", lambda x: act.relu(x, negative_slope=0.25), {"negative_slope": 0.25}),
        in_keras(
            "relu",
            lambda x: act.relu(x, negative_slope=0.25, max_value=4.0, threshold=1.0),
            {"negative_slope": 0.25, "max_value": 4, "threshold": 1},
            [1.0, 4.0],
        ),
        in_keras(
            "relu",
            lambda x: act.relu(x, max_value=4.0, threshold=-1.0),
            {"max_value": 4, "threshold": -1},
            [-1.0, 4.0],
        ),
        in_keras(
            "relu",
            lambda x: act.relu(x, negative_slope=0.25, threshold=-1.0),
            {"negative_slope": 0.25, "threshold": -1},
            [-1.0],
        ),
        in_keras("exponential", act.exponential),
        in_keras("squareplus", act.squareplus),
        in_keras("sparse_plus", act.sparse_plus, extra=[-1.0, 1.0]),
        in_keras("sparse_sigmoid", act.sparse_sigmoid, extra=[-1.0, 1.0]),
        in_keras("hardtanh", act.hard_tanh, extra=[-1.0, 1.0]),
        in_keras("threshold", lambda x: act.threshold(x, 1.0, 5.0), {"threshold": 1.0, "value": 5.0}, [1.0]),
        in_keras("hardsigmoid", act.hard_sigmoid, extra=[-3.0, 3.0]),
        in_keras("silu", lambda x: tf.nn.silu(x, beta=2.0), {"beta": 2}),
    ],
)
