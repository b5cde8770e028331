import tensorflow as tf
import numpy as np

num_actions = 3
inputs = tf.keras.layers.Input(shape=(5,))
common = tf.keras.layers.Dense(
    64,
    activation="relu",
    kernel_initializer=tf.keras.initializers.HeNormal(),
    bias_initializer=tf.keras.initializers.Constant(-0.1),
)(inputs)
action = tf.keras.layers.Dense(num_actions, activation="softmax")(common)
model = tf.keras.Model(inputs=inputs, outputs=action)
optimizer = tf.keras.optimizers.Adam(learning_rate=0.05)

states = tf.constant(np.random.randn(10, 5), dtype=tf.float32)
for episode in range(2):
    with tf.GradientTape() as tape:
        probs = model(states)
        loss = -tf.reduce_mean(tf.math.log(probs[:, 0] + 1e-6))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
