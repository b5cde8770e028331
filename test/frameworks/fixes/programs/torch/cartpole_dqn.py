import random
from collections import deque, namedtuple

import torch
import torch.nn as nn
import torch.nn.functional as F

Transition = namedtuple("Transition", ("state", "action", "next_state", "reward"))


class ReplayMemory:
    def __init__(self, capacity):
        self.memory = deque([], maxlen=capacity)

    def push(self, *args):
        self.memory.append(Transition(*args))

    def sample(self, batch_size):
        return random.sample(self.memory, batch_size)


class DQN(nn.Module):

    def __init__(self, n_observations, n_actions):
        super(DQN, self).__init__()
        self.layer1 = nn.Linear(n_observations, 48)
        self.layer2 = nn.Linear(48, 48)
        self.layer3 = nn.Linear(48, n_actions)

    def forward(self, x):
        x = F.relu(self.layer1(x))
        x = F.relu(self.layer2(x))
        return self.layer3(x)


LR = 1e-4
GAMMA = 0.99
policy_net = DQN(4, 2)
optimizer = torch.optim.AdamW(policy_net.parameters(), lr=LR, amsgrad=True)
memory = ReplayMemory(100)
for _ in range(32):
    memory.push(torch.randn(1, 4), torch.randint(0, 2, (1, 1)), torch.randn(1, 4), torch.randn(1))


def optimize_model():
    batch = Transition(*zip(*memory.sample(16)))
    states = torch.cat(batch.state)
    values = policy_net(states).gather(1, torch.cat(batch.action))
    expected = torch.cat(batch.reward) * GAMMA
    loss = nn.SmoothL1Loss()(values, expected.unsqueeze(1))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


for step in range(3):
    optimize_model()
