import keras
import numpy as np
from keras.layers import Dense
from sklearn.datasets import load_wine


class WineModel:
    """Predicts the class of a wine as a number, between 0 and 2."""

    def __init__(self, n_inputs=13, n_hidden=(26, 13), lr=0.01):
        self.n_inputs = n_inputs
        self.n_hidden = n_hidden
        self.lr = lr
        self.model = None

    def build(self):
        init = keras.initializers.RandomNormal(mean=0.0, stddev=0.1, seed=4)
        bias = keras.initializers.Constant(-0.25)
        self.model = keras.Sequential()
        self.model.add(keras.Input(shape=(self.n_inputs,)))
        for n in self.n_hidden:
            self.model.add(Dense(n, activation="relu", kernel_initializer=init, bias_initializer=bias))
        self.model.add(Dense(1, activation="relu"))
        self.model.compile(loss="log_cosh", optimizer=keras.optimizers.RMSprop(self.lr))
        return self

    def train(self, x, y, epochs=3):
        self.model.fit(x, y, epochs=epochs, batch_size=30, verbose=0)


x, y = load_wine(return_X_y=True)
order = np.random.RandomState(0).permutation(len(x))
x, y = x[order], y[order].astype("float32")

wine = WineModel().build()
wine.train(x, y)
print(wine.model.predict(x, verbose=0)[:3].ravel(), y[:3])
