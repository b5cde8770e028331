#!/usr/bin/env python3
# -*- coding: utf-8 -*-
from torch.nn import Linear, Module, MSELoss, ReLU, Sequential, Sigmoid
from torch.optim import Adam
import torch


class AutoEncoder(Module):
    """784 -> 3 -> 784, as in many blog posts, only smaller."""

    def __init__(self):
        super().__init__()
        self.encoder = Sequential(
            Linear(36, 24),
            ReLU(True),
            Linear(24, 12),
            ReLU(True), Linear(12, 3),
        )
        self.decoder = Sequential(
            Linear(3, 12),
            ReLU(True),
            Linear(12, 24),
            ReLU(True), Linear(24, 36),
            Sigmoid())

    def forward(self, x):
        x = self.encoder(x)
        x = self.decoder(x)
        return x


model = AutoEncoder()
criterion = MSELoss()
optimizer = Adam(model.parameters(), lr=1e-3, weight_decay=1e-5)
for epoch in range(2):
    img = torch.rand(10, 36)
    output = model(img)
    loss = criterion(output, img)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
