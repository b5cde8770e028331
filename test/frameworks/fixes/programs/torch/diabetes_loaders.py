"""How far diabetes has come a year later, from ten raw measurements."""
import torch
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

HIDDEN = (48, 24)


class ProgressionNet(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.deep1 = nn.Linear(n_features, HIDDEN[0])
        self.deep2 = nn.Linear(HIDDEN[0], HIDDEN[1])
        self.head = nn.Linear(HIDDEN[1], 1)
        self.relu = nn.ReLU()
        self.reset()

    def reset(self):
        for layer in (self.deep1, self.deep2, self.head):
            nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")
            nn.init.constant_(layer.bias, -0.25)

    def forward(self, x):
        h = self.relu(self.deep1(x))
        h = self.relu(self.deep2(h))
        return self.relu(self.head(h))


def batches():
    bunch = load_diabetes(scaled=False)
    X_train, X_val, y_train, y_val = train_test_split(
        bunch.data, bunch.target.reshape(-1, 1), test_size=100, random_state=2
    )
    to_set = lambda X, y: TensorDataset(torch.tensor(X).float(), torch.tensor(y).float())
    return (
        DataLoader(to_set(X_train, y_train), batch_size=128, shuffle=True),
        DataLoader(to_set(X_val, y_val), batch_size=128),
    )


torch.manual_seed(4)
train_loader, val_loader = batches()
model = ProgressionNet(10)
optimizer = torch.optim.NAdam(model.parameters(), lr=2e-3)
criterion = nn.L1Loss()
for epoch in range(2):
    for xb, yb in train_loader:
        loss = criterion(model(xb), yb)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
with torch.no_grad():
    print(sum(criterion(model(xb), yb).item() for xb, yb in val_loader) / len(val_loader))
