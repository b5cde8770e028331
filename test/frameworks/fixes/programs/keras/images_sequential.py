"""Small pictures of five classes, as in the first example of many courses."""
import numpy as np
import keras
from keras import layers

num_classes = 5
input_shape = (12, 12, 1)

x_train = np.random.randint(0, 256, size=(32, 12, 12, 1)).astype("float32")
y_train = np.random.randint(0, num_classes, size=(32,))

model = keras.Sequential(
    [
        keras.Input(shape=input_shape),
        layers.Conv2D(8, kernel_size=(3, 3), activation="relu"),
        layers.MaxPooling2D(pool_size=(2, 2)),
        layers.Conv2D(12, kernel_size=(3, 3), activation="relu"),
        layers.Flatten(),
        layers.Dropout(0.5),
        layers.Dense(num_classes, activation="softmax"),
    ]
)

batch_size = 16
epochs = 2

model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(x_train, y_train, batch_size=batch_size, epochs=epochs, verbose=0)
