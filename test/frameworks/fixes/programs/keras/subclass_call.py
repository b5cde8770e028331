import keras
import numpy as np
from keras import layers, ops


class MLP(keras.Model):
    def __init__(self, hidden=24, classes=4, **kwargs):
        super().__init__(**kwargs)
        self.dense1 = layers.Dense(hidden)
        self.dense2 = layers.Dense(hidden, bias_initializer=keras.initializers.Constant(-0.25))
        self.dropout = layers.Dropout(0.2)
        self.classifier = layers.Dense(classes)

    def call(self, inputs, training=False):
        x = ops.relu(self.dense1(inputs))
        x = self.dropout(x, training=training)
        x = ops.relu(self.dense2(x))
        return self.classifier(x)


model = MLP()
model.compile(
    optimizer=keras.optimizers.Adam(1e-2),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
)
model.fit(np.random.rand(40, 12), np.random.randint(0, 4, 40), batch_size=10, epochs=1, verbose=0)
