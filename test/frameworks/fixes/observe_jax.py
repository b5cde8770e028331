"""Runs programs in JAX and Flax (linen and nnx) and writes down what the functions that they differentiate do.

JAX has no modules to look at: what is differentiated is the loss, and what it multiplies with is the weights.
Programs run without compilation, so that every operation is seen with its values.
"""

import os

# Each operation is still compiled for each shape that it meets, which takes most of the time: not for speed, then,
# and once for all runs and frameworks.
os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true")
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")

import flax.linen as linen
import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx
from jax._src.lax import convolution, lax
from serve import PROBES, UNSEEN, norm, numbers, ramp, serve, small, statistics

ACTIVATIONS = (
    "relu relu6 leaky_relu elu selu celu gelu silu swish mish softplus soft_sign sigmoid tanh hard_tanh hard_sigmoid "
    "hard_silu hard_swish softmax log_softmax log_sigmoid"
).split()
# Of what a network is shown later, the first so many are written down.
MANY = 16
NORMS = {"BatchNorm": "batch_norm", "LayerNorm": "layer_norm", "GroupNorm": "group_norm"}


def is_array(value):
    return isinstance(value, jax.Array | np.ndarray)


def is_traced(value):
    return isinstance(value, jax.core.Tracer)


def probe(function, shape):
    """The function's values and gradients, where each row of its input holds one value throughout."""
    rest = tuple(shape[1:][-1:])
    x = np.broadcast_to(np.reshape(PROBES, (-1,) + (1,) * len(rest)), (len(PROBES), *rest)).astype("float32")
    first = lambda given: function(given).reshape((len(PROBES), -1))[:, 0]  # noqa: E731
    slope = jax.grad_(lambda given: first(given).sum())(jnp.asarray(x))
    return numbers(first(jnp.asarray(x))), numbers(slope.reshape((len(PROBES), -1)).sum(axis=1))


