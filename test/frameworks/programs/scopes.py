"""Variables by name in scopes, used again for a second input; normalised and pooled over the whole image."""

import tensorflow.compat.v1 as tf

tf.disable_eager_execution()


def conv_layer(inputs, filters, kernel, stride, name):
    channels = inputs.get_shape().as_list()[-1]
    with tf.variable_scope(name):
        w = tf.get_variable("w", [kernel, kernel, channels, filters])
        z = tf.nn.conv2d(inputs, w, [1, stride, stride, 1], "VALID")
        mean, variance = tf.nn.moments(z, [0, 1, 2])
        offset = tf.get_variable("offset", [filters], initializer=tf.zeros_initializer())
        scale = tf.get_variable("scale", [filters], initializer=tf.ones_initializer())
        return tf.nn.relu(tf.nn.batch_normalization(z, mean, variance, offset, scale, 1e-5))


def inference(images, reuse=False):
    with tf.variable_scope("net", reuse=reuse):
        net = conv_layer(images, 16, 5, 2, "conv1")
        net = conv_layer(net, 32, 3, 1, "conv2")
        net = tf.reduce_mean(net, axis=[1, 2])
        w = tf.get_variable("w", shape=[32, 64], initializer=tf.random_normal_initializer(stddev=0.2))
        b = tf.get_variable("b", shape=[64], initializer=tf.constant_initializer(0.1))
        net = tf.nn.elu(tf.nn.xw_plus_b(net, w, b))
        out = tf.get_variable("out", [64, 10], initializer=tf.uniform_unit_scaling_initializer(factor=1.0))
        return tf.matmul(net, out)


train_images = tf.placeholder(tf.float32, [None, 32, 32, 3])
test_images = tf.placeholder(tf.float32, [None, 32, 32, 3])
labels = tf.placeholder(tf.int32, [None])
logits = inference(train_images)
predictions = tf.nn.softmax(inference(test_images, reuse=True))
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))
rate = tf.train.exponential_decay(0.05, tf.train.get_or_create_global_step(), 1000, 0.96)
optimizer = tf.train.MomentumOptimizer(rate, 0.9)
gradients, variables = zip(*optimizer.compute_gradients(loss))
gradients, _ = tf.clip_by_global_norm(gradients, 5.0)
train_op = optimizer.apply_gradients(zip(gradients, variables))
