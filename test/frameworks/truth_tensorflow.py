"""What TensorFlow built for the programs of cases_tensorflow.py, and how it drew their weights: one line of JSON each.

python truth_tensorflow.py [PART OF AN ID ...]
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import numpy as np
import tensorflow as tf
import tensorflow_graph
from cases_tensorflow import CASES
from common import main
from graph import layers_of

v1 = tf.compat.v1


def of_graph(loss):
    """The graph up to what is minimised; its variables are drawn once for their spreads."""
    with v1.Session(graph=loss.graph) as session, loss.graph.as_default():
        session.run(v1.global_variables_initializer())
        values = {one.op.name: session.run(one) for one in v1.global_variables()}
    v1.reset_default_graph()
    return tensorflow_graph.read(loss, lambda variable: float(np.std(values[variable.name])))


def of_function(predict, shape):
    traced = tf.function(predict).get_concrete_function(tf.TensorSpec(shape))
    held = {inner.op.name: outer for outer, inner in traced.graph.captures}

    def spread_of(variable):
        handle = held[variable.name]
        value = next(one for one in traced.graph.variables if one.handle is handle)
        return float(np.std(value.numpy()))

    return tensorflow_graph.read(traced.graph.outputs[0], spread_of)


def layers_of_build(build, names, path):
    built = build(names)
    graph = of_function(*built) if isinstance(built, tuple) else of_graph(built)
    return layers_of(graph), graph.other, built


if __name__ == "__main__":
    main(CASES, layers_of_build)
