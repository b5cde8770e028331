import numpy as np
from keras.layers import Dense, Input
from keras.models import Sequential
from keras.optimizers import RMSprop

rng = np.random.default_rng(7)
features = rng.normal(size=(48, 13))
targets = rng.uniform(5, 50, size=(48, 1))


def build_model():
    model = Sequential()
    model.add(Input((13,)))
    model.add(Dense(64, activation='relu'))
    model.add(Dense(32, activation='relu'))
    # a price can't be negative
    model.add(Dense(1, activation='relu'))
    model.compile(optimizer=RMSprop(learning_rate=0.001), loss='mse', metrics=['mae'])
    return model


model = build_model()
model.fit(features, targets, epochs=2, batch_size=16, verbose=0)
