"""Predict weight, waist and pulse from three exercises."""
import warnings

import numpy as np
from sklearn.datasets import load_linnerud
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import mean_absolute_error
from sklearn.neural_network import MLPRegressor

warnings.filterwarnings("ignore", category=ConvergenceWarning)

X, Y = load_linnerud(return_X_y=True)
train = np.arange(len(X)) % 4 != 0

reg = MLPRegressor(
    hidden_layer_sizes=(20, 10),
    activation="relu",
    solver="adam",
    learning_rate_init=0.01,
    batch_size=5,
    max_iter=20,
    random_state=0,
)
reg.fit(X[train], Y[train])
predicted = reg.predict(X[~train])
for name, error in zip(("weight", "waist", "pulse"), mean_absolute_error(Y[~train], predicted, multioutput="raw_values")):
    print(f"{name:8s}{error:8.1f}")
