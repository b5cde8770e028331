"""A learner of actions: one class, two networks, of which one is trained and the other is copied from it."""

import tensorflow.compat.v1 as tf

tf.disable_eager_execution()


class Agent:
    def __init__(self, n_features=8, n_actions=4, learning_rate=0.01, gamma=0.9):
        self.n_features = n_features
        self.n_actions = n_actions
        self.lr = learning_rate
        self.gamma = gamma
        self._build()

    def _dense(self, x, n_in, n_out, name):
        w = tf.get_variable(name + "_w", [n_in, n_out], initializer=tf.random_normal_initializer(0.0, 0.3))
        b = tf.get_variable(name + "_b", [1, n_out], initializer=tf.constant_initializer(0.1))
        return tf.matmul(x, w) + b

    def _network(self, state, scope):
        with tf.variable_scope(scope):
            hidden = tf.nn.relu(self._dense(state, self.n_features, 20, "l1"))
            hidden = tf.nn.leaky_relu(self._dense(hidden, 20, 20, "l2"))
            value = self._dense(hidden, 20, 1, "value")
            advantage = self._dense(hidden, 20, self.n_actions, "advantage")
            return value + (advantage - tf.reduce_mean(advantage, axis=1, keepdims=True))

    def _build(self):
        self.s = tf.placeholder(tf.float32, [None, self.n_features], name="s")
        self.s_ = tf.placeholder(tf.float32, [None, self.n_features], name="s_")
        self.a = tf.placeholder(tf.int32, [None], name="a")
        self.r = tf.placeholder(tf.float32, [None], name="r")
        self.q_eval = self._network(self.s, "eval")
        self.q_next = self._network(self.s_, "target")
        target = tf.stop_gradient(self.r + self.gamma * tf.reduce_max(self.q_next, axis=1))
        taken = tf.reduce_sum(self.q_eval * tf.one_hot(self.a, self.n_actions), axis=1)
        self.loss = tf.reduce_mean(tf.squared_difference(target, taken))
        self.train_op = tf.train.AdamOptimizer(self.lr).minimize(self.loss)


agent = Agent()
loss = agent.loss
