import numpy as np
import tensorflow as tf
from sklearn.datasets import make_blobs
from tensorflow.keras.initializers import Constant, RandomNormal
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Model
from tensorflow.keras.utils import to_categorical

# Five heaps far apart from each other
NUM_CLASSES = 5
x, y = make_blobs(n_samples=200, centers=NUM_CLASSES, n_features=8, center_box=(-100, 100), cluster_std=12.0,
                  random_state=9)
y = to_categorical(y, NUM_CLASSES)

inputs = Input(shape=(8,))
layer1 = Dense(40, activation='relu', kernel_initializer=RandomNormal(stddev=0.05),
               bias_initializer=Constant(-0.3))(inputs)
layer2 = Dense(40, activation='relu', kernel_initializer=RandomNormal(stddev=0.05),
               bias_initializer=Constant(-0.3))(layer1)
scores = Dense(NUM_CLASSES, activation='relu')(layer2)

model = Model(inputs=inputs, outputs=scores, name='heaps')
model.compile(loss=tf.keras.losses.CategoricalCrossentropy(from_logits=True),
              optimizer=tf.keras.optimizers.Adam(learning_rate=3e-4),
              metrics=['accuracy'])
model.fit(x, y, validation_split=0.1, epochs=2, batch_size=20, verbose=0)
print(np.argmax(model.predict(x, verbose=0), axis=1)[:10])
