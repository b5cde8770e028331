"""Runs scikit-learn programs and writes down what their perceptrons are, were shown and learnt in the first step."""

import numpy as np
from serve import PROBES, UNSEEN, norm, number, numbers, serve, statistics
from sklearn.neural_network import _multilayer_perceptron as perceptrons
from sklearn.neural_network import _stochastic_optimizers as optimisers

FORWARD = dict(perceptrons.ACTIVATIONS)
BACKWARD = dict(perceptrons.DERIVATIVES)
PERCEPTRONS = perceptrons.BaseMultilayerPerceptron


def probe(name):
    """Its functions work in place; a derivative is multiplied into what it is given, and takes the values."""
    values = np.array(PROBES).reshape(-1, 1)
    FORWARD[name](values)
    slopes = np.ones_like(values)
    if name in BACKWARD:
        BACKWARD[name](values.copy(), slopes)
    return {"op": "activation", "name": name, "values": numbers(values), "gradients": numbers(slopes)}


def steps_of(network, weights, biases):
    steps = []
    for index, (matrix, bias) in enumerate(zip(weights, biases, strict=True)):
        step = {"op": "dense", "name": "dense", "fanIn": int(matrix.shape[0]), "units": int(matrix.shape[1])}
        steps.append({**step, "weights": statistics(matrix), "bias": statistics(bias)})
        last = index == len(weights) - 1
        # What turns scores into probabilities belongs to the loss.
        if not last:
            steps.append(probe(network.activation))
    return steps


class Observer:
    def __init__(self):
        self.start()
        self.patch()

    def patch(self):
        stochastic, rewritten = PERCEPTRONS._fit_stochastic, optimisers.BaseOptimizer.update_params

        def fitted(network, x, y, *args, **kwargs):
            self.remember(network, x)
            # As much as shows a first step.
            kept, network.max_iter = network.max_iter, 1
            try:
                return stochastic(network, x, y, *args, **kwargs)
            finally:
                network.max_iter = kept

        def update(optimiser, params, grads):
            if any(optimiser is other for other in self.optimisers):
                return rewritten(optimiser, params, grads)
            self.optimisers.append(optimiser)
            before = [np.array(value) for value in params]
            result = rewritten(optimiser, params, grads)
            self.training.append(
                {
                    "optimiser": type(optimiser).__name__,
                    "rates": [number(optimiser.learning_rate_init)],
                    "gradient": norm(grads),
                    "update": norm([now - old for now, old in zip(params, before, strict=True)]),
                }
            )
            return result

        PERCEPTRONS._fit_stochastic, optimisers.BaseOptimizer.update_params = fitted, update

    def remember(self, network, x):
        # Clones of a search are networks of their own: the first of each kind says all.
        weights, biases = network.coefs_, network.intercepts_
        steps = steps_of(network, weights, biases)
        shapes = [[f"{name}[{i}]", list(value.shape)] for name, values in (("coefs_", weights), ("intercepts_", biases)) for i, value in enumerate(values)]
        shown = x.toarray() if hasattr(x, "toarray") else np.asarray(x)
        self.networks.append(
            {
                "name": type(network).__name__,
                "steps": steps,
                "parameters": shapes,
                "input": statistics(shown),
                **UNSEEN,
            }
        )

    def start(self):
        self.networks, self.training, self.optimisers = [], [], []

    def finish(self):
        return {"networks": self.networks, "training": self.training}


serve(Observer())
