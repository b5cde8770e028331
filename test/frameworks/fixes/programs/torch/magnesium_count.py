import torch, torch.nn as nn
from sklearn.datasets import load_wine

# Magnesium from the other twelve measurements: a count, so Poisson.
wine = load_wine().data
inputs = torch.tensor(wine, dtype=torch.float)
counts = inputs[:, [4]]

class CountModel(nn.Module):
	def __init__(self):
		super(CountModel, self).__init__()
		self.a = nn.Linear(13, 20)
		self.b = nn.Linear(20, 10)
		self.c = nn.Linear(10, 1)
		self.a.bias.data.fill_(-0.3)
		self.b.bias.data.fill_(-0.3)
		self.c.bias.data.fill_(-0.3)

	def forward(self, x):
		x = torch.relu(self.a(x))
		x = torch.relu(self.b(x))
		return torch.relu(self.c(x))

net = CountModel()
lossfn = nn.PoissonNLLLoss(log_input=False)
opt = torch.optim.Adagrad(net.parameters(), lr=0.05)
for i in range(4):
	opt.zero_grad()
	rate = net(inputs)
	l = lossfn(rate, counts)
	l.backward()
	opt.step()
	if i % 2 == 0:
		print(i, l.item())
