from sklearn.base import clone
from sklearn.datasets import load_breast_cancer
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold
from sklearn.neural_network import MLPClassifier

X, y = load_breast_cancer(return_X_y=True)
base = MLPClassifier(hidden_layer_sizes=(25,), learning_rate="invscaling", solver="sgd", learning_rate_init=0.1,
                     max_iter=12, random_state=9)
scores = []
for train, test in StratifiedKFold(n_splits=3).split(X, y):
    fold = clone(base).fit(X[train], y[train])
    scores.append(f1_score(y[test], fold.predict(X[test])))
print(sum(scores) / len(scores))
