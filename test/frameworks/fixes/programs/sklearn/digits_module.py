import sklearn.datasets
import sklearn.neural_network as nn

digits = sklearn.datasets.load_digits()
X, y = digits.data / 16.0, digits.target
net = nn.MLPClassifier(hidden_layer_sizes=(40, 20), solver="adam", learning_rate_init=0.02, max_iter=15)
net.fit(X[:1000], y[:1000])
print(net.score(X[1000:], y[1000:]))
