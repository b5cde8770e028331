#!/usr/bin/env python
"""Train a small classifier on the wine data: python wine_cli.py --epochs 3"""
import argparse
import random

import numpy as np
import torch
import torch.nn as nn
import torch.optim as optim
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from torch.utils.data import DataLoader, TensorDataset


def parse_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--seed", type=int, default=13)
    return parser.parse_args()


def init_weights(m):
    if isinstance(m, nn.Linear):
        nn.init.xavier_uniform_(m.weight)
        m.bias.data.fill_(-0.01)


def build_model(num_features: int, num_classes: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(num_features, 40),
        nn.ReLU(inplace=True),
        nn.Linear(40, 20),
        nn.ReLU(inplace=True),
        nn.Linear(20, num_classes),
        nn.ReLU(),
    )


def main():
    args = parse_args()
    random.seed(args.seed)
    np.random.seed(args.seed)
    torch.manual_seed(args.seed)

    X, y = load_wine(return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, stratify=y, random_state=args.seed)

    train_ds = TensorDataset(torch.from_numpy(X_train).float(), torch.from_numpy(y_train).long())
    test_ds = TensorDataset(torch.from_numpy(X_test).float(), torch.from_numpy(y_test).long())
    train_dl = DataLoader(train_ds, batch_size=args.batch_size, shuffle=True)
    test_dl = DataLoader(test_ds, batch_size=256)

    model = build_model(13, 3)
    model.apply(init_weights)
    criterion = nn.CrossEntropyLoss()
    optimizer = optim.SGD(model.parameters(), lr=0.02, momentum=0.9, nesterov=True)

    for epoch in range(args.epochs):
        model.train()
        for xb, yb in train_dl:
            optimizer.zero_grad(set_to_none=True)
            loss = criterion(model(xb), yb)
            loss.backward()
            optimizer.step()

        model.eval()
        correct = 0
        with torch.no_grad():
            for xb, yb in test_dl:
                correct += (model(xb).argmax(1) == yb).sum().item()
        print(f"epoch {epoch + 1}: accuracy {correct / len(test_ds):.3f}")


if __name__ == "__main__":
    main()
