import logging
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import tensorflow as tf  # noqa: E402
from sklearn.datasets import make_friedman3  # noqa: E402
from sklearn.model_selection import train_test_split  # noqa: E402

log = logging.getLogger(__name__)


def phase_data(n: int = 150):
    """Phase of a circuit: always between 0 and pi / 2."""
    x, y = make_friedman3(n_samples=n, noise=0.01, random_state=6)
    return train_test_split(x, y, test_size=0.3, random_state=6)


def network(units: int = 30) -> tf.keras.Model:
    low = tf.keras.initializers.Constant(value=-0.1)
    x = inputs = tf.keras.Input(shape=[4], name="circuit")
    x = tf.keras.layers.Dense(units, bias_initializer=low)(x)
    x = tf.keras.activations.relu(x)
    x = tf.keras.layers.Dense(units, bias_initializer=low)(x)
    x = tf.keras.activations.relu(x)
    x = tf.keras.layers.Dense(1)(x)
    return tf.keras.Model(inputs, tf.keras.activations.relu(x), name="phase")


X_train, X_test, y_train, y_test = phase_data()
net = network()
net.compile(optimizer=tf.keras.optimizers.Adam(1e-3), loss=tf.keras.losses.Huber())
net.fit(X_train, y_train, epochs=3, batch_size=35, verbose=0)
log.info("loss on the test part: %s", net.evaluate(X_test, y_test, verbose=0))
