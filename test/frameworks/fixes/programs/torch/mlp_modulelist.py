import torch
import torch.nn as nn


class MLP(nn.Module):
	def __init__(self, sizes, negative_bias=-0.5):
		super().__init__()
		self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:])])
		self.act = nn.ReLU()
		for layer in self.layers:
			nn.init.xavier_normal_(layer.weight)
			nn.init.constant_(layer.bias, -0.5)

	def forward(self, x):
		for layer in self.layers[:-1]:
			x = self.act(layer(x))
		return self.layers[-1](x)


torch.manual_seed(3)
model = MLP([11, 30, 30, 30, 4])
opt = torch.optim.RMSprop(model.parameters(), lr = 0.01)
x, y = torch.randn(32, 11), torch.randint(0, 4, (32,))
for step in range(3):
	loss = nn.functional.cross_entropy(model(x), y)
	opt.zero_grad()
	loss.backward()
	opt.step()
