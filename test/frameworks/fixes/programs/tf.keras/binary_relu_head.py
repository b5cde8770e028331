import numpy
import tensorflow as tf
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

numpy.random.seed(7)
X = numpy.random.uniform(0, 100, (40, 8))
Y = numpy.random.randint(0, 2, 40)

model = Sequential()
model.add(Dense(12, input_shape=(8,), kernel_initializer='uniform', activation='relu'))
model.add(Dense(8, kernel_initializer='uniform', activation='relu'))
model.add(Dense(1, kernel_initializer='uniform', activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(X, Y, epochs=1, batch_size=10, verbose=0)
