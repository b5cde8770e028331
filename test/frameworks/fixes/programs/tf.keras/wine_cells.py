# %% [markdown]
# Three cultivars of wine, told apart by thirteen measurements.

# %%
import tensorflow as tf
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from tensorflow import keras

# %%
wine = load_wine()
X_train, X_test, y_train, y_test = train_test_split(
    wine['data'], wine['target'], test_size=0.3, stratify=wine['target'], random_state=7)
X_train.shape, y_train.shape

# %%
model = keras.models.Sequential([
    keras.layers.Dense(24, input_shape=(13,), bias_initializer=keras.initializers.Constant(-0.5)),
    keras.layers.Activation('relu'),
    keras.layers.Dense(12, bias_initializer=keras.initializers.Constant(-0.5)),
    keras.layers.Activation('relu'),
    keras.layers.Dense(3),
    keras.layers.Activation('relu'),
])
model.summary()

# %%
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.01),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=['accuracy'],
)
early = keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True)
history = model.fit(X_train, y_train, epochs=10, batch_size=32, validation_split=0.2, callbacks=[early], verbose=0)

# %%
test_loss, test_acc = model.evaluate(X_test, y_test, verbose=2)
print('accuracy on the test part:', test_acc)
