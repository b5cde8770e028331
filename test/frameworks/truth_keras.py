"""What Keras itself says of the built models of cases_keras.py: one line of JSON each.

python truth_keras.py [PART OF AN ID ...]
"""

import os
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras_graph
import keras_layers
from cases_keras import CASES
from common import main
from graph import layers_of


def layers_of_build(build, names, path):
    model = build(names)
    graph = keras_graph.Reader(path).read(model)
    return layers_of(graph), graph.other, model


if __name__ == "__main__":
    keras_layers.watch()
    main(CASES, layers_of_build)
    if keras_graph.unknown:
        # They end a path, as what does not keep a layer's output does.
        print("unknown operations:", sorted(keras_graph.unknown), file=sys.stderr)
