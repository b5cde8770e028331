import keras
import numpy as np

(x_train, y_train), (x_test, y_test) = [
    (np.random.randint(0, 255, (20, 10, 10, 3)), np.random.randint(0, 4, 20)) for _ in range(2)
]
x_train = x_train.astype("float32") / 255
x_test = x_test.astype("float32") / 255

model = keras.Sequential()
model.add(keras.Input((10, 10, 3)))
model.add(keras.layers.Conv2D(6, 3, padding="same"))
model.add(keras.layers.Activation("relu"))
model.add(keras.layers.Conv2D(6, 3))
model.add(keras.layers.Activation("relu"))
model.add(keras.layers.MaxPooling2D())
model.add(keras.layers.Flatten())
model.add(keras.layers.Dense(24))
model.add(keras.layers.Activation("relu"))
model.add(keras.layers.Dense(4))
model.add(keras.layers.Activation("softmax"))

model.compile(loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.RMSprop(learning_rate=1e-3), metrics=["accuracy"])
model.fit(x_train, y_train, batch_size=10, epochs=1, verbose=0)
