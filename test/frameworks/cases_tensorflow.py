"""Programs that build their networks from variables and operations, in programs/: of this project, one for each style."""

from common import Case


def program(file, network, build=lambda names: names["loss"]):
    return Case(f"programs/{file}:{network}", f"programs/{file}.py", network, build)


CASES = [
    # This one runs at once; the others turn that off for all that come after them.
    program("tape", "predict", lambda names: (names["predict"], (2, 32, 32, 3))),
    program("dictionary", "perceptron"),
    program("helpers", "build"),
    program("scopes", "inference"),
    program("loop", "net"),
    program("agent", "Agent"),
    program("autoencoder", "decoded"),
    program("columns", "forward_propagation"),
]
