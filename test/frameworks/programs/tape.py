"""TensorFlow 2 without layers: variables, a function, and a tape."""

import tensorflow as tf

w1 = tf.Variable(tf.random.truncated_normal([5, 5, 3, 24], stddev=0.1))
b1 = tf.Variable(tf.zeros([24]))
w2 = tf.Variable(tf.random.normal([24, 48], stddev=0.2))
b2 = tf.Variable(tf.zeros([48]))
w3 = tf.Variable(tf.random.normal([48, 5]))
variables = [w1, b1, w2, b2, w3]


def predict(images):
    h = tf.nn.relu(tf.nn.conv2d(images, w1, strides=2, padding="SAME") + b1)
    h = tf.nn.avg_pool2d(h, ksize=2, strides=2, padding="SAME")
    h = tf.reduce_mean(h, [1, 2])
    h = tf.nn.gelu(h @ w2 + b2)
    return h @ w3


def loss_of(images, labels):
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=predict(images)))


optimizer = tf.optimizers.Adam(0.001)


def train_step(images, labels):
    with tf.GradientTape() as tape:
        loss = loss_of(images, labels)
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
