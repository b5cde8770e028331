from keras import Input, Model
from keras.activations import relu
from keras.layers import Conv1D, Dense, GlobalAveragePooling1D
import numpy as np

signal = Input(shape=(30, 2))
x = Conv1D(filters=8, kernel_size=5, activation=relu)(signal)
x = Conv1D(filters=12, kernel_size=3, activation=relu, padding="same")(x)
x = GlobalAveragePooling1D()(x)
x = Dense(10, activation=relu)(x)
probability = Dense(1, activation="sigmoid")(x)

model = Model(signal, probability)
model.compile("rmsprop", "binary_crossentropy")
model.fit(np.random.randn(16, 30, 2), np.random.randint(0, 2, (16, 1)), batch_size=8, verbose=0)
