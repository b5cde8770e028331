# -*- coding: utf-8 -*-
"""Réseau 😀."""
from torch.nn import (
    Linear,
    ReLU,
    Sequential,
)

name = "😀"; net = Sequential(Linear(4, 8), ReLU(), Linear(8, 2))
