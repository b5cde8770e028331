from __future__ import annotations
import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import *
from tensorflow.keras.optimizers import SGD

model = Sequential()
model.add(Input((16, 16, 3)))
for filters in (4, 8):
    model.add(Conv2D(filters, (3, 3), padding="same", activation="relu"))
    model.add(Conv2D(filters, (3, 3), padding="same", activation="relu"))
    model.add(MaxPooling2D((2, 2)))
model.add(Flatten())
model.add(Dense(32, activation="relu"))
model.add(Dropout(0.5))
model.add(Dense(3, activation="softmax"))

sgd = SGD(learning_rate=0.1, momentum=0.9)
model.compile(loss="categorical_crossentropy", optimizer=sgd)
model.fit(np.random.rand(8, 16, 16, 3), np.eye(3)[np.random.randint(0, 3, 8)], batch_size=4, verbose=0)
