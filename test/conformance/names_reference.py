"""Writes fixtures/names.json: the signature in the installed release of every symbol that the
catalogue names.

python test/conformance/names_reference.py

Only the names are taken from the catalogue; whether its signatures are right is for the test to say.
"""

import inspect
import json
import os
import pathlib
import re

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import flax
import flax.linen
import flax.nnx
import jax
import jax.example_libraries.stax
import jax.scipy.special
import keras
import keras.src.legacy.backend
import tensorflow
import torch

ROOTS = {"torch": torch, "keras": keras, "tensorflow": tensorflow, "jax": jax, "flax": flax}
SOURCES = pathlib.Path(__file__).parents[2] / "src/engine/activations"


def catalogue():
    return "\n".join(path.read_text() for path in SOURCES.glob("*.ts"))


def words():
    """Names without a prefix: methods, and strings with parameters."""
    return set(re.findall(r'"(\w+)\(', catalogue()))


def symbols():
    text = catalogue()
    return sorted(
        set(re.findall(r'"((?:torch|keras|tensorflow|tensorflow_addons|jax|flax)\.[\w.]+)\(', text))
    )


def find(symbol):
    root, *rest = symbol.split(".")
    if symbol.startswith("keras.backend."):
        return getattr(keras.src.legacy.backend, rest[-1])
    found = ROOTS[root]
    for name in rest:
        found = getattr(found, name)
    return found


def literal(default):
    return repr(default) if isinstance(default, (int, float, str, bool, type(None))) else "?"


def signature(symbol, found):
    if not callable(found):
        # The layers of stax are pairs of functions.
        return f"{symbol}()"
    name = symbol.rsplit(".", 1)[-1]
    try:
        # A class may hide its arguments behind a metaclass: its initialiser doesn't.
        called = found.__init__ if inspect.isclass(found) else found
        parameters = [p for p in inspect.signature(called).parameters.values() if p.name != "self"]
    except ValueError:
        # A function written in C says its signature in the first line of its documentation.
        match = re.search(rf"\b{name}\((.*?)\) -> ", found.__doc__ or "")
        return f"{symbol}({match[1]})" if match else None
    texts, star = [], False
    for parameter in parameters:
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and not star:
            texts.append("*")
            star = True
        has_default = parameter.default is not parameter.empty
        texts.append(f"{parameter.name}={literal(parameter.default)}" if has_default else parameter.name)
    return f"{symbol}({', '.join(texts)})"


def main():
    found, missing = {}, []
    for symbol in symbols():
        try:
            found[symbol] = signature(symbol, find(symbol))
        except (AttributeError, KeyError):
            missing.append(symbol)
    modules = (torch, keras, tensorflow, jax, flax)
    result = {
        "versions": {module.__name__: module.__version__.split("+")[0] for module in modules},
        "signatures": found,
        "missing": missing,
        "torch methods": sorted(word for word in words() if hasattr(torch.Tensor, word)),
        "keras strings": sorted(keras.src.activations.ALL_OBJECTS_DICT),
    }
    path = pathlib.Path(__file__).with_name("fixtures") / "names.json"
    path.write_text(json.dumps(result, indent=1) + "\n")
    print(f"{path.name}: {len(found)} symbols, missing {missing}")


main()
