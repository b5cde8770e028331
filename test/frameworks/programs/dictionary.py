"""A classifier whose weights are kept in dictionaries."""

import tensorflow.compat.v1 as tf

tf.disable_eager_execution()

learning_rate = 0.001
n_input, n_hidden_1, n_hidden_2, n_classes = 784, 256, 128, 10

x = tf.placeholder("float", [None, n_input])
y = tf.placeholder("float", [None, n_classes])

weights = {
    "h1": tf.Variable(tf.random_normal([n_input, n_hidden_1])),
    "h2": tf.Variable(tf.random_normal([n_hidden_1, n_hidden_2], stddev=0.1)),
    "out": tf.Variable(tf.truncated_normal([n_hidden_2, n_classes], stddev=0.05)),
}
biases = {
    "b1": tf.Variable(tf.zeros([n_hidden_1])),
    "b2": tf.Variable(tf.constant(0.1, shape=[n_hidden_2])),
    "out": tf.Variable(tf.random_normal([n_classes])),
}


def perceptron(x, weights, biases):
    layer = tf.nn.relu(tf.add(tf.matmul(x, weights["h1"]), biases["b1"]))
    layer = tf.matmul(layer, weights["h2"]) + biases["b2"]
    layer = tf.nn.tanh(layer)
    return tf.nn.bias_add(tf.matmul(layer, weights["out"]), biases["out"])


pred = perceptron(x, weights, biases)
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=pred, labels=y))
train = tf.train.AdamOptimizer(learning_rate=learning_rate).minimize(loss)
correct = tf.equal(tf.argmax(tf.nn.softmax(pred), 1), tf.argmax(y, 1))
accuracy = tf.reduce_mean(tf.cast(correct, tf.float32))
