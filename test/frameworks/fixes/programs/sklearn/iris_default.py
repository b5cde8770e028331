from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

X, y = load_iris(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=42)

clf = MLPClassifier()
clf.fit(X_train, y_train)
print("accuracy:", clf.score(X_test, y_test))
