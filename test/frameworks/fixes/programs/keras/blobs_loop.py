import keras
import numpy as np
from sklearn.datasets import make_blobs
from sklearn.model_selection import train_test_split


def batches(x, y, size):
    for start in range(0, len(x), size):
        yield x[start:start + size], y[start:start + size]


centres = 4
points, groups = make_blobs(n_samples=240, n_features=6, centers=centres, cluster_std=8.0,
                            center_box=(-60.0, 60.0), random_state=2)
train_points, test_points, train_groups, test_groups = train_test_split(points, groups, random_state=2)

stack = [keras.layers.Input(shape=(6,))]
for width in (30, 20, 10):
    stack.append(keras.layers.Dense(width, kernel_initializer="he_uniform",
                                    bias_initializer=keras.initializers.Constant(-1.0)))
    stack.append(keras.layers.LeakyReLU(negative_slope=0.01) if width == 10 else keras.layers.ReLU())
stack.append(keras.layers.Dense(centres, activation="elu"))
clf = keras.models.Sequential(stack)

clf.compile(optimizer=keras.optimizers.SGD(learning_rate=0.001),
            loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))

for epoch in range(2):
    losses = []
    for x, y in batches(train_points, train_groups, 45):
        losses.append(float(clf.train_on_batch(x, y)))
    print(epoch, np.mean(losses))

predicted = clf.predict(test_points, verbose=0).argmax(1)
print((predicted == test_groups).mean())
