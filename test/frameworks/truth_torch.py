"""What PyTorch itself does in the models of cases_torch.py: one line of JSON each.

    python truth_torch.py [PART OF AN ID ...]

Models are built and run on the device `meta`, which has shapes but no numbers; where that fails, on the CPU.
They run in training mode, so that auxiliary heads and dropout take part.
"""

import sys
import warnings

import torch
import torch_functions
import torch_origins
import torch_trace
from common import main
from graph import layers_of

warnings.filterwarnings("ignore")


# They are taken back when the library is collected.
registered = []


def without_compiled_operators():
    """torchvision registers operators for its detectors on import, which fails where its binary can't be loaded."""
    try:
        import torchvision  # noqa: F401
    except RuntimeError:
        library = torch.library.Library("torchvision", "DEF")
        for name in ("nms", "qnms"):
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        registered.append(library)
        import torchvision  # noqa: F401


def run(build, names, path, device):
    with torch.device(device):
        model, *inputs = build(names)
    call = model
    if isinstance(model, tuple):
        model, call = model
    inputs = [torch.empty(shape, device=device) if isinstance(shape, tuple) else shape for shape in inputs]
    inputs = [value.uniform_() if value.is_floating_point() else value for value in inputs]
    trace = torch_trace.Trace(model, inputs, path)
    with torch.device(device):
        graph = trace.run(call, inputs)
    return layers_of(graph), graph.other, model


def layers_of_build(build, names, path):
    try:
        return run(build, names, path, "meta")
    except Exception:
        return run(build, names, path, "cpu")


if __name__ == "__main__":
    without_compiled_operators()
    torch_origins.watch()
    from cases_torch import CASES

    main(CASES, layers_of_build)
    if torch_functions.unknown:
        # They end a path, as what does not keep a layer's output does.
        print("unknown functions:", torch_functions.unknown, file=sys.stderr)
