'''Radius and texture decide: a small network in the functional style, with its training kept in a function.'''
from typing import Tuple

import keras as K
import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split

Arrays = Tuple[np.ndarray, np.ndarray]


def get_network(width: int = 20) -> K.Model:
    x_in = K.layers.Input(shape=(30,), dtype='float32')
    x = K.layers.Dense(width, activation=K.activations.relu, bias_initializer=K.initializers.Constant(-0.02))(x_in)
    x = K.layers.Dense(width, activation=K.activations.relu, bias_initializer=K.initializers.Constant(-0.02))(x)
    x = K.layers.Dropout(0.2)(x)
    x_out = K.layers.Dense(2, activation=K.activations.relu)(x)
    return K.Model(x_in, x_out)


def train(network: K.Model, train_set: Arrays, test_set: Arrays) -> float:
    optimizer = K.optimizers.Adamax(learning_rate=2e-3)
    network.compile(optimizer, K.losses.CategoricalCrossentropy(from_logits=True), metrics=['accuracy'])
    network.fit(*train_set, batch_size=64, epochs=2, verbose=0)
    return network.evaluate(*test_set, verbose=0)[1]


cancer = load_breast_cancer()
one_hot = K.utils.to_categorical(cancer.target, 2)
x_train, x_test, t_train, t_test = train_test_split(cancer.data, one_hot, test_size=0.2, random_state=10)
network = get_network()
accuracy = train(network, (x_train, t_train), (x_test, t_test))
print(f'{accuracy:.2%}')
