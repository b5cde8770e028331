"""Digits of 8x8 pixels, as 64 columns between 0 and 16."""
from __future__ import annotations

from dataclasses import dataclass

import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset


@dataclass
class Config:
    hidden: int = 48
    classes: int = 10
    batch_size: int = 512
    epochs: int = 2


class DigitNet(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(64, 48), nn.Linear(48, 48), nn.Linear(48, 10)])
        self.activation = nn.ReLU()
        for layer in self.layers:
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            nn.init.constant_(layer.bias, -0.05)

    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers:
            x = self.activation(layer(x))
        return x


class Trainer:
    def __init__(self, model: nn.Module, config: Config):
        self.model = model
        self.config = config
        self.loss = nn.CrossEntropyLoss(label_smoothing=0.1)
        self.optimizer = torch.optim.SGD(model.parameters(), lr=0.01)

    def fit(self, loader: DataLoader) -> None:
        for _ in range(self.config.epochs):
            for images, digits in loader:
                self.optimizer.zero_grad()
                loss = self.loss(self.model(images), digits)
                loss.backward()
                self.optimizer.step()

    @torch.no_grad()
    def accuracy(self, loader: DataLoader) -> float:
        hits = [(self.model(images).argmax(-1) == digits).float().mean() for images, digits in loader]
        return torch.stack(hits).mean().item()


if __name__ == "__main__":
    config = Config()
    pixels, digits = load_digits(return_X_y=True)
    train_x, test_x, train_y, test_y = train_test_split(pixels, digits, test_size=0.3, random_state=0)
    train = TensorDataset(torch.tensor(train_x, dtype=torch.float32), torch.tensor(train_y))
    test = TensorDataset(torch.tensor(test_x, dtype=torch.float32), torch.tensor(test_y))
    trainer = Trainer(DigitNet(config), config)
    trainer.fit(DataLoader(train, batch_size=config.batch_size))
    print(trainer.accuracy(DataLoader(test, batch_size=config.batch_size)))
