"""Synthetic sensors in their own units: kelvin, pascal, lux."""
import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPRegressor

rng = np.random.RandomState(0)
temperature = rng.normal(290.0, 8.0, size=300)
pressure = rng.normal(101_000.0, 900.0, size=300)
light = rng.uniform(0.0, 20_000.0, size=300)
X = np.column_stack([temperature, pressure, light])
y = 0.3 * (temperature - 273.15) + light / 5_000.0 + rng.normal(0.0, 0.1, size=300)

X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=60, random_state=1)
model = MLPRegressor(hidden_layer_sizes=(24, 24), learning_rate_init=0.001, max_iter=20, random_state=1)
model.fit(X_train, y_train)
print("R2", model.score(X_test, y_test))
