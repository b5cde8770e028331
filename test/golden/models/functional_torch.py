"""Activations in every form that PyTorch has, in a class that the engine does not read yet."""

from functools import partial

import torch
import torch.nn as nn
import torch.nn.functional as F


class Block(nn.Module):
    def __init__(self, width, act_layer=nn.ReLU, gate=partial(nn.LeakyReLU, 0.2)):
        super().__init__()
        self.hidden = nn.Linear(width, width)
        self.act = act_layer(inplace=True)
        self.gate = gate()
        self.last = nn.LeakyReLU(negative_slope=0.1) if width > 64 else nn.Tanh()

    def forward(self, x):
        x = F.relu(self.hidden(x), inplace=True)
        x = torch.relu(x) + torch.sigmoid(x)
        x = x.clamp(min=0).relu()
        return F.leaky_relu(x) + F.gelu(x, approximate="tanh")
