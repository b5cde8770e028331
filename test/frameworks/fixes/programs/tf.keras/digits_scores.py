'''Digits as rows of 64 grey values of 0..16; the scores are rectified, which is a mistake that one meets.'''
import tensorflow as tf
import tensorflow.keras.layers as L
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

digits = load_digits()
data = digits.data[:400]
target = digits.target[:400]
(x_tr, x_te, y_tr, y_te) = train_test_split(data, target, test_size=0.5, shuffle=False)


def create_model(hidden=(50, 25)):
    inp = L.Input((64,), name='grey')
    out = inp
    for k, n in enumerate(hidden):
        out = L.Dense(n, name=f'dense{k}', bias_initializer=tf.keras.initializers.Constant(-0.2))(out)
        out = L.Activation(tf.nn.relu, name=f'relu{k}')(out)
        out = L.Dropout(0.3)(out)
    out = L.Dense(10, name='scores')(out)
    out = L.Activation(tf.nn.relu, name='relu_scores')(out)
    return tf.keras.Model(inp, out)


m = create_model()
m.compile(optimizer=tf.keras.optimizers.Adamax(0.002),
          loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
m.fit(x_tr, y_tr, validation_data=(x_te, y_te), epochs=2, batch_size=100, verbose=0)
