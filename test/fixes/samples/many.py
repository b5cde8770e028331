# Several styles of naming a thing in one file.
from functools import reduce

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn import Linear, ReLU


class Block(nn.Module):
    def __init__(self, width=64, act=ReLU):
        super().__init__()
        self.fc = Linear(width, width)
        self.out = Linear(width, width)
        self.act = act()
        self.other = ReLU(inplace=True)  # kept

    def forward(self, x):
        x = F.relu(self.fc(x))
        x = self.fc(x).relu().relu()
        x = F.relu(F.relu(x))
        return torch.relu(
            # a comment in the call
            x,
        )


encoder = nn.TransformerEncoderLayer(8, 2, activation="relu")
total = reduce(lambda a, b: a + b, [1, 2])
