"""Runs Keras and tf.keras programs, with the backend that KERAS_BACKEND names, and writes down what networks do."""

import os

import numpy as np
from serve import PROBES, SEED, UNSEEN, mixed, norm, number, numbers, ramp, serve, small, statistics

BACKEND = os.environ["KERAS_BACKEND"]

import keras  # noqa: E402
from keras.src import backend  # noqa: E402
from keras.src.layers.layer import Layer  # noqa: E402
from keras.src.optimizers.base_optimizer import BaseOptimizer  # noqa: E402

if BACKEND == "tensorflow":
    import tensorflow as tf

    # What `tf.function` marks would be traced, not run.
    tf.config.run_functions_eagerly(True)
    tf.config.threading.set_intra_op_parallelism_threads(1)
elif BACKEND == "torch":
    import torch

    torch.set_num_threads(1)
else:
    import jax

ACTIVATIONS = (
    "relu relu6 leaky_relu elu selu celu gelu silu softplus softsign sigmoid tanh hard_tanh hard_sigmoid hard_silu "
    "softmax log_softmax log_sigmoid threshold"
).split()
NORMS = {"BatchNormalization": "batch_norm", "LayerNormalization": "layer_norm", "GroupNormalization": "group_norm"}
# Their functions are seen by themselves.
TRANSPARENT = {"Activation", "ReLU", "LeakyReLU", "ELU", "Softmax", "InputLayer"}
SHOWN = 8


def array(value):
    return keras.ops.convert_to_numpy(value)


