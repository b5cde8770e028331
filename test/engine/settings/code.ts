/** Parts of PyTorch programs that tests of settings are made of. */
export const HEAD = "import torch\nimport torch.nn.functional as F\nfrom torch import nn, optim\n";
export const MODEL = "model = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))\n";
export const LOSS = "criterion = nn.CrossEntropyLoss()\n";
export const STEP = `x, y = torch.randn(8, 20), torch.zeros(8).long()
loss = criterion(model(x), y)
loss.backward()
optimizer.step()
`;
