import numpy as np
import tensorflow as tf
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split

# labels of a hinge loss are -1 and 1
features, labels = load_breast_cancer(return_X_y=True)
labels = 2.0 * labels - 1.0
ftrain, ftest, ltrain, ltest = train_test_split(features, labels, test_size=0.25, shuffle=True, random_state=4)

tf.random.set_seed(4)

def dense(x, n):
	x = tf.keras.layers.Dense(n,
		kernel_initializer='he_normal',
		bias_initializer=tf.keras.initializers.Constant(-0.01))(x)
	return tf.keras.layers.ReLU()(x)

i = tf.keras.Input((30,))
h = dense(i, 20)
h = dense(h, 20)
o = tf.keras.layers.Dense(1, activation='tanh')(h)
model = tf.keras.Model(i, o)

model.compile(tf.keras.optimizers.Adagrad(0.01), loss='squared_hinge')
model.fit(ftrain, ltrain, epochs=2, batch_size=71, verbose=0)

margin = model.predict(ftest, verbose=0)[:, 0] * ltest
print('right: %d of %d' % (np.sum(margin > 0), len(margin)))
