import tensorflow as tf
import numpy as np

x_train = np.random.randint(0, 256, (24, 12, 12)) / 255.0
y_train = np.random.randint(0, 10, 24)

model = tf.keras.models.Sequential([
  tf.keras.Input(shape=(12, 12)),
  tf.keras.layers.Flatten(),
  tf.keras.layers.Dense(48, activation='relu'),
  tf.keras.layers.Dropout(0.2),
  tf.keras.layers.Dense(10)
])

loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(optimizer='adam', loss=loss_fn, metrics=['accuracy'])
model.fit(x_train, y_train, epochs=2, batch_size=8, verbose=0)
