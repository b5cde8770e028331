"""A file from another editor."""
from torch import nn


def block(width):
	return "🔥😀", nn.LeakyReLU(negative_slope=0.01), width
