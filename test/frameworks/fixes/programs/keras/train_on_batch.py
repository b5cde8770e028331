import keras
import numpy as np


def make_critic(state_size: int = 6) -> keras.Model:
    state = keras.layers.Input(shape=(state_size,))
    hidden = keras.layers.Dense(units=32, activation="relu")(state)
    hidden = keras.layers.Dense(units=32, activation="relu")(hidden)
    value = keras.layers.Dense(units=1)(hidden)
    critic = keras.models.Model(state, value)
    critic.compile(loss="mse", optimizer=keras.optimizers.Adam(learning_rate=0.005))
    return critic


critic = make_critic()
for episode in range(2):
    states = np.random.randn(16, 6)
    returns = np.random.randn(16, 1)
    critic.train_on_batch(states, returns)
