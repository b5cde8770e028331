"""Runs a PyTorch model and writes down each call of a torch function, with which tensors it reads and gives.

Weight layers are told from other matrix products by module hooks: they run inside a `nn.Linear` or a `nn.Conv*`.
"""

import sys

import torch
from graph import ACTIVATION, BLOCK, LAYER, NORM, PASS, STOP, Graph, mark_gates
from torch import nn
from torch.nn.modules.conv import _ConvNd
from torch.nn.modules.module import register_module_forward_hook, register_module_forward_pre_hook
from torch.overrides import TorchFunctionMode
from torch.utils._pytree import tree_leaves

ACTIVATIONS = {
    **{
        name: name
        for name in "relu relu6 leaky_relu prelu rrelu elu selu celu gelu silu mish hardswish hardsigmoid hardtanh sigmoid "
        "tanh softmax log_softmax softmin softplus softsign logsigmoid tanhshrink hardshrink softshrink glu "
        "gumbel_softmax threshold".split()
    }
}
NORMS = {"batch_norm": "batch", "layer_norm": "layer", "group_norm": "group", "instance_norm": "instance"}
WEIGHTS = "linear conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d".split()
PRODUCTS = "mm matmul addmm".split()
OTHERS = (
    "multi_head_attention_forward scaled_dot_product_attention lstm gru rnn_tanh rnn_relu lstm_cell gru_cell "
    "rnn_tanh_cell rnn_relu_cell embedding embedding_bag bilinear".split()
)
BLOCKS = (
    "bmm baddbmm einsum spmm exp log pow sqrt rsqrt argmax max min topk softmax_cross_entropy norm std var abs sin cos "
    "sum rsub reciprocal log1p expm1 cumsum gather eq ne lt gt le ge rms_norm square".split()
)
PASSES = (
    "add sub iadd isub radd mul imul rmul div idiv truediv itruediv cat concat concatenate stack view reshape flatten "
    "permute transpose t squeeze unsqueeze chunk split tensor_split getitem contiguous clone detach to float double half "
    "type type_as expand expand_as repeat pad interpolate upsample pixel_shuffle pixel_unshuffle mean amax dropout dropout1d "
    "dropout2d dropout3d alpha_dropout feature_alpha_dropout max_pool1d max_pool2d max_pool3d avg_pool1d avg_pool2d avg_pool3d boolean_dispatch "
    "max_pool2d_with_indices adaptive_avg_pool1d adaptive_avg_pool2d adaptive_avg_pool3d adaptive_max_pool2d local_response_norm neg "
    "identity unbind movedim roll unflatten narrow select index_select broadcast_to where clamp lerp addcmul get cuda cpu "
    "requires_grad unfold fold set repeat_interleave swapaxes masked_fill rot90 flip normalize".split()
)
KNOWN = {**{name: BLOCK for name in BLOCKS + PRODUCTS}, **{name: STOP for name in OTHERS}, **{n: PASS for n in PASSES}}

DISTRIBUTIONS = torch.distributions.__file__.rsplit("__init__", 1)[0]
unknown = {}


def plain(func):
    name = getattr(func, "__name__", str(func))
    return name.strip("_").removesuffix("_fn") or name


def in_distribution():
    """What a sample is made of and what its likelihood is computed by is no longer the network."""
    frame, depth = sys._getframe(2), 0
    while frame and depth < 8:
        if DISTRIBUTIONS in frame.f_code.co_filename:
            return True
        frame, depth = frame.f_back, depth + 1
    return False


def is_weight_module(module):
    return isinstance(module, (nn.Linear, _ConvNd))


def limits(args, kwargs):
    given = dict(zip(("input", "min_val", "max_val"), args)) | kwargs
    return given.get("min_val"), given.get("max_val")


