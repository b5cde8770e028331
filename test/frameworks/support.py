"""Short ways to write the cases of scripts."""

from common import Case


def script(file, network, build, vary=None, presets=None, renames=None):
    name = file.split("+", 1)[1]
    return Case(f"{name}:{network}", file, network, build, vary, presets or {}, renames or {})


def simple(file, network, *shapes):
    """A class that is made without arguments, and the shapes of its inputs."""
    return script(file, network, lambda names: (names[network](), *shapes))
