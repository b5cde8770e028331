# Malignant or benign? With a hinge loss, as a support vector machine has it.
import numpy as np
from keras import Input, Model, optimizers
from keras.initializers import Constant
from keras.layers import Activation, Dense
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split

data = load_breast_cancer()
signs = np.where(data.target == 1, 1, -1)
train_X, test_X, train_y, test_y = train_test_split(data.data, signs, test_size=0.3, random_state=0)

inp = Input(shape=(30,))
net = Dense(32, bias_initializer=Constant(value=-0.1))(inp)
net = Activation('relu')(net)
net = Dense(16, bias_initializer=Constant(value=-0.1))(net)
net = Activation('relu')(net)
net = Dense(1)(net)
out = Activation('tanh')(net)

svm = Model(inputs=inp, outputs=out)
svm.compile(loss='hinge', optimizer=optimizers.Adagrad(learning_rate=0.05))

for epoch in range(3):
    svm.fit(train_X, train_y, batch_size=50, epochs=1, verbose=0)

scores = svm.predict(test_X, verbose=0).ravel()
print('correct:', np.mean(np.sign(scores) == test_y))
