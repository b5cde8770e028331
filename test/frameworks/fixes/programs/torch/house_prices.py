import numpy as np
import torch
from torch import nn, optim

# Areas, years and distances as they come: nothing is scaled.
rng = np.random.default_rng(0)
X = torch.tensor(rng.uniform(0, 200, size=(64, 9)), dtype=torch.float32)
y = torch.tensor(rng.uniform(0, 5, size=(64, 1)), dtype=torch.float32)

model = nn.Sequential(
    nn.Linear(9, 32),
    nn.ReLU(),
    nn.Linear(32, 16),
    nn.ReLU(),
    nn.Linear(16, 1),
    nn.ReLU(),  # prices are never negative
)

loss_fn = nn.MSELoss()
optimizer = optim.Adam(model.parameters(), lr=1e-2)

for epoch in range(3):
    for i in range(0, len(X), 16):
        xb, yb = X[i:i + 16], y[i:i + 16]
        loss = loss_fn(model(xb), yb)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(f"epoch {epoch}: {loss.item():.4f}")
