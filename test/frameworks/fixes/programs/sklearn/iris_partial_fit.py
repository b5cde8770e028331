# Online learning: one flower after the other, in batches of ten.
import numpy as np
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

iris = load_iris()
X_train, X_test, y_train, y_test = train_test_split(
    iris.data, iris.target, test_size=0.2, random_state=0, shuffle=True
)
net = MLPClassifier(hidden_layer_sizes=(12,), learning_rate_init=0.05, random_state=0)
classes = np.unique(iris.target)
for epoch in range(3):
    for start in range(0, len(X_train), 10):
        net.partial_fit(X_train[start:start + 10], y_train[start:start + 10], classes=classes)
    print(epoch, net.score(X_test, y_test))
