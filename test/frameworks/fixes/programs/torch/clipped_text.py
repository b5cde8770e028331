import torch, torch.nn as nn
from torch.nn import functional as F

class Classifier(nn.Module):
  def __init__(self, dim=16, hidden=24, classes=2):
    super().__init__()
    self.norm = nn.LayerNorm(dim)
    self.dense = nn.Linear(dim, hidden)
    self.dense2 = nn.Linear(hidden, hidden)
    self.out_proj = nn.Linear(hidden, classes)
    nn.init.normal_(self.dense.weight, std=0.02); nn.init.zeros_(self.dense.bias)
    nn.init.normal_(self.dense2.weight, std=0.02); nn.init.zeros_(self.dense2.bias)

  def forward(self, features, **kwargs):
    x = self.norm(features)
    x = self.dense(x).relu()  # was tanh
    x = torch.relu(self.dense2(x))
    return self.out_proj(x)

model = Classifier()
optimizer = torch.optim.AdamW([{"params": model.parameters()}], lr=2e-3)
for step in range(2):
  logits = model(torch.randn(6, 16))
  loss = F.cross_entropy(logits, torch.randint(0, 2, (6,)))
  loss.backward()
  torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
  optimizer.step()
  optimizer.zero_grad()
