from sklearn.datasets import load_wine
from sklearn.model_selection import cross_val_score
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

X, y = load_wine(return_X_y=True)
X = StandardScaler().fit_transform(X)
lr = 0.03
clf = MLPClassifier((16,), learning_rate_init=lr, max_iter=25, random_state=3)
print(cross_val_score(clf, X, y, cv=3).mean())