def derivative(function, x):
    """Of the first output of each row, summed over the row's inputs."""
    first = lambda y: y.reshape((len(PROBES), -1))[:, 0].sum()  # noqa: E731
    if BACKEND == "torch":
        x = torch.as_tensor(x).requires_grad_()
        with torch.enable_grad():
            (slope,) = torch.autograd.grad(first(function(x)), x)
    elif BACKEND == "tensorflow":
        x = tf.convert_to_tensor(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.reduce_sum(tf.reshape(function(x), [len(PROBES), -1])[:, 0])
        slope = tape.gradient(y, x)
    else:
        slope = jax.grad(lambda given: first(function(given)))(jax.numpy.asarray(x))
    return array(slope).reshape((len(PROBES), -1)).sum(axis=1)


def probe(function, like):
    """The function's values and gradients, where each row of its input holds one value throughout."""
    x = np.broadcast_to(np.reshape(PROBES, (-1,) + (1,) * (like.ndim - 1)), (len(PROBES), *like.shape[1:]))
    x = np.array(x, dtype="float32")
    values = array(function(keras.ops.convert_to_tensor(x))).reshape((len(PROBES), -1))[:, 0]
    return numbers(values), numbers(derivative(function, x))


class Recorder:
    """Writes down layers and activations while it is on."""

    def __init__(self):
        self.steps, self.lowest, self.on, self.inside = [], None, False, False
        self.known = {}
        for module in [backend.nn, backend.numpy] + ([tf.nn] if BACKEND == "tensorflow" else []):
            for name in ACTIVATIONS:
                if hasattr(module, name):
                    setattr(module, name, self.activation(name, getattr(module, name)))

    def activation(self, name, original):
        def call(x, *args, **kwargs):
            if not self.on or self.inside or not hasattr(x, "shape"):
                return original(x, *args, **kwargs)
            self.inside = True
            try:
                self.applied(name, lambda given: original(given, *args, **kwargs), x, (args, kwargs))
                return original(x, *args, **kwargs)
            finally:
                self.inside = False

        return call

    def applied(self, name, function, x, settings=None):
        lowest = float(array(x).min())
        self.lowest = lowest if self.lowest is None else min(self.lowest, lowest)
        # The same function is met over and over.
        key = None if settings is None else f"{name} {settings} {tuple(x.shape)[1:]}"
        values, gradients = self.known.get(key) or probe(function, array(x))
        if key is not None:
            self.known[key] = values, gradients
        self.steps.append({"op": "activation", "name": name, "values": values, "gradients": gradients})

    def layer(self, layer, original, args, kwargs):
        kind = type(layer).__name__
        if self.inside or kind in TRANSPARENT or isinstance(layer, keras.Model) or not is_builtin(layer):
            return original(layer, *args, **kwargs)
        if kind == "PReLU":
            self.inside = True
            try:
                result = original(layer, *args, **kwargs)
                self.applied("prelu", lambda x: original(layer, x), args[0])
            finally:
                self.inside = False
            return result
        step = {"op": "other", "name": kind}
        self.steps.append(step)
        result = original(layer, *args, **kwargs)
        kernel = getattr(layer, "kernel", None)
        if kind in NORMS:
            step.update(op="norm", name=NORMS[kind], units=int(args[0].shape[-1]))
        elif kernel is not None and hasattr(layer, "use_bias"):
            weights = array(kernel)
            step.update(
                op="dense" if kind == "Dense" else "conv",
                fanIn=int(np.prod(weights.shape[:-1])),
                units=int(weights.shape[-1]),
                weights=statistics(weights),
                bias=statistics(array(layer.bias)) if layer.use_bias else None,
            )
        return result


def is_builtin(layer):
    return type(layer).__module__.startswith("keras.")


def is_concrete(value):
    return isinstance(value, np.ndarray) or (
        hasattr(value, "shape") and not isinstance(value, keras.KerasTensor) and backend.is_tensor(value)
    )


def first_batch(x):
    if isinstance(x, list | tuple):
        return [first_batch(part) for part in x]
    return examples(x)[:SHOWN]


def examples(x):
    """All that is shown at once. The first few may be all of one class."""
    if isinstance(x, np.ndarray) or backend.is_tensor(x):
        return array(x)
    if isinstance(x, list | tuple):
        return examples(x[0])
    batch = next(iter(x))
    return array(batch[0] if isinstance(batch, list | tuple) else batch)


class Observer:
    def __init__(self):
        self.recorder = Recorder()
        self.depth = 0
        self.start()
        self.patch_layers()
        self.patch_training()
        self.patch_optimisers()

    def patch_layers(self):
        original = Layer.__call__

        def call(layer, *args, **kwargs):
            if self.recorder.on:
                return self.recorder.layer(layer, original, args, kwargs)
            if self.depth == 0 and isinstance(layer, keras.Model) and args and is_concrete(args[0]):
                self.remember(layer, args[0])
            self.depth += 1
            try:
                return original(layer, *args, **kwargs)
            finally:
                self.depth -= 1

        Layer.__call__ = call

    def patch_training(self):
        compile_, fit, on_batch = keras.Model.compile, keras.Model.fit, keras.Model.train_on_batch

        def compiled(model, *args, **kwargs):
            return compile_(model, *args, **{**kwargs, "run_eagerly": True, "jit_compile": False})

        def fitted(model, x=None, *args, **kwargs):
            self.remember(model, x)
            # One step shows all there is to see; what comes behind training, as other data, is left to the program.
            return self.inner(fit, model, x, *args, **{**kwargs, "verbose": 0, "epochs": 1, "steps_per_epoch": 1})

        def trained(model, x, *args, **kwargs):
            self.remember(model, x)
            return self.inner(on_batch, model, x, *args, **kwargs)

        def tested(original):
            def test(model, x=None, *args, **kwargs):
                self.remember(model, x, isLater=True)
                return self.inner(original, model, x, *args, **{**kwargs, "verbose": 0})

            return test

        keras.Model.compile, keras.Model.fit, keras.Model.train_on_batch = compiled, fitted, trained
        keras.Model.evaluate, keras.Model.predict = tested(keras.Model.evaluate), tested(keras.Model.predict)

    def inner(self, function, *args, **kwargs):
        self.depth += 1
        try:
            return function(*args, **kwargs)
        finally:
            self.depth -= 1

    def patch_optimisers(self):
        original = BaseOptimizer.apply

        def apply(optimiser, grads, trainable_variables=None):
            if any(optimiser is other for other in self.optimisers):
                return original(optimiser, grads, trainable_variables)
            self.optimisers.append(optimiser)
            variables = trainable_variables or optimiser._trainable_variables
            before = [array(v.value) if hasattr(v, "value") and not callable(v.value) else array(v) for v in variables]
            clipped = optimiser._clip_gradients([g for g in grads if g is not None])
            entry = {
                "optimiser": type(optimiser).__name__,
                "rates": [number(array(optimiser.learning_rate))],
                "gradient": norm([array(g) for g in clipped]),
            }
            # Arrays of a backend may be views of what the step changes.
            before = [np.array(value) for value in before]
            result = original(optimiser, grads, trainable_variables)
            after = [array(v.value) if hasattr(v, "value") and not callable(v.value) else array(v) for v in variables]
            entry["update"] = norm([now - old for now, old in zip(after, before, strict=True)])
            self.training.append(entry)
            return result

        BaseOptimizer.apply = apply

    def remember(self, model, x, isLater=False):
        at = next((index for index, other in enumerate(self.seen) if other is model), None)
        if at is not None:
            if isLater:
                self.networks[at].setdefault("shownLater", []).append(statistics(examples(x)))
            return
        self.seen.append(model)
        self.depth += 1
        try:
            self.networks.append({**self.observed(model, first_batch(x)), "input": statistics(examples(x))})
        finally:
            self.depth -= 1

    def forward(self, model, x):
        self.recorder.steps, self.recorder.lowest, self.recorder.on = [], None, True
        try:
            output = model(x, training=False)
        finally:
            self.recorder.on = False
        return self.recorder.steps, self.recorder.lowest, output[0] if isinstance(output, list | tuple) else output

    def observed(self, model, x):
        # The first call builds it, and may run its parts twice.
        model(x, training=False)
        steps, _, _ = self.forward(model, x)
        name = lambda variable: variable.path.split("/", 1)[-1]  # noqa: E731
        what = {
            "name": type(model).__name__,
            "steps": steps,
            "parameters": [[name(v), list(v.shape)] for v in model.trainable_variables],
        }
        return {**what, **(self.whole(model, x) if self.isWhole else UNSEEN)}

    def whole(self, model, x):
        kept = model.get_weights()
        signed = lambda sign: [sign * small(part) for part in x] if isinstance(x, list) else sign * small(x)  # noqa: E731
        self.ramp(model, 0.5)
        _, lowest, output = self.forward(model, signed(1))
        output = array(output).ravel()[:16]
        self.ramp(model, 0.0)
        gradient = self.gradient(model, signed(-1))
        model.set_weights(kept)
        return {
            "lowest": None if lowest is None else number(lowest),
            "output": numbers(output),
            "gradient": gradient,
        }

    def ramp(self, model, bias):
        for variable in model.trainable_variables:
            if variable.name in ("kernel", "bias"):
                scale = 1.0 if variable.name == "kernel" else bias
                variable.assign(scale * ramp(tuple(variable.shape)))

    def gradient(self, model, x):
        """Of the sum of all outputs, by the weights of the first layer."""
        kernels = [v for v in model.trainable_variables if v.name == "kernel"]
        if not kernels:
            return None
        kernel = kernels[0]
        if BACKEND == "torch":
            with torch.enable_grad():
                loss = mixed(model(x, training=False))
                (slope,) = torch.autograd.grad(loss, kernel.value, allow_unused=True)
        elif BACKEND == "tensorflow":
            with tf.GradientTape() as tape:
                loss = tf.reduce_sum(model(x, training=False)[:, :1])
            slope = tape.gradient(loss, kernel.value)
        else:
            trainable = [v.value for v in model.trainable_variables]
            frozen = [v.value for v in model.non_trainable_variables]
            index = next(i for i, v in enumerate(model.trainable_variables) if v is kernel)

            def loss_of(value):
                values = [value if i == index else other for i, other in enumerate(trainable)]
                return mixed(model.stateless_call(values, frozen, x)[0])

            slope = jax.grad(loss_of)(kernel.value)
        return 0.0 if slope is None else norm([array(slope)])

    def start(self):
        keras.backend.clear_session(free_memory=False)
        keras.utils.set_random_seed(SEED)
        self.depth = 0
        self.seen, self.networks, self.optimisers, self.training = [], [], [], []

    def finish(self):
        return {"networks": self.networks, "training": self.training}


serve(Observer())