class Trace(TorchFunctionMode):
    def __init__(self, model, inputs, home):
        super().__init__()
        self.graph, self.stack, self.home = Graph(), [], home
        self.kept, self.node_of = [], {}
        self.names = {module: name for name, module in model.named_modules()}
        self.bind(inputs, self.graph.add(PASS, [], name="input"))

    def bind(self, value, node):
        for tensor in tree_leaves(value):
            if isinstance(tensor, torch.Tensor):
                # Kept, so that no other tensor gets the same id.
                self.kept.append(tensor)
                self.node_of[id(tensor)] = node

    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        sources = [
            self.node_of[id(tensor)]
            for tensor in tree_leaves((args, kwargs))
            if isinstance(tensor, torch.Tensor) and id(tensor) in self.node_of
        ]
        out = func(*args, **kwargs)
        if sources and any(isinstance(leaf, torch.Tensor) for leaf in tree_leaves(out)):
            kind, value = (BLOCK, None) if in_distribution() else self.meaning(plain(func), args, kwargs)
            self.bind(out, self.graph.add(kind, sources, value, plain(func)))
        return out

    def meaning(self, name, args, kwargs):
        module = next((found for found in reversed(self.stack) if is_weight_module(found)), None)
        if name in WEIGHTS or (name in PRODUCTS and module is not None and self.stack[-1] is module):
            return (LAYER, self.layer(name, module, args, kwargs)) if module is not None else (STOP, None)
        if name == "gelu" and kwargs.get("approximate") == "tanh":
            return ACTIVATION, "gelu_tanh"
        if name == "hardtanh" and limits(args, kwargs) == (0, 6):
            # nn.ReLU6 calls it.
            return ACTIVATION, "relu6"
        if name in ACTIVATIONS:
            return ACTIVATION, ACTIVATIONS[name]
        if name == "group_norm":
            groups = kwargs.get("num_groups", args[1] if len(args) > 1 else None)
            return NORM, "layer" if groups == 1 else "group"
        if name in NORMS:
            return NORM, NORMS[name]
        if name not in KNOWN:
            unknown[name] = unknown.get(name, 0) + 1
        return KNOWN.get(name, BLOCK), None

    def layer(self, name, module, args, kwargs):
        weight = kwargs.get("weight", args[1] if len(args) > 1 else None)
        if name in PRODUCTS:
            weight = module.weight
        shape = tuple(weight.shape)
        area = 1
        for size in shape[2:]:
            area *= size
        dense = name == "linear" or name in PRODUCTS
        groups = 1 if dense else module.groups
        transposed = name.startswith("conv_transpose")
        return {
            "name": self.names.get(module, type(module).__name__),
            "kind": "dense" if dense else "conv",
            "fanIn": area * (shape[0] // groups if transposed else shape[1]),
            "fanOut": shape[1] * groups if transposed else shape[0],
            **({} if made_in(module) == self.home else {"outside": True}),
        }

    def run(self, call, inputs):
        def leave(*_):
            # No value: what a hook returns replaces the output.
            self.stack.pop()

        before = register_module_forward_pre_hook(lambda module, _: self.stack.append(module))
        after = register_module_forward_hook(leave, always_call=True)
        try:
            with self:
                call(*inputs)
        finally:
            before.remove()
            after.remove()
        mark_gates(self.graph, {"sigmoid": "silu", "hardsigmoid": "hardswish"})
        return self.graph


# ---- where a layer is written ---------------------------------------------------------------------------------

TORCH = nn.__file__.rsplit("nn", 1)[0]
origins = {}


def made_in(module):
    return origins.get(id(module))


def note_origins():
    """A layer's call may be in another file than the network: then the file does not hold what is needed."""
    for cls in (nn.Linear, _ConvNd):
        original = cls.__init__

        def init(self, *args, _original=original, **kwargs):
            frame = sys._getframe(1)
            while frame and (frame.f_code.co_filename.startswith(TORCH) or frame.f_locals.get("self") is self):
                frame = frame.f_back
            origins[id(self)] = frame.f_code.co_filename if frame else None
            kept.append(self)
            _original(self, *args, **kwargs)

        cls.__init__ = init


kept = []
