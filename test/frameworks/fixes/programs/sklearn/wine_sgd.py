import numpy as np
from sklearn import datasets
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

wine = datasets.load_wine()
X_train, X_test, y_train, y_test = train_test_split(wine.data, wine.target, test_size=0.3, random_state=0)

mlp = MLPClassifier(hidden_layer_sizes=(30, 30), activation='relu', solver='sgd',
                    learning_rate_init=0.1,  # found by trial
                    max_iter=50, random_state=1)
mlp.fit(X_train, y_train)
predictions = mlp.predict(X_test)
print(np.mean(predictions == y_test))
