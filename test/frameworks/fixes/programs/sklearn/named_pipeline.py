from sklearn.datasets import load_wine
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler

X, y = load_wine(return_X_y=True)
model = Pipeline([
    ("scale", MinMaxScaler()),
    ("mlp", MLPClassifier(hidden_layer_sizes=[25], solver="sgd", momentum=0.9,
                          learning_rate_init=.05, max_iter=40)),
])
model.fit(X, y)
print(model.predict(X[:3]))
