"""What the observers of the Python frameworks share: a loop that runs programs, numbers, and how they are written.

An observer gets the text of a program as a line of JSON, runs it, and answers with what it saw: the steps of each
network's forward pass, its parameters, what it was shown and how it was trained (`observation.ts` has the types).
It judges nothing.
"""

import json
import math
import os
import random
import sys
import traceback
import types

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("MPLBACKEND", "agg")

import numpy as np

# Where each activation is evaluated, on both sides of 0 and of the kinks of hard and capped functions.
PROBES = (-3.0, -1.0, -0.25, 0.25, 1.0, 3.0)
SEED = 11
# Of a network that is not looked at as a whole: `isWhole` of the question.
UNSEEN = {"lowest": None, "output": [], "gradient": None}
# No frame of a program's own is deeper than this; a program that recurses for ever ends early.
RECURSION = 4000


def number(value):
    """JSON has no NaN and no infinity."""
    value = float(value)
    return value if math.isfinite(value) else None


def numbers(values):
    return [number(value) for value in np.asarray(values, dtype="float64").ravel()]


def statistics(values):
    """Of a tensor's entries; of an empty one nothing."""
    entries = np.asarray(values, dtype="float64").ravel()
    if entries.size == 0:
        return None
    return {
        "count": int(entries.size),
        "mean": number(entries.mean()),
        "std": number(entries.std()),
        "min": number(entries.min()),
        "max": number(entries.max()),
    }


def norm(arrays):
    """Euclidean, of all entries together."""
    return number(math.sqrt(sum(float(np.square(np.asarray(a, dtype="float64")).sum()) for a in arrays)))


def ramp(shape):
    """Positive weights that differ from each other, small enough for outputs of any depth to stay finite."""
    size = int(np.prod(shape)) if len(shape) else 1
    steps = 1.0 + (np.arange(size) % 7) / 7.0
    fan = max(1, size // max(1, min(shape, default=1)))
    return (steps / fan).reshape(shape).astype("float32")


def small(values):
    """Positive and so small that no activation saturates; arrays of any framework."""
    largest = float(abs(values).max()) or 1.0
    return abs(values) / largest * 0.05 + 0.01


def mixed(outputs):
    """A number from a network's outputs: of softmax their sum would say nothing."""
    return outputs[..., :1].sum()


class Module:
    """The program runs as `__main__`, as scripts do; the observer's own module stands aside meanwhile."""

    def __init__(self, file):
        self.module = types.ModuleType("__main__")
        self.module.__file__ = file

    def __enter__(self):
        self.before = sys.modules["__main__"]
        sys.modules["__main__"] = self.module
        return vars(self.module)

    def __exit__(self, *_):
        sys.modules["__main__"] = self.before


def run(text, observer):
    random.seed(SEED)
    np.random.seed(SEED)
    observer.start()
    answer = {}
    try:
        with Module("program.py") as names:
            # Read as a file would be: with any of the line ends.
            exec(compile(text, "program.py", "exec", dont_inherit=True), names)
    except SystemExit:
        pass
    except BaseException as error:
        lines = traceback.format_exc().strip().splitlines()
        answer["error"] = f"{type(error).__name__}: {error}"[:300]
        answer["trace"] = lines[-8:]
    try:
        return {**answer, **observer.finish()}
    except Exception as error:
        return {
            "error": f"observer: {type(error).__name__}: {error}"[:300],
            "trace": traceback.format_exc().strip().splitlines()[-8:],
            "networks": [],
            "training": [],
        }


def serve(observer):
    """One answer for each line of input, until it ends."""
    sys.setrecursionlimit(RECURSION)
    # What programs print must not mix with the answers.
    output, sys.stdout = sys.stdout, open(os.devnull, "w")
    sys.argv = ["program.py"]
    for line in sys.stdin:
        asked = json.loads(line)
        observer.isWhole = asked["isWhole"]
        answer = {"id": asked["id"], **run(asked["text"], observer)}
        print(json.dumps(answer), file=output, flush=True)
