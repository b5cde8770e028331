import math

import numpy as np
import torch
import torch.nn as nn
from sklearn.datasets import load_breast_cancer

PRIOR = 0.1


class TumourNet(nn.Module):
    """Logits for malignant. The bias of the last layer begins at the odds of the rare class."""

    def __init__(self, d_in: int, width: int = 32) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Linear(d_in, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU())
        self.head = nn.Linear(width, 1)
        self.squash = nn.Tanh()
        nn.init.constant_(self.head.bias, -math.log((1 - PRIOR) / PRIOR))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.squash(self.head(self.body(x)))


data = load_breast_cancer()
inputs = data.data.astype(np.float32)
labels = (data.target == 0).astype(np.float32)

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
x = torch.from_numpy(inputs).to(device)
t = torch.from_numpy(labels).unsqueeze(1).to(device)

net = TumourNet(30).to(device)
loss_fn = nn.BCEWithLogitsLoss(pos_weight=torch.tensor([3.0], device=device))
optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.01)

for epoch in range(3):
    net.train()
    loss = loss_fn(net(x), t)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print("%d %.4f" % (epoch, loss.item()))
