import numpy as np
import keras
from keras import layers as L

net = keras.Sequential([
    keras.Input((20,)),
    L.Dense(40, use_bias=False),
    L.ReLU(),
    L.Dense(40, kernel_initializer=keras.initializers.HeUniform(seed=3),),
    L.ReLU(),
    L.Dense(3),
    L.Softmax(),
], name="with_layers")

opt = keras.optimizers.Adam(learning_rate=3e-3)
net.compile(opt, loss=keras.losses.CategoricalCrossentropy())
labels = np.eye(3)[np.random.randint(0, 3, 24)]
net.fit(np.random.randn(24, 20), labels, verbose=0, batch_size=8)
