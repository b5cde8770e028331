"""A regression whose layers are made in a loop, with a penalty on the weights."""

import numpy as np
import tensorflow.compat.v1 as tf

tf.disable_eager_execution()

sizes = [13, 64, 64, 32, 1]


def xavier(n_in, n_out):
    limit = np.sqrt(6.0 / (n_in + n_out))
    return tf.random_uniform([n_in, n_out], -limit, limit)


inputs = tf.placeholder(tf.float32, [None, sizes[0]], name="inputs")
targets = tf.placeholder(tf.float32, [None, 1], name="targets")

net = inputs
kernels = []
for i in range(1, len(sizes)):
    with tf.name_scope("layer%d" % i):
        w = tf.Variable(xavier(sizes[i - 1], sizes[i]) * 0.5, name="w")
        b = tf.Variable(tf.zeros([sizes[i]]), name="b")
        kernels.append(w)
        net = tf.matmul(net, w) + b
        if i < len(sizes) - 1:
            net = tf.nn.relu(net)

prediction = net
penalty = tf.add_n([tf.nn.l2_loss(w) for w in kernels])
loss = tf.reduce_mean(tf.square(prediction - targets)) + 1e-4 * penalty
train = tf.train.RMSPropOptimizer(0.001).minimize(loss)
