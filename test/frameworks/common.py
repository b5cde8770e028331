"""What the scripts for the frameworks share: cases, where their files are, and how a result is written.

A case is the file of a model, the name that a reading of it should have, and a function that builds and runs it.
`vary` builds it again with other sizes where the file leaves them to its user: what then differs is not in the file.
"""

import dataclasses
import importlib.util
import inspect
import json
import os
import pathlib
import runpy
import socket
import sys
import time
import traceback
from collections.abc import Callable

from extract import load_script

PROGRAMS = "programs"


@dataclasses.dataclass(frozen=True)
class Case:
    id: str
    # `torchvision/models/resnet.py` in an installed package, or `OWNER+NAME/path.py` below the folder of repositories;
    # `programs/NAME.py` is one of the project's own.
    file: str
    network: str
    build: Callable
    vary: Callable | None = None
    # Names that exist before a script's definitions are run, such as data that it would load.
    presets: dict = dataclasses.field(default_factory=dict)
    # Modules that the file imports by another name than they have today.
    renames: dict = dataclasses.field(default_factory=dict)
    # Import it as a module below this folder of the repository, since it imports its neighbours.
    root: str | None = None


def repositories():
    return pathlib.Path(os.environ.get("ACTIVATION_LENS_REPOS", "out/repositories"))


def path_of(case):
    first, rest = case.file.split("/", 1)
    if first == PROGRAMS:
        return pathlib.Path(__file__).parent / case.file
    if "+" in first:
        path = repositories() / case.file
        return path if path.is_file() else None
    spec = importlib.util.find_spec(first)
    if spec is None or not spec.submodule_search_locations:
        return None
    path = pathlib.Path(spec.submodule_search_locations[0]) / rest
    return path if path.is_file() else None


def namespace(case, path):
    """The names that the file defines, without what else running it would do."""
    if case.file.startswith(PROGRAMS):
        return runpy.run_path(str(path))
    if "+" not in case.file:
        return vars(importlib.import_module(case.file.removesuffix(".py").replace("/", ".")))
    if case.root is not None:
        folder = repositories() / case.file.split("/", 1)[0] / case.root
        sys.path.insert(0, str(folder))
        return vars(importlib.import_module(".".join(path.relative_to(folder).with_suffix("").parts)))
    return load_script(path, case.presets, case.renames)


def marked(layers, others):
    """Layers whose sizes change with what the user gives: the file does not hold them."""
    if len(layers) != len(others):
        return [{**layer, "outside": True} for layer in layers]
    same = ("kind", "fanIn", "fanOut", "activation", "normalisation")
    return [
        layer if all(layer[key] == other[key] for key in same) else {**layer, "outside": True}
        for layer, other in zip(layers, others, strict=True)
    ]


def truth(case, layers_of_build):
    """`layers_of_build(build, names, path)` gives the graph's layers, whether others have weights, and the model."""
    result = {"id": case.id, "file": case.file, "network": case.network}
    path = path_of(case)
    if path is None:
        return {**result, "absent": True}
    start = time.monotonic()
    try:
        names = namespace(case, path)
        layers, other, model = layers_of_build(case.build, names, str(path))
        if case.vary is not None:
            layers = marked(layers, layers_of_build(case.vary, names, str(path))[0])
    except Exception as error:
        trace = traceback.format_exc().strip().splitlines()
        return {**result, "error": f"{type(error).__name__}: {error}"[:300], "trace": trace[-6:]}
    return {
        **result,
        "path": str(path),
        **({"renames": case.renames} if case.renames else {}),
        **({} if type(model).__name__ == case.network else {"class": type(model).__name__}),
        **({"hasOther": True} if other else {}),
        "seconds": round(time.monotonic() - start, 1),
        "layers": layers,
    }


def offline():
    """Nothing may be downloaded: a builder that would load weights fails at once."""

    def refuse(*_):
        raise OSError("no network while the frameworks are asked")

    socket.socket.connect = refuse
    socket.getaddrinfo = refuse


def main(cases, layers_of_build):
    """One line of JSON for each case whose id holds one of the words given."""
    words = sys.argv[1:]
    offline()
    # A model that prints would mix its words with the results.
    output, sys.stdout = sys.stdout, sys.stderr
    for case in cases:
        if not words or any(word in case.id for word in words):
            print(json.dumps(truth(case, layers_of_build)), file=output, flush=True)


def given(names, function, *args, **kwargs):
    """Calls it with those arguments that it has: builders differ."""
    accepted = inspect.signature(function).parameters
    return function(*args, **{key: value for key, value in kwargs.items() if key in accepted})
