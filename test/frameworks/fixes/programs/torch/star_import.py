from torch.nn import *
import torch
import torch.optim

num_features, num_classes = 7, 3

net = Sequential()
net.add_module("fc1", Linear(num_features, 20))
net.add_module("relu1", ReLU())
net.add_module("fc2", Linear(20, 20))
net.add_module("relu2", ReLU())
net.add_module("fc3", Linear(20, num_classes))

loss = CrossEntropyLoss()
optimizer = torch.optim.SGD(net.parameters(), lr=.5)

x = torch.randn(24, num_features)
y = torch.randint(num_classes, (24,))
for i in range(2):
    optimizer.zero_grad()
    out = net(x)
    l = loss(out, y)
    l.backward()
    optimizer.step()
