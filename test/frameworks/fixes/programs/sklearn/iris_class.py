"""A wrapper that keeps the names of the species."""
from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier


@dataclass
class SpeciesModel:
    names: list[str]
    hidden: tuple[int, ...] = (16, 8)
    history: list[float] = field(default_factory=list)

    def __post_init__(self):
        self.net = MLPClassifier(hidden_layer_sizes=self.hidden, learning_rate_init=0.02, max_iter=30, random_state=0)

    def fit(self, X: np.ndarray, y: np.ndarray) -> "SpeciesModel":
        self.net.fit(X, y)
        return self

    def predict(self, X: np.ndarray) -> list[str]:
        return [self.names[k] for k in self.net.predict(X)]


if __name__ == "__main__":
    iris = load_iris()
    X_train, X_test, y_train, y_test = train_test_split(iris.data, iris.target, test_size=30, random_state=6)
    model = SpeciesModel(list(iris.target_names)).fit(X_train, y_train)
    print(model.predict(X_test)[:5])