class Recorder:
    """Writes down products with weights and activations while it is on; may show the network another input."""

    def __init__(self):
        self.steps, self.lowest, self.on, self.inside, self.sign, self.first = [], None, False, False, None, None
        self.known, self.first_layers = {}, {}
        for module in (jax.nn, linen, linen.activation, nnx, jnp):
            for name in ACTIVATIONS:
                if hasattr(module, name):
                    setattr(module, name, self.activation(name, getattr(module, name)))
        maximum = jnp.maximum
        jnp.maximum = lambda a, b: self.maximum(maximum, a, b)
        for module in (linen, nnx):
            self.patch_class(module.PReLU, self.prelu)
            for name in NORMS:
                self.patch_class(getattr(module, name), self.normalisation)
        self.patch(lax.dot_general_p, self.product)
        self.patch(convolution.conv_general_dilated_p, self.convolution)

    def patch(self, primitive, write):
        bind = primitive.bind

        def bound(left, right, **settings):
            if self.inside or not (self.on or self.sign):
                self.watch(left, right)
                return bind(left, right, **settings)
            if self.first is None:
                self.first = left, right
                if self.sign and not is_traced(left):
                    left = self.sign * small(left)
            if self.on:
                self.steps.append(write(right, settings))
            return bind(left, right, **settings)

        primitive.bind = bound

    def watch(self, left, right):
        """What first layers are shown while nothing is looked at: data for tests."""
        if is_traced(left) or is_traced(right):
            return
        later = self.first_layers.get(np.shape(right))
        if later is not None and len(later) < MANY:
            later.append(statistics(left))

    def patch_class(self, kind, write):
        original = kind.__call__
        kind.__call__ = lambda layer, x, *args, **kwargs: write(original, layer, x, args, kwargs)

    def product(self, weights, settings):
        ((_, axes), _) = settings["dimension_numbers"]
        fan_in = int(np.prod([weights.shape[axis] for axis in axes]))
        return self.weighted("dense", "dot", weights, fan_in)

    def convolution(self, weights, settings):
        units = weights.shape[settings["dimension_numbers"].rhs_spec[0]]
        return self.weighted("conv", "conv", weights, weights.size // units)

    def weighted(self, op, name, weights, fan_in):
        weights = None if is_traced(weights) else np.asarray(weights)
        units = 0 if weights is None else weights.size // fan_in
        return {"op": op, "name": name, "fanIn": fan_in, "units": units, "weights": weights, "bias": None}

    def activation(self, name, original):
        def call(x, *args, **kwargs):
            if not self.on or self.inside or not is_array(x):
                return original(x, *args, **kwargs)
            key = f"{name} {args} {kwargs} {np.shape(x)[-1:]}"
            return self.applied(name, lambda given: original(given, *args, **kwargs), x, key)

        return call

    def maximum(self, original, a, b):
        if not self.on or self.inside or not is_array(a) or is_array(b) or b != 0:
            return original(a, b)
        return self.applied("relu", lambda given: original(given, 0), a, "maximum")

    def prelu(self, original, layer, x, args, kwargs):
        if not self.on:
            return original(layer, x)
        # Of a module that makes its parameters when it is called, only what it did can be used again.
        self.inside = True
        result = original(layer, x)
        self.inside = False
        alpha = layer.negative_slope if isinstance(layer, nnx.Module) else layer.get_variable("params", "negative_slope")
        value = jnp.asarray(alpha.value if hasattr(alpha, "value") else alpha)
        self.applied("prelu", lambda given: jnp.where(given >= 0, given, value * given), x)
        return result

    def normalisation(self, original, layer, x, args, kwargs):
        if self.on:
            self.steps.append({"op": "norm", "name": NORMS[type(layer).__name__], "units": int(x.shape[-1])})
        return original(layer, x, *args, **kwargs)

    def applied(self, name, function, x, key=None):
        """The same function is met over and over: by its key it is known."""
        self.inside = True
        try:
            if not is_traced(x) and np.size(x) > 0:
                lowest = float(np.min(x))
                self.lowest = lowest if self.lowest is None else min(self.lowest, lowest)
            values, gradients = self.known.get(key) or probe(function, x.shape)
            if key is not None and not any(map(is_traced, jax.tree_util.tree_leaves(x))):
                self.known[key] = values, gradients
            self.steps.append({"op": "activation", "name": name, "values": values, "gradients": gradients})
            return function(x)
        finally:
            self.inside = False


def leaves_of(tree):
    """Names and arrays of all parameters."""
    if isinstance(tree, nnx.Module):
        tree = nnx.state(tree, nnx.Param)
    if isinstance(tree, nnx.State):
        tree = nnx.to_pure_dict(tree)
    pairs = jax.tree_util.tree_flatten_with_path(tree)[0]
    return [(jax.tree_util.keystr(path), np.array(leaf)) for path, leaf in pairs if is_array(leaf)]


def ramped(tree, bias):
    """Weights above 0; what norms and PReLU learn stays as it starts."""

    def change(path, leaf):
        name = jax.tree_util.keystr(path)
        if "scale" in name or "slope" in name or not is_array(leaf):
            return leaf
        return jnp.asarray((1.0 if leaf.ndim > 1 else bias) * ramp(leaf.shape))

    if isinstance(tree, nnx.Module):
        graph, state, rest = nnx.split(tree, nnx.Param, ...)
        pure = nnx.to_pure_dict(state)
        nnx.replace_by_pure_dict(state, jax.tree_util.tree_map_with_path(change, pure))
        return nnx.merge(graph, state, rest)
    return jax.tree_util.tree_map_with_path(change, tree)


def parent(name):
    return name[: name.rfind("[")]


def with_statistics(steps, parameters):
    """Weights found among the parameters by their values, and each's bias beside it."""
    for step in steps:
        weights = step.get("weights")
        if weights is None:
            continue
        same = lambda leaf: leaf.shape == weights.shape and np.array_equal(leaf, weights)  # noqa: E731, B023
        name = next((name for name, leaf in parameters if same(leaf)), None)
        beside = [leaf for other, leaf in parameters if name and parent(other) == parent(name)]
        bias = next((leaf for leaf in beside if leaf.shape == (step["units"],)), None)
        step["weights"] = statistics(weights)
        step["bias"] = None if bias is None else statistics(bias)
    # Products of data with data are none of the network's layers.
    return [step for step in steps if step["op"] not in ("dense", "conv") or step["weights"] is not None]


def code_of(function):
    """The same for all closures that a loop makes."""
    return getattr(function, "__code__", None) or getattr(getattr(function, "func", None), "__code__", function)


class Observer:
    def __init__(self):
        self.recorder = Recorder()
        self.start()
        for module in (jax, nnx):
            for name in ("grad", "value_and_grad"):
                original = getattr(module, name)
                setattr(module, f"{name}_", original)
                setattr(module, name, self.differentiation(original, module, name == "grad"))
        clip = optax.clip_by_global_norm
        optax.clip_by_global_norm = lambda *args, **kwargs: self.clipping(clip(*args, **kwargs))

    def differentiation(self, original, module, is_alone):
        def transform(function, *settings, **more):
            inner = original(function, *settings, **more)

            def call(*args, **kwargs):
                if self.recorder.on or self.busy:
                    return inner(*args, **kwargs)
                key = code_of(function)
                first = self.remember(key, function, module, args, kwargs)
                # What was learnt shows at the second call: of all that comes then, nothing is looked at.
                if key in self.results:
                    return self.results[key]
                # Flax differentiates by JAX.
                self.busy = True
                try:
                    result = inner(*args, **kwargs)
                finally:
                    self.busy = False
                self.results[key] = result
                if first["gradient"] is None:
                    first["gradient"] = norm([leaf for _, leaf in leaves_of(result if is_alone else result[1])])
                return result

            return call

        return lambda *args, **kwargs: (
            transform(*args, **kwargs) if args else lambda function: transform(function, **kwargs)
        )

    def clipping(self, transformation):
        def update(updates, state, params=None, **more):
            clipped = transformation.update(updates, state, params, **more)
            if self.training and not self.clipped:
                self.clipped = True
                self.training[-1]["gradient"] = norm([leaf for _, leaf in leaves_of(clipped[0])])
            return clipped

        return optax.GradientTransformationExtraArgs(transformation.init, update)

    def remember(self, key, function, module, args, kwargs):
        """At the first call what it does, at the second what was learnt between."""
        leaves = leaves_of(args[0])
        if key in self.seen:
            before, training = self.seen[key]
            if "update" not in training:
                training["update"] = norm([now - old for (_, now), (_, old) in zip(leaves, before, strict=True)])
            return None
        training = {"optimiser": "", "rates": [], "gradient": None}
        self.seen[key] = leaves, training
        self.training.append(training)
        self.busy = True
        try:
            self.networks.append(self.observed(function, module, args, kwargs, leaves))
        finally:
            self.busy = False
        return training

    def run(self, function, args, kwargs, sign=None, on=True):
        recorder = self.recorder
        recorder.steps, recorder.lowest, recorder.first = [], None, None
        recorder.on, recorder.sign = on, sign
        try:
            return function(*args, **kwargs)
        finally:
            recorder.on, recorder.sign = False, None

    def observed(self, function, module, args, kwargs, leaves):
        recorder = self.recorder
        self.run(function, args, kwargs)
        steps, first = recorder.steps, recorder.first
        what = {
            "name": getattr(function, "__name__", "loss"),
            "steps": with_statistics(steps, leaves),
            "parameters": [[name, list(leaf.shape)] for name, leaf in leaves],
            "input": None if first is None or is_traced(first[0]) else statistics(first[0]),
            "shownLater": [],
        }
        # A layer is known by the shape of its weights, where no other has it.
        if first is not None and sum(leaf.shape == np.shape(first[1]) for _, leaf in leaves) == 1:
            recorder.first_layers[np.shape(first[1])] = what["shownLater"]
        if not self.isWhole:
            return {**what, **UNSEEN}
        positive = self.run(function, (ramped(args[0], 0.5), *args[1:]), kwargs, sign=1.0)
        lowest = recorder.lowest
        output = positive[0] if isinstance(positive, tuple) else positive
        scalar = lambda *given: (lambda r: r[0] if isinstance(r, tuple) else r)(function(*given, **kwargs))  # noqa: E731
        slopes = self.run(module.grad_(scalar), (ramped(args[0], 0.0), *args[1:]), {}, sign=-1.0, on=False)
        gradient = None
        if first is not None:
            by_name = dict(leaves_of(slopes))
            weights = np.asarray(first[1])
            name = next((n for n, leaf in leaves if leaf.shape == weights.shape and np.array_equal(leaf, weights)), None)
            gradient = norm([by_name[name]]) if name in by_name else None
        return {
            **what,
            "lowest": lowest,
            "output": numbers([output]),
            "gradient": gradient,
        }

    def start(self):
        self.seen, self.results, self.networks, self.training = {}, {}, [], []
        self.clipped, self.busy = False, False
        self.recorder.first_layers = {}

    def finish(self):
        return {"networks": self.networks, "training": self.training}


with jax.disable_jit():
    serve(Observer())
