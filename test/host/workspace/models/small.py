from torch import nn

classifier = nn.Sequential(
    nn.Linear(8, 4),
    nn.LeakyReLU(negative_slope=0.01),
    nn.Linear(4, 2),
)
