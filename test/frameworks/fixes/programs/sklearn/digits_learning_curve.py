import numpy as np
from sklearn.datasets import load_digits
from sklearn.neural_network import MLPClassifier

digits = load_digits()
n = len(digits.images)
X = digits.images.reshape((n, -1))
y = digits.target
half = n // 2

for_training, for_testing = slice(0, half), slice(half, n)

classifier = MLPClassifier(hidden_layer_sizes=64, solver="sgd", momentum=0.8, nesterovs_momentum=True,
                           learning_rate_init=0.02, max_iter=8, random_state=5, verbose=False)
classifier.fit(X[for_training], y[for_training])
print("train", classifier.score(X[for_training], y[for_training]))
print("test ", classifier.score(X[for_testing], y[for_testing]))
wrong = np.flatnonzero(classifier.predict(X[for_testing]) != y[for_testing])
print(len(wrong), "wrong")
