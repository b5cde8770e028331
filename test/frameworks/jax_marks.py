"""Marks what goes into layers, norms and activations of JAX and Flax, and what comes out.

A mark is a primitive that gives back what it gets: what JAX traces then holds marks beside all other operations.
"""

import functools
import sys

import flax.linen as nn
import jax
import jax.numpy as jnp
from flax import nnx
from graph import ACTIVATION, LAYER, NORM, STOP
from jax.extend import core

SAME = "relu relu6 leaky_relu elu selu celu gelu silu mish sigmoid tanh softmax log_softmax softplus glu"
ACTIVATIONS = {
    **{name: name for name in SAME.split()},
    "swish": "silu",
    "soft_sign": "softsign",
    "log_sigmoid": "logsigmoid",
    "hard_sigmoid": "hardsigmoid",
    "hard_swish": "hardswish",
    "hard_silu": "hardswish",
    "hard_tanh": "hardtanh",
}
OTHERS = (nn.MultiHeadDotProductAttention, nn.DenseGeneral, nn.ConvLocal, nn.Embed, nn.RNNCellBase)

mark_p = core.Primitive("activation_lens_mark")
mark_p.def_impl(lambda x, **_: x)
mark_p.def_abstract_eval(lambda x, **_: x)
# Marks inside a vmap are of one layer, as in the code.
jax.interpreters.batching.primitive_batchers[mark_p] = lambda args, dims, **kw: (
    mark_p.bind(*args, **kw),
    dims[0],
)

counter = [0]
origins = {}


def marked(function, kind, describe):
    """`describe(result)` is asked after the call, when a layer has its kernel."""

    def call(x, *args, **kwargs):
        if not isinstance(x, jax.Array):
            return function(x, *args, **kwargs)
        number = counter[0] = counter[0] + 1
        result = function(mark_p.bind(x, mark=f"in {number}"), *args, **kwargs)
        label = f"{kind} {number} {describe()}"
        return jax.tree.map(
            lambda leaf: mark_p.bind(leaf, mark=label) if isinstance(leaf, jax.Array) else leaf, result
        )

    return call


def mark_activations():
    """Before a model's file is loaded, since a function may be the default of an argument."""
    for module in (jax.nn, nn, nn.activation, nnx, jnp):
        for name, value in ACTIVATIONS.items():
            function = getattr(module, name, None)
            if function is None or getattr(function, "is_marked", False):
                continue
            wrapped = functools.wraps(function)(choose(function, value))
            wrapped.is_marked = True
            setattr(module, name, wrapped)


def choose(function, value):
    def call(x, *args, **kwargs):
        # JAX's GELU is the approximation unless told otherwise.
        exact = (args[0] if args else kwargs.get("approximate", True)) is False
        name = value if value != "gelu" or exact else "gelu_tanh"
        return marked(function, ACTIVATION, lambda: name)(x, *args, **kwargs)

    return call


def norm_of(module):
    if isinstance(module, nn.BatchNorm | nnx.BatchNorm):
        return "batch"
    if isinstance(module, nn.LayerNorm | nnx.LayerNorm):
        return "layer"
    if isinstance(module, nn.GroupNorm | nnx.GroupNorm):
        return "layer" if module.num_groups == 1 else "group"
    return "instance" if isinstance(module, nn.InstanceNorm) else None


def layer_words(module, kernel):
    dense = isinstance(module, nn.Dense | nnx.Linear)
    area = 1
    for size in kernel[:-2]:
        area *= size
    outside = origins.get(id(module), (None, None))[1]
    return f"{'dense' if dense else 'conv'}|{area * kernel[-2]}|{kernel[-1]}|{module_name(module)}|{outside or ''}"


def module_name(module):
    return getattr(module, "name", None) or type(module).__name__


def intercept(next_function, args, kwargs, context):
    """Of Linen's modules; norms and layers are leaves."""
    module = context.module
    if context.method_name != "__call__":
        return next_function(*args, **kwargs)
    if (norm := norm_of(module)) is not None:
        return marked(next_function, NORM, lambda: norm)(*args, **kwargs)
    if isinstance(module, nn.Dense | nn.Conv | nn.ConvTranspose):

        def words():
            return layer_words(module, module.get_variable("params", "kernel").shape)

        return marked(next_function, LAYER, words)(*args, **kwargs)
    if isinstance(module, OTHERS):
        return marked(next_function, STOP, lambda: "")(*args, **kwargs)
    return next_function(*args, **kwargs)


def mark_nnx():
    for cls in (nnx.Linear, nnx.Conv, nnx.ConvTranspose, nnx.BatchNorm, nnx.LayerNorm, nnx.GroupNorm):
        original = cls.__call__

        def call(self, x, *args, _original=original, **kwargs):
            function = functools.partial(_original, self)
            if (norm := norm_of(self)) is not None:
                return marked(function, NORM, lambda: norm)(x, *args, **kwargs)
            return marked(function, LAYER, lambda: layer_words(self, self.kernel.shape))(x, *args, **kwargs)

        cls.__call__ = call


def note_origins():
    package = nn.__file__.rsplit("linen", 1)[0]
    for cls in (nn.Dense, nn.Conv, nn.ConvTranspose, nnx.Linear, nnx.Conv, nnx.ConvTranspose):
        original = cls.__init__

        def init(self, *args, _original=original, **kwargs):
            frame = sys._getframe(1)
            while frame and (
                frame.f_code.co_filename.startswith(package) or "<string>" in frame.f_code.co_filename
            ):
                frame = frame.f_back
            origins[id(self)] = (self, frame.f_code.co_filename if frame else None)
            _original(self, *args, **kwargs)

        cls.__init__ = init
