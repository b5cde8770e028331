from sklearn.datasets import load_iris
from sklearn.model_selection import GridSearchCV
from sklearn.neural_network import MLPClassifier

X, y = load_iris(return_X_y=True)
mlp = MLPClassifier(hidden_layer_sizes=(12, 12), max_iter=30, random_state=0)
search = GridSearchCV(mlp, {"alpha": [1e-4, 1e-2]}, cv=2)
search.fit(X, y)
print(search.best_params_)
