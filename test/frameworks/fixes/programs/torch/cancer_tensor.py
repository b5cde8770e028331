import torch
from torch import nn, optim
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split


class Classifier(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.hidden = nn.Linear(n_features, 24)
        self.out = nn.Linear(24, 1)
        self.relu = nn.ReLU()

    def forward(self, x):
        return self.out(self.relu(self.hidden(x)))


X, y = load_breast_cancer(return_X_y=True)
X_train, X_val, y_train, y_val = train_test_split(X, y, random_state=0)

X_train = torch.from_numpy(X_train).float()
X_val = torch.from_numpy(X_val).float()
y_train = torch.from_numpy(y_train).float().unsqueeze(1)

net = Classifier(30)
opt = optim.SGD(net.parameters(), lr=0.01)
loss_fn = nn.BCEWithLogitsLoss()
for _ in range(3):
    opt.zero_grad()
    loss = loss_fn(net(X_train), y_train)
    loss.backward()
    opt.step()
net.eval()
print(torch.sigmoid(net(X_val)).mean())
