"""What goes in comes out; of the four layers the last uses the first one's weights again, the other way round."""

import tensorflow.compat.v1 as tf

tf.disable_eager_execution()

X = tf.placeholder("float", [None, 100])

w1 = tf.Variable(tf.truncated_normal([100, 50], stddev=0.2))
w2 = tf.Variable(tf.random_normal([50, 10]) / tf.sqrt(50.0))
w3 = tf.Variable(tf.random_uniform([10, 50], minval=-0.1, maxval=0.1))
b1 = tf.Variable(tf.zeros([50]))
b2 = tf.Variable(tf.zeros([10]))
b3 = tf.Variable(tf.zeros([50]))
b4 = tf.Variable(tf.zeros([100]))


def encoder(x):
    h = tf.sigmoid(tf.add(tf.matmul(x, w1), b1))
    return tf.matmul(h, w2) + b2


def decoder(code):
    h = tf.nn.softplus(tf.matmul(code, w3) + b3)
    return tf.sigmoid(tf.matmul(h, w1, transpose_b=True) + b4)


decoded = decoder(encoder(X))
loss = tf.reduce_mean(tf.pow(X - decoded, 2))
optimizer = tf.train.AdagradOptimizer(0.01).minimize(loss)
