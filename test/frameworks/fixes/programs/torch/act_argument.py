from typing import Callable, List

import torch
from torch import Tensor, nn


def mlp(sizes: List[int], activation: Callable[..., nn.Module] = nn.ReLU, output_activation=nn.Identity):
    layers = []
    for j in range(len(sizes) - 1):
        act = activation if j < len(sizes) - 2 else output_activation
        layers += [nn.Linear(sizes[j], sizes[j + 1]), act()]
    return nn.Sequential(*layers)


class Critic(nn.Module):
    def __init__(self, obs_dim: int, hidden: List[int]):
        super().__init__()
        self.v_net = mlp([obs_dim] + list(hidden) + [1], nn.ReLU)

    def forward(self, obs: Tensor) -> Tensor:
        return torch.squeeze(self.v_net(obs), -1)


critic = Critic(8, [32, 32])
optimizer = torch.optim.Adam(critic.parameters(), lr=3e-3)
obs, ret = torch.randn(20, 8), torch.randn(20)
for _ in range(2):
    optimizer.zero_grad()
    loss = ((critic(obs) - ret) ** 2).mean()
    loss.backward()
    optimizer.step()
