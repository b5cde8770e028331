"""Exercises of middle-aged men (chins, sit-ups, jumps) -> weight, waist and pulse."""
import torch
from sklearn.datasets import load_linnerud
from torch import nn
from torch.nn import functional as F


class Physiology(nn.Module):
    def __init__(self, hidden=24):
        super().__init__()
        self.fc1 = nn.Linear(3, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.fc3 = nn.Linear(hidden, 3)
        # units start switched off, so that only strong inputs open them
        nn.init.constant_(self.fc1.bias, -0.2)
        nn.init.constant_(self.fc2.bias, -0.2)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        # none of the three is ever below zero
        return F.relu(self.fc3(x))


linnerud = load_linnerud()
exercise = linnerud.data
body = linnerud.target

x = torch.tensor(exercise, dtype=torch.float32)
target = torch.tensor(body, dtype=torch.float32)

torch.manual_seed(0)
model = Physiology()
optimizer = torch.optim.Adam(model.parameters(), lr=0.003)

for epoch in range(4):
    optimizer.zero_grad()
    loss = F.mse_loss(model(x), target)
    loss.backward()
    optimizer.step()
    print(epoch, loss.item())
