from tensorflow.keras.layers import Activation, Dense
from tensorflow.keras.models import Sequential

model = Sequential()
model.add(Dense(64, input_shape=(20,)))
model.add(Activation("relu"))
model.add(Dense(64, activation="relu"))
model.add(Dense(10, activation="relu"))
model.compile(loss="categorical_crossentropy", optimizer="adam")
