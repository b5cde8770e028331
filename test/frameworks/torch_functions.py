"""What each function of PyTorch means for the layer whose output it gets."""

import torch
from graph import ACTIVATION, BLOCK, NORM, PASS, STOP

ACTIVATIONS = set(
    """
    relu relu6 leaky_relu prelu rrelu elu selu celu gelu silu mish hardswish hardsigmoid hardtanh
    sigmoid tanh softmax log_softmax softmin softplus softsign logsigmoid tanhshrink hardshrink
    softshrink glu gumbel_softmax threshold
""".split()
)
NORMS = {"batch_norm": "batch", "layer_norm": "layer", "instance_norm": "instance"}

WEIGHTS = set("linear conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d".split())
PRODUCTS = set("mm matmul addmm".split())

OTHERS = """
    multi_head_attention_forward scaled_dot_product_attention lstm gru rnn_tanh rnn_relu lstm_cell
    gru_cell rnn_tanh_cell rnn_relu_cell embedding embedding_bag bilinear
""".split()
BLOCKS = """
    bmm baddbmm einsum spmm exp log pow sqrt rsqrt argmax max min topk norm std var abs sin cos sum rsub
    reciprocal log1p expm1 cumsum gather eq ne lt gt le ge rms_norm square new_zeros randn_like
""".split()
PASSES = """
    add sub iadd isub radd mul imul rmul div idiv truediv itruediv addcmul lerp neg cat concat
    concatenate stack view reshape flatten permute transpose t squeeze unsqueeze chunk split
    tensor_split getitem unbind movedim roll unflatten narrow select index_select swapaxes rot90 flip
    expand expand_as broadcast_to repeat repeat_interleave unfold fold contiguous clone detach to float
    double half type type_as cuda cpu requires_grad identity get set where clamp masked_fill pad
    interpolate upsample pixel_shuffle pixel_unshuffle mean amax normalize local_response_norm dropout
    dropout1d dropout2d dropout3d alpha_dropout feature_alpha_dropout max_pool1d max_pool2d max_pool3d
    max_pool2d_with_indices boolean_dispatch avg_pool1d avg_pool2d avg_pool3d adaptive_avg_pool1d
    adaptive_avg_pool2d adaptive_avg_pool3d adaptive_max_pool2d
""".split()
KINDS = {
    **{name: BLOCK for name in [*BLOCKS, *PRODUCTS]},
    **{name: STOP for name in OTHERS},
    **{name: PASS for name in PASSES},
}

# Functions that nobody has thought of yet: they end a path.
unknown = {}


def plain(func):
    """`relu` for `relu_` and `Tensor.relu`; an operator's name without its underscores."""
    return getattr(func, "__name__", str(func)).strip("_")


def argument(names, args, kwargs, wanted):
    return (dict(zip(names, args, strict=False)) | kwargs).get(wanted)


def meaning(name, args, kwargs):
    """Kind of node, and its value."""
    if name == "gelu" and kwargs.get("approximate") == "tanh":
        return ACTIVATION, "gelu_tanh"
    if name == "hardtanh":
        limits = [
            argument(("input", "min_val", "max_val"), args, kwargs, end) for end in ("min_val", "max_val")
        ]
        # nn.ReLU6 calls it.
        return ACTIVATION, "relu6" if limits == [0, 6] else "hardtanh"
    if name in ACTIVATIONS:
        return ACTIVATION, name
    if name == "group_norm":
        groups = argument(("input", "num_groups"), args, kwargs, "num_groups")
        return NORM, "layer" if groups == 1 else "group"
    if name in NORMS:
        return NORM, NORMS[name]
    if name not in KINDS:
        unknown[name] = unknown.get(name, 0) + 1
    return KINDS.get(name, BLOCK), None


def sizes(name, weight, groups):
    """Kind, fan-in and fan-out by the shape of the weight."""
    shape = tuple(weight.shape)
    if name not in WEIGHTS or name == "linear":
        return {"kind": "dense", "fanIn": shape[1], "fanOut": shape[0]}
    area = torch.Size(shape[2:]).numel()
    if name.startswith("conv_transpose"):
        return {"kind": "conv", "fanIn": area * shape[0] // groups, "fanOut": shape[1] * groups}
    return {"kind": "conv", "fanIn": area * shape[1], "fanOut": shape[0]}
