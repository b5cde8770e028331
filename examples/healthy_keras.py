"""Two hidden layers with He initialisation: nothing here is likely to die."""

import keras
from keras import layers

model = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        layers.Dense(256, activation="relu", kernel_initializer="he_normal"),
        layers.Dense(128, activation="relu", kernel_initializer="he_normal"),
        layers.Dense(10, activation="softmax"),
    ]
)

model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=1e-3),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)


def train(epochs: int = 10) -> None:
    (images, labels), test = keras.datasets.mnist.load_data()
    images = images.reshape(-1, 784).astype("float32") / 255
    model.fit(images, labels, batch_size=128, epochs=epochs)
    model.evaluate(test[0].reshape(-1, 784).astype("float32") / 255, test[1])


if __name__ == "__main__":
    train()
