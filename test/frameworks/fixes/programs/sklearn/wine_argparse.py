#!/usr/bin/env python3
import argparse
import logging
import sys

from sklearn.datasets import load_wine
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

log = logging.getLogger("wine")


def build(seed: int) -> MLPClassifier:
    clf = MLPClassifier(hidden_layer_sizes=(32,), learning_rate_init=2e-2, max_iter=20, random_state=seed)
    return clf


def main(argv=None) -> int:
    parser = argparse.ArgumentParser(description="MLP on the wine data")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args(argv)
    X, y = load_wine(return_X_y=True)
    X_tr, X_te, y_tr, y_te = train_test_split(X, y, random_state=args.seed, stratify=y)
    clf = build(args.seed)
    clf.fit(X_tr, y_tr)
    log.info("accuracy %.3f", accuracy_score(y_te, clf.predict(X_te)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
