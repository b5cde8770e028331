"""Examples are columns here: the weights stand on the left."""

import tensorflow.compat.v1 as tf

tf.disable_eager_execution()


def initialize_parameters():
    return {
        "W1": tf.get_variable("W1", [25, 300], initializer=tf.glorot_normal_initializer()),
        "b1": tf.get_variable("b1", [25, 1], initializer=tf.zeros_initializer()),
        "W2": tf.get_variable("W2", [12, 25], initializer=tf.variance_scaling_initializer(scale=2.0)),
        "b2": tf.get_variable("b2", [12, 1], initializer=tf.zeros_initializer()),
        "W3": tf.get_variable("W3", [6, 12]),
        "b3": tf.get_variable("b3", [6, 1], initializer=tf.zeros_initializer()),
    }


def forward_propagation(X, parameters):
    Z1 = tf.add(tf.matmul(parameters["W1"], X), parameters["b1"])
    A1 = tf.nn.relu(Z1)
    Z2 = tf.add(tf.matmul(parameters["W2"], A1), parameters["b2"])
    A2 = tf.nn.relu(Z2)
    return tf.add(tf.matmul(parameters["W3"], A2), parameters["b3"])


def model(learning_rate=0.0001):
    X = tf.placeholder(tf.float32, [300, None])
    Y = tf.placeholder(tf.float32, [6, None])
    Z3 = forward_propagation(X, initialize_parameters())
    logits, labels = tf.transpose(Z3), tf.transpose(Y)
    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=logits, labels=labels))
    optimizer = tf.train.AdamOptimizer(learning_rate=learning_rate).minimize(cost)
    return cost, optimizer


loss, _ = model()
