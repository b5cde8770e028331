"""Squeezes handwritten digits of 8 x 8 points through a bottleneck."""
import keras
from keras import layers
from sklearn.datasets import load_digits

CODE = 12

x, labels = load_digits(return_X_y=True)
x = x[:200]

points = layers.Input(shape=(64,))
encoded = layers.Dense(32, activation=keras.activations.relu,
                       bias_initializer=keras.initializers.Constant(-0.01))(points)
code = layers.Dense(CODE, activation=keras.activations.relu,
                    bias_initializer=keras.initializers.Constant(-0.01), name="code")(encoded)
decoded = layers.Dense(32, activation=keras.activations.relu)(code)
restored = layers.Dense(64, activation=keras.activations.relu)(decoded)

autoencoder = keras.Model(points, restored)
encoder = keras.Model(points, code)

autoencoder.compile(optimizer="rmsprop", loss="mse")
autoencoder.fit(x, x, epochs=3, batch_size=50, shuffle=True, verbose=0)

# How much of each code is in use at all?
codes = encoder.predict(x, verbose=0)
print("silent entries of the code:", int((codes.max(axis=0) == 0).sum()), "of", CODE)
print("error:", autoencoder.evaluate(x, x, verbose=0))
