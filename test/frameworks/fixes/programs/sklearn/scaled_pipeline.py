from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

X, y = load_breast_cancer(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, stratify=y, random_state=0)
pipe = make_pipeline(StandardScaler(), MLPClassifier(hidden_layer_sizes=(20, 20, 20), learning_rate_init=0.01, max_iter=40))
pipe.fit(X_train, y_train)
print(pipe.score(X_test, y_test))
