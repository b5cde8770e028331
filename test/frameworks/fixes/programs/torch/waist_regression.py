import numpy as np
import torch
import torch.nn as nn
from sklearn.datasets import load_linnerud
from torch.utils.data import Dataset, DataLoader

class LinnerudDataset(Dataset):
    def __init__(self, x, y):
        self.x = torch.tensor(x, dtype=torch.float32)
        self.y = torch.tensor(y, dtype=torch.float32)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return self.x[i], self.y[i]

def block(n_in, n_out):
    linear = nn.Linear(n_in, n_out)
    nn.init.constant_(linear.bias, -0.1)
    return nn.Sequential(linear, nn.ReLU())

data, target = load_linnerud(return_X_y=True)
waist = target[:, 1:2]

net = nn.Sequential(
    block(3, 16),
    block(16, 16),
    block(16, 1),  # inches
)
loader = DataLoader(LinnerudDataset(data, waist), batch_size=10, shuffle=False)
criterion = nn.SmoothL1Loss()
optimizer = torch.optim.Adam(net.parameters(), lr=5e-3, betas=(0.9, 0.99))
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.9)

for epoch in range(2):
    running = 0.0
    for inputs, waists in loader:
        optimizer.zero_grad()
        loss = criterion(net(inputs), waists)
        loss.backward()
        optimizer.step()
        running += loss.item()
    scheduler.step()
    print("epoch", epoch, "loss", running / len(loader))
