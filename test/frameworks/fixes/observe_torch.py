"""Runs PyTorch programs and writes down what their networks do and how they are trained."""

import copy
import functools
import types

import numpy as np
import torch
from serve import PROBES, SEED, mixed, norm, number, numbers, ramp, serve, small, statistics
from torch import nn
from torch.optim import optimizer as optimisers
from torch.overrides import TorchFunctionMode, resolve_name
from torch.utils._pytree import tree_leaves, tree_map

ACTIVATIONS = set(
    "relu relu_ relu6 leaky_relu leaky_relu_ prelu rrelu elu elu_ selu celu gelu silu mish softplus softsign sigmoid "
    "sigmoid_ tanh tanh_ hardtanh hardsigmoid hardswish softmax log_softmax logsigmoid threshold".split()
)
# Of what a network is shown later, the first so many are written down.
MANY = 16
WEIGHTED = {"linear", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d"}
NORMS = {"batch_norm", "layer_norm", "group_norm", "instance_norm"}
# They ask a tensor something, or are another spelling of nothing.
IGNORED = {"__get__", "__set__", "size", "dim", "numel", "is_floating_point", "stride", "__len__", "contiguous"}


def tensors(value):
    return [leaf for leaf in tree_leaves(value) if isinstance(leaf, torch.Tensor)]


known = {}


def probe(name, function, args, kwargs):
    """The function's values and gradients, where each row of its input holds one value throughout."""
    like = args[0].detach()
    # The same function is met over and over; one with weights of its own (PReLU) has other values each time.
    key = f"{name} {args[1:]} {kwargs} {tuple(like.shape)[1:]}" if not tensors((args[1:], kwargs)) else None
    if key in known:
        return known[key]
    x = torch.tensor(PROBES).reshape(-1, *[1] * (like.dim() - 1)).repeat(1, *like.shape[1:]).requires_grad_()
    with torch.enable_grad():
        # Functions that work in place need a tensor that is no leaf.
        first = function(x.clone(), *args[1:], **kwargs).reshape(len(PROBES), -1)[:, 0]
        (slope,) = torch.autograd.grad(first.sum(), x)
    found = numbers(first.detach()), numbers(slope.reshape(len(PROBES), -1).sum(dim=1))
    if key is not None:
        known[key] = found
    return found


class Trace(TorchFunctionMode):
    def __init__(self):
        super().__init__()
        self.steps, self.lowest, self.highest = [], None, None

    def __torch_function__(self, function, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        name = (resolve_name(function) or getattr(function, "__name__", "")).rsplit(".", 1)[-1]
        if name in IGNORED or not tensors((args, kwargs)):
            return function(*args, **kwargs)
        step = self.step(name, function, args, kwargs)
        result = function(*args, **kwargs)
        if step and tensors(result):
            self.steps.append(step)
        return result

    def step(self, name, function, args, kwargs):
        if name in ACTIVATIONS and tensors(args[:1]):
            self.lowest = min(args[0].min().item(), self.lowest if self.lowest is not None else 1e30)
            values, gradients = probe(name, function, args, kwargs)
            return {"op": "activation", "name": name.rstrip("_"), "values": values, "gradients": gradients}
        if name in WEIGHTED:
            weight = kwargs.get("weight", args[1] if len(args) > 1 else None)
            bias = kwargs.get("bias", args[2] if len(args) > 2 else None)
            isTransposed = "transpose" in name
            return {
                "op": "dense" if name == "linear" else "conv",
                "name": name,
                "fanIn": weight[:, 0].numel() if isTransposed else weight[0].numel(),
                "units": weight.shape[1 if isTransposed else 0],
                "kernel": list(weight.shape[2:]),
                "weights": statistics(weight.detach().numpy()),
                "bias": None if bias is None else statistics(bias.detach().numpy()),
            }
        if name in NORMS:
            size = args[0].shape[1] if name != "layer_norm" else args[0].shape[-1]
            return {"op": "norm", "name": name, "units": size}
        return {"op": "other", "name": name}


def nothing_drawn(function):
    """Random numbers that an observation takes are given back."""

    def call(*args, **kwargs):
        state = torch.get_rng_state()
        try:
            return function(*args, **kwargs)
        finally:
            torch.set_rng_state(state)

    return call


class Network:
    """A module as it was when it was called first, from outside of any other."""

    def __init__(self, module, args, kwargs):
        self.original, self.later = module, []
        self.module = copy.deepcopy(module)
        self.args, self.kwargs = tree_map(
            lambda leaf: leaf.detach().clone() if isinstance(leaf, torch.Tensor) else leaf, (args, kwargs)
        )

    def forward(self, module, sign=None):
        args = tree_map(
            lambda leaf: sign * small(leaf) if torch.is_tensor(leaf) and leaf.is_floating_point() and sign else leaf,
            self.args,
        )
        trace = Trace()
        with trace:
            output = module(*args, **self.kwargs)
        return trace, tensors(output)

    def ramped(self, bias):
        """Weights above 0. What norms and PReLU learn stays as it starts."""
        module = copy.deepcopy(self.module).eval()
        with torch.no_grad():
            for name, parameter in module.named_parameters():
                if parameter.dim() > 1 or "bias" in name:
                    scale = 1.0 if parameter.dim() > 1 else bias
                    parameter.copy_(scale * torch.from_numpy(ramp(tuple(parameter.shape))))
        return module

    def weights_of_first(self, module):
        for parameter in module.parameters():
            if parameter.dim() > 1:
                return parameter
        return None

    def observe(self):
        trace, _ = self.forward(copy.deepcopy(self.module).eval())
        positive, output = self.forward(self.ramped(bias=0.5), 1.0)
        module = self.ramped(bias=0.0)
        weights = self.weights_of_first(module)
        _, negative = self.forward(module, -1.0)
        gradient = None
        if weights is not None and negative and negative[0].requires_grad:
            (slope,) = torch.autograd.grad(mixed(negative[0]), weights, allow_unused=True)
            gradient = 0.0 if slope is None else norm([slope.numpy()])
        inputs = [x for x in tensors(self.args) if x.is_floating_point()]
        return {
            "name": type(self.module).__name__,
            "steps": trace.steps,
            "tree": [f"{name} {type(part).__name__}" for name, part in self.module.named_modules()],
            "parameters": [[name, list(p.shape)] for name, p in self.module.named_parameters()],
            "input": statistics(inputs[0].numpy()) if inputs else None,
            "shownLater": self.later,
            "lowest": None if positive.lowest is None else number(positive.lowest),
            "output": numbers(output[0].detach().numpy().ravel()[:16]) if output else [],
            "gradient": gradient,
        }


class Observer:
    def __init__(self):
        self.depth = 0
        original = nn.Module.__call__

        def call(module, *args, **kwargs):
            if self.depth == 0 and tensors(args):
                if self.isNetwork(module):
                    self.remember(module, args, kwargs)
                else:
                    self.shown(module, args)
            self.depth += 1
            try:
                return original(module, *args, **kwargs)
            finally:
                self.depth -= 1

        nn.Module.__call__ = call
        nn.Module.__init_subclass__ = classmethod(self.see_forward)
        optimisers.register_optimizer_step_pre_hook(self.before_step)
        optimisers.register_optimizer_step_post_hook(self.after_step)

    def see_forward(self, own, **kwargs):
        """`model.forward(x)` from outside of any module is a call of the model, too."""
        super(nn.Module, own).__init_subclass__(**kwargs)
        forward = own.__dict__.get("forward")
        if not isinstance(forward, types.FunctionType):
            return

        @functools.wraps(forward)
        def seen(module, *args, **kwargs):
            return module(*args, **kwargs) if self.depth == 0 else forward(module, *args, **kwargs)

        own.forward = seen

    def isNetwork(self, module):
        known = any(module is other for other in self.seen)
        return not known and not isinstance(module, nn.modules.loss._Loss) and any(True for _ in module.parameters())

    @nothing_drawn
    def remember(self, module, args, kwargs):
        self.seen.append(module)
        self.networks.append(Network(module, args, kwargs))

    def shown(self, module, args):
        later = next((network.later for network in self.networks if network.original is module), None)
        x = tensors(args)[0]
        if later is not None and len(later) < MANY and x.is_floating_point():
            later.append(statistics(x.detach().numpy()))

    def before_step(self, optimiser, *_):
        if any(optimiser is other for other in self.optimisers):
            return
        parameters = [p for group in optimiser.param_groups for p in group["params"]]
        self.optimisers.append(optimiser)
        self.snapshots[id(optimiser)] = [p.detach().clone() for p in parameters]
        self.training.append(
            {
                "optimiser": type(optimiser).__name__,
                "rates": [number(group["lr"]) for group in optimiser.param_groups],
                "gradient": norm([p.grad.detach().numpy() for p in parameters if p.grad is not None]),
            }
        )

    def after_step(self, optimiser, *_):
        before = self.snapshots.pop(id(optimiser), None)
        if before is None:
            return
        index = next(i for i, other in enumerate(self.optimisers) if other is optimiser)
        parameters = [p for group in optimiser.param_groups for p in group["params"]]
        self.training[index]["update"] = norm(
            [(p.detach() - old).numpy() for p, old in zip(parameters, before, strict=True)]
        )

    def start(self):
        torch.manual_seed(SEED)
        torch.set_grad_enabled(True)
        self.depth = 0
        self.seen, self.networks, self.optimisers, self.training, self.snapshots = [], [], [], [], {}

    def finish(self):
        self.depth = 1
        return {"networks": [network.observe() for network in self.networks], "training": self.training}


torch.set_num_threads(1)
assert np.isfinite(PROBES).all()
serve(Observer())
