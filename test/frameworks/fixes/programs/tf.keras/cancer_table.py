from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
import tensorflow as tf

features, labels = load_breast_cancer(return_X_y=True)
train_x, test_x, train_y, test_y = train_test_split(features, labels, test_size=0.2)

net = tf.keras.models.Sequential()
net.add(tf.keras.layers.Dense(16, input_shape=(30,), activation='relu'))
net.add(tf.keras.layers.Dense(16, activation='relu'))
net.add(tf.keras.layers.Dense(1, activation='sigmoid'))
net.compile(optimizer=tf.keras.optimizers.SGD(0.1), loss='binary_crossentropy', metrics=['accuracy'])
net.fit(train_x, train_y, batch_size=32, epochs=3)
pred = net.predict(test_x)
