"""Runs a PyTorch model and writes down each call of a torch function, with which tensors it reads and gives.

Layers with weights are told from other products of matrices by module hooks: they run in a `nn.Linear` or a `nn.Conv*`.
"""

import torch
import torch_origins
from graph import ACTIVATION, BLOCK, LAYER, NORM, PASS, STOP, Graph, mark_gates
from torch import nn
from torch.nn.modules.conv import _ConvNd
from torch.nn.modules.module import register_module_forward_hook, register_module_forward_pre_hook
from torch.overrides import TorchFunctionMode
from torch.utils._pytree import tree_leaves
from torch_functions import PRODUCTS, WEIGHTS, argument, meaning, plain, sizes


def tensors(value):
    return [leaf for leaf in tree_leaves(value) if isinstance(leaf, torch.Tensor)]


class Trace(TorchFunctionMode):
    """`home` is the file of the network."""

    def __init__(self, model, inputs, home):
        super().__init__()
        self.graph, self.stack, self.home = Graph(), [], home
        self.kept, self.node_of = [], {}
        self.names = {module: name for name, module in model.named_modules()}
        self.bind(inputs, self.graph.add(PASS, [], name="input"))

    def bind(self, value, node):
        for tensor in tensors(value):
            # Kept, so that no other tensor gets the same id.
            self.kept.append(tensor)
            # A function that works in place gives the tensor that it got: from now on it is this node.
            self.node_of[id(tensor)] = node

    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        sources = [self.node_of[id(read)] for read in tensors((args, kwargs)) if id(read) in self.node_of]
        out = func(*args, **kwargs)
        if sources and tensors(out):
            name = plain(func)
            kind, value = (
                (BLOCK, None) if torch_origins.in_distribution() else self.meaning(name, args, kwargs)
            )
            node = self.graph.add(kind, sources, value, name)
            if kind in (ACTIVATION, NORM) and torch_origins.is_outside(
                self.stack[-1] if self.stack else None, self.home
            ):
                self.graph.nodes[node]["outside"] = True
            self.bind(out, node)
        return out

    def meaning(self, name, args, kwargs):
        module = next(
            (found for found in reversed(self.stack) if isinstance(found, nn.Linear | _ConvNd)), None
        )
        if name in WEIGHTS:
            weight = argument(("input", "weight"), args, kwargs, "weight")
            return (LAYER, self.layer(name, module, weight)) if module is not None else (STOP, None)
        if name in PRODUCTS and module is not None and self.stack[-1] is module:
            # A subclass of nn.Linear with a forward of its own.
            return LAYER, self.layer(name, module, module.weight)
        return meaning(name, args, kwargs)

    def layer(self, name, module, weight):
        entry = {"name": self.names.get(module, type(module).__name__)}
        entry.update(sizes(name, weight, getattr(module, "groups", 1)))
        if torch_origins.made_in.get(id(module), (None, None))[1] != self.home:
            entry["outside"] = True
        return entry

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
