"""Where a layer is written: one that is made or applied in another file than the network is not held by its file."""

import sys

import torch
from torch import nn

TORCH = torch.__file__.rsplit("__init__", 1)[0]
HERE = __file__.rsplit("torch_origins", 1)[0]
DISTRIBUTIONS = torch.distributions.__file__.rsplit("__init__", 1)[0]

made_in = {}


def first_file(frame, module=None):
    """The file of the first frame that is not PyTorch's, ours, or a constructor of that very module."""
    while frame is not None:
        file = frame.f_code.co_filename
        own = module is not None and frame.f_locals.get("self") is module
        if not file.startswith((TORCH, HERE)) and not own:
            return file
        frame = frame.f_back
    return None


def watch():
    original = nn.Module.__init__

    def init(self, *args, **kwargs):
        # Kept with the module, so that no other gets its id.
        made_in[id(self)] = (self, first_file(sys._getframe(1), self))
        original(self, *args, **kwargs)

    nn.Module.__init__ = init


def is_outside(module, home):
    """The module was made elsewhere, or its code is, or the call that is under way comes from elsewhere."""
    if module is not None:
        code = sys.modules[type(module).__module__]
        written = getattr(code, "__file__", None) or home
        # None: our own case makes it.
        made = made_in.get(id(module), (None, None))[1] or home
        if made != home or not (written == home or written.startswith(TORCH)):
            return True
    caller = first_file(sys._getframe(1))
    return caller is not None and caller != home


def in_distribution():
    """What a sample is made of and what its likelihood is computed by is no longer the network."""
    frame = sys._getframe(2)
    for _ in range(8):
        if frame is None:
            return False
        if frame.f_code.co_filename.startswith(DISTRIBUTIONS):
            return True
        frame = frame.f_back
    return False
