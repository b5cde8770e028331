"""Two hidden layers kept in a dictionary."""
import torch
import torch.nn.functional as F
from sklearn import datasets
from torch.nn import Linear, Module, ModuleDict
from torch.nn.init import constant_, normal_


class Iris(Module):
    def __init__(self, *, width=32):
        super().__init__()
        self.layers = ModuleDict({"first": Linear(4, width), "second": Linear(width, 16), "out": Linear(16, 3)})
        for name in ("first", "second"):
            normal_(self.layers[name].weight, std=0.1)
            constant_(self.layers[name].bias, -0.5)

    def forward(self, x):
        x = F.relu(self.layers["first"](x))
        x = F.relu(self.layers["second"](x))
        return F.relu(self.layers["out"](x))


torch.manual_seed(7)
data, target = datasets.load_iris(return_X_y=True)
data = torch.as_tensor(data, dtype=torch.float32)
target = torch.as_tensor(target)

net = Iris()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for epoch in range(3):
    optimizer.zero_grad()
    loss = F.cross_entropy(net(data), target)
    loss.backward()
    optimizer.step()
print(loss)
