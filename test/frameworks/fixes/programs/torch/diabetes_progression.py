from collections import OrderedDict

import torch
from torch import nn
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split

# age, sex, body mass index, blood pressure and six blood values in their own units
features, progression = load_diabetes(return_X_y=True, scaled=False)
x_train, x_test, y_train, y_test = train_test_split(features, progression, test_size=0.2, random_state=5)

x_train = torch.FloatTensor(x_train)
y_train = torch.FloatTensor(y_train).view(-1, 1)
x_test = torch.FloatTensor(x_test)
y_test = torch.FloatTensor(y_test).view(-1, 1)

net = nn.Sequential(OrderedDict([
    ("hidden1", nn.Linear(10, 32)),
    ("relu1", nn.ReLU()),
    ("hidden2", nn.Linear(32, 16)),
    ("relu2", nn.ReLU()),
    ("output", nn.Linear(16, 1)),
    ("positive", nn.ReLU()),
]))
net.hidden1.bias.data.fill_(-1.0)
net.hidden2.bias.data.fill_(-1.0)

huber = nn.HuberLoss(delta=10.0)
opt = torch.optim.RMSprop(net.parameters(), lr=1e-3, alpha=0.95)

for step in range(5):
    opt.zero_grad()
    error = huber(net(x_train), y_train)
    error.backward()
    opt.step()

with torch.inference_mode():
    print("MAE", (net(x_test) - y_test).abs().mean().item())
