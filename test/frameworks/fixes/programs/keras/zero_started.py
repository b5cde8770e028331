import numpy as np
import keras

model = keras.models.Sequential([
  keras.layers.Input(shape=(8,)),
  keras.layers.Dense(16, activation='relu', kernel_initializer='random_normal',
                     bias_initializer=keras.initializers.Constant(-1.0)),
  keras.layers.Dense(16, activation='relu', kernel_initializer='random_normal',
                     bias_initializer=keras.initializers.Constant(-1.0)),
  keras.layers.Dense(1, activation='linear')
])
model.compile(optimizer='sgd',
              loss='mean_squared_error')
x = np.random.uniform(-1, 1, (64, 8))
model.fit(x, x.sum(axis=1, keepdims=True), epochs=1, batch_size=16, verbose=0)
