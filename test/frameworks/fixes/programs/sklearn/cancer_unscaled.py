from sklearn.datasets import load_breast_cancer
from sklearn.metrics import classification_report
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier


def main():
    X, y = load_breast_cancer(return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=7)
    classifier = MLPClassifier(hidden_layer_sizes=(50,), max_iter=60, learning_rate_init=0.01, random_state=7)
    classifier.fit(X_train, y_train)
    print(classification_report(y_test, classifier.predict(X_test)))


if __name__ == "__main__":
    main()
