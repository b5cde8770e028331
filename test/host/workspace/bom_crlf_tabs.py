"""A file from another editor."""
from torch import nn


def block(width):
	return "🔥😀", nn.ReLU(), width
