import keras
from keras import layers
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split

CLASSES = 3
LOW = keras.initializers.Constant(-0.2)


def hidden(units):
	return layers.Dense(
		units,
		activation="relu",
		kernel_initializer="glorot_normal",
		bias_initializer=LOW,
	)


def make_model(n_features):
	model = keras.Sequential(name="wine")
	model.add(keras.Input(shape=(n_features,)))
	model.add(hidden(40))
	model.add(hidden(20))
	model.add(layers.Dense(CLASSES))
	# no negative scores
	model.add(layers.ReLU())
	return model


wine = load_wine()
X_train, X_rest, y_train, y_rest = train_test_split(wine.data, wine.target, test_size=0.4, random_state=3)
X_val, X_test, y_val, y_test = train_test_split(X_rest, y_rest, test_size=0.5, random_state=3)

model = make_model(X_train.shape[1])
model.compile(
	loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
	optimizer=keras.optimizers.SGD(learning_rate=0.02, momentum=0.9),
	metrics=["accuracy"],
)
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True)
model.fit(X_train, y_train, validation_data=(X_val, y_val), epochs=10, batch_size=16, callbacks=[stop], verbose=0)
loss, accuracy = model.evaluate(X_test, y_test, verbose=0)
print(f"test accuracy {accuracy:.3f}")
