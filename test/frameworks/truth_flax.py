"""What Flax (Linen and NNX) does in the models of cases_flax.py: one line of JSON each.

python truth_flax.py [PART OF AN ID ...]
"""

import os

os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import flax.linen as nn
import jax
import jax.numpy as jnp
import jax_graph
import jax_marks
from common import main
from flax import nnx
from graph import layers_of


def layers_of_build(build, names, path):
    model, *shapes = build(names)
    options = shapes.pop() if isinstance(shapes[-1], dict) else {}
    inputs = [jnp.zeros(shape) if isinstance(shape, tuple) else shape for shape in shapes]
    if isinstance(model, nn.Module):
        keys = {name: jax.random.key(number) for number, name in enumerate(("params", "dropout"))}

        def function(*values):
            with nn.intercept_methods(jax_marks.intercept):
                return model.init_with_output(keys, *values, **options)[0]

    else:
        definition, state = nnx.split(model)

        # The statistics of a norm are changed by the call: they must be inputs of what is traced.
        inputs = [state, *inputs]

        def function(state, *values):
            extra = {"rngs": nnx.Rngs(0)} if "rngs" in options else {}
            return nnx.merge(definition, state)(*values, **extra)

    graph = jax_graph.Reader(path).read(function, inputs)
    return layers_of(graph), graph.other, model


if __name__ == "__main__":
    jax_marks.mark_activations()
    jax_marks.mark_nnx()
    jax_marks.note_origins()
    from cases_flax import CASES

    main(CASES, layers_of_build)
