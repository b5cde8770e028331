from typing import Sequence

import tensorflow as tf
from sklearn import datasets, model_selection
from tensorflow.keras import initializers


class Classifier(tf.keras.Model):
    """Perceptron with as many hidden layers as there are numbers in `hidden`."""

    def __init__(self, hidden: Sequence[int], classes: int, name: str = "classifier"):
        super().__init__(name=name)
        self.hidden = [
            tf.keras.layers.Dense(n, activation="relu", bias_initializer=initializers.Constant(-0.05)) for n in hidden
        ]
        self.head = tf.keras.layers.Dense(classes, activation="relu", name="head")

    def call(self, inputs, training=None):
        x = inputs
        for layer in self.hidden:
            x = layer(x)
        return self.head(x)


def main(seed: int = 2) -> None:
    tf.keras.utils.set_random_seed(seed)
    flowers, species = datasets.load_iris(return_X_y=True)
    train_x, test_x, train_y, test_y = model_selection.train_test_split(
        flowers, species, test_size=0.2, random_state=seed
    )
    model = Classifier((16, 12), classes=3)
    model.compile(
        optimizer=tf.keras.optimizers.SGD(learning_rate=0.05, momentum=0.9, nesterov=True),
        loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    model.fit(train_x, train_y, epochs=3, batch_size=24, verbose=0)
    model.evaluate(test_x, test_y, verbose=0)


if __name__ == "__main__":
    main()
