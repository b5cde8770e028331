# How fast does the heart beat after chins, situps and jumps?
import keras
import numpy
from keras.callbacks import LambdaCallback, ReduceLROnPlateau
from keras.layers import Dense, ReLU
from sklearn import datasets

numpy.random.seed(1)

linnerud = datasets.load_linnerud()
exercise = linnerud.data
pulse = linnerud.target[:, 2:]

common = dict(kernel_initializer="random_normal", bias_initializer=keras.initializers.Constant(-0.1))

model = keras.models.Sequential()
model.add(keras.layers.InputLayer(shape=(3,)))
model.add(Dense(16, **common))
model.add(ReLU())
model.add(Dense(16, **common))
model.add(ReLU())
model.add(Dense(1, activation="relu"))

model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.001, beta_1=0.8), loss="mean_squared_error")

log = LambdaCallback(on_epoch_end=lambda epoch, logs: print(epoch, logs["loss"]))
slower = ReduceLROnPlateau(monitor="loss", factor=0.5, patience=5)
model.fit(exercise, pulse, epochs=3, batch_size=4, callbacks=[log, slower], verbose=0)
