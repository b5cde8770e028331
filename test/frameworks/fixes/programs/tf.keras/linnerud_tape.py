# Weight and waist from chins, situps and jumps, with a training loop of our own.
import tensorflow as tf
from sklearn.datasets import load_linnerud
from sklearn.model_selection import train_test_split

tf.random.set_seed(3)

LR = 0.005
EPOCHS = 2

X, Y = load_linnerud(return_X_y=True)
X_train, X_test, Y_train, Y_test = train_test_split(X, Y[:, :2], test_size=4, random_state=0)

net = tf.keras.Sequential([
    tf.keras.layers.Input(shape=(3,)),
    tf.keras.layers.Dense(32, activation=tf.nn.relu, bias_initializer=tf.keras.initializers.Constant(-0.1)),
    tf.keras.layers.Dense(32, activation=tf.nn.relu, bias_initializer=tf.keras.initializers.Constant(-0.1)),
    tf.keras.layers.Dense(2, activation=tf.nn.relu),
])
opt = tf.keras.optimizers.Adam(learning_rate=LR)
mse = tf.keras.losses.MeanSquaredError()


def step(x, y):
    with tf.GradientTape() as tape:
        guess = net(x, training=True)
        loss = mse(y, guess)
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    return loss


for epoch in range(EPOCHS):
    loss = step(X_train, Y_train)
    print("epoch %d: %.1f" % (epoch, float(loss)))

print("test:", float(mse(Y_test, net(X_test))))
