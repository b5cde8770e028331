"""Runs scikit-learn programs and writes down what their perceptrons are, were shown and learnt in the first step."""

import numpy as np
from serve import PROBES, UNSEEN, norm, number, numbers, serve, statistics
from sklearn.base import BaseEstimator
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


def dense(x):
    return x.toarray() if hasattr(x, "toarray") else np.asarray(x)


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
        cloned, forward = BaseEstimator.__sklearn_clone__, PERCEPTRONS._forward_pass_fast

        def clone(estimator):
            # A search and a cross-validation fit copies: the first of them says all.
            copy = cloned(estimator)
            copy.origin_ = getattr(estimator, "origin_", id(estimator))
            return copy

        def shown(network, x, *args, **kwargs):
            entry = self.entries.get(getattr(network, "origin_", id(network)))
            if entry is not None:
                entry["shownLater"].append(statistics(dense(x)))
            return forward(network, x, *args, **kwargs)

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
        BaseEstimator.__sklearn_clone__, PERCEPTRONS._forward_pass_fast = clone, shown

    def remember(self, network, x):
        key = getattr(network, "origin_", id(network))
        if key in self.entries:
            return
        # Kept, so that no other network gets its number.
        self.kept.append(network)
        lists = {"coefs_": network.coefs_, "intercepts_": network.intercepts_}
        self.entries[key] = {
            "name": type(network).__name__,
            "steps": steps_of(network, network.coefs_, network.intercepts_),
            "parameters": [[f"{name}[{i}]", list(v.shape)] for name, values in lists.items() for i, v in enumerate(values)],
            "input": statistics(dense(x)),
            "shownLater": [],
            **UNSEEN,
        }

    def start(self):
        self.entries, self.kept, self.training, self.optimisers = {}, [], [], []

    def finish(self):
        return {"networks": list(self.entries.values()), "training": self.training}


serve(Observer())
