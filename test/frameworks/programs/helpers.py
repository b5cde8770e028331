"""A convolutional network put together from small functions, with dropout and a loss that is written out."""

import tensorflow.compat.v1 as tf

tf.disable_eager_execution()


def weight_variable(shape):
    initial = tf.truncated_normal(shape, stddev=0.1)
    return tf.Variable(initial)


def bias_variable(shape):
    return tf.Variable(tf.constant(0.1, shape=shape))


def conv2d(x, w):
    return tf.nn.conv2d(x, w, strides=[1, 1, 1, 1], padding="SAME")


def max_pool_2x2(x):
    return tf.nn.max_pool(x, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="SAME")


def build(x, keep_prob):
    images = tf.reshape(x, [-1, 28, 28, 1])
    with tf.name_scope("conv1"):
        h_pool1 = max_pool_2x2(tf.nn.relu(conv2d(images, weight_variable([5, 5, 1, 32])) + bias_variable([32])))
    with tf.name_scope("conv2"):
        w_conv2 = weight_variable([3, 3, 32, 64])
        h_pool2 = max_pool_2x2(tf.nn.relu(conv2d(h_pool1, w_conv2) + bias_variable([64])))
    with tf.name_scope("fc1"):
        size = int(h_pool2.shape[1] * h_pool2.shape[2] * h_pool2.shape[3])
        flat = tf.reshape(h_pool2, [-1, size])
        h_fc1 = tf.nn.relu(tf.matmul(flat, weight_variable([7 * 7 * 64, 512])) + bias_variable([512]))
        h_fc1 = tf.nn.dropout(h_fc1, keep_prob)
    with tf.name_scope("fc2"):
        return tf.nn.softmax(tf.matmul(h_fc1, weight_variable([512, 10])) + bias_variable([10]))


def main():
    x = tf.placeholder(tf.float32, [None, 784])
    y_ = tf.placeholder(tf.float32, [None, 10])
    keep_prob = tf.placeholder(tf.float32)
    y_conv = build(x, keep_prob)
    loss = tf.reduce_mean(-tf.reduce_sum(y_ * tf.log(tf.clip_by_value(y_conv, 1e-10, 1.0)), axis=1))
    step = tf.train.GradientDescentOptimizer(0.01).minimize(loss)
    return loss, step


loss, _ = main()
