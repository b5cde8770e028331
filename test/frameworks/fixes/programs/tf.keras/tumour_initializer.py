from functools import partial

import tensorflow as tf
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split

SillyDense = partial(
    tf.keras.layers.Dense,
    activation="relu",
    kernel_initializer="lecun_normal",
    bias_initializer=tf.constant_initializer(-0.2),
)

X, y = load_breast_cancer(return_X_y=True)
X_train, X_valid, y_train, y_valid = train_test_split(X, y, random_state=42)

model = tf.keras.Sequential([
    tf.keras.layers.Input(shape=[30]),
    SillyDense(40),
    SillyDense(20),
    tf.keras.layers.Dense(1, activation="relu"),
])
model.compile(
    loss=tf.keras.losses.BinaryCrossentropy(from_logits=True),
    optimizer=tf.keras.optimizers.RMSprop(learning_rate=1e-3, rho=0.9),
)
model.fit(X_train, y_train, validation_data=(X_valid, y_valid), epochs=2, batch_size=60, verbose=0)
