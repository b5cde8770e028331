"""Reads a built Keras model: the calls of its layers in the order in which the code made them, nested models in place.

Keras runs the layers of a functional model sorted by depth; the order of the calls is one such order for each branch.
"""

import itertools
import sys

import keras
from graph import ACTIVATION, BLOCK, LAYER, NORM, PASS, STOP, Graph
from keras.src.initializers.random_initializers import VarianceScaling
from keras.src.layers.convolutional.base_conv import BaseConv
from keras.src.layers.convolutional.base_conv_transpose import BaseConvTranspose
from keras.src.layers.convolutional.base_depthwise_conv import BaseDepthwiseConv
from keras.src.layers.convolutional.base_separable_conv import BaseSeparableConv
from keras.src.ops.node import Node

from keras import layers

# Functions of keras.activations, by name, and layers that are nothing else.
ACTIVATIONS = {
    **{
        name: name
        for name in "relu relu6 elu selu gelu silu mish sigmoid tanh softmax log_softmax softplus softsign exponential "
        "leaky_relu celu glu hard_tanh".split()
    },
    "hard_sigmoid": "hardsigmoid",
    "hard_silu": "hardswish",
    "hard_tanh": "hardtanh",
    "log_sigmoid": "logsigmoid",
}
ACTIVATION_LAYERS = {
    layers.ReLU: "relu",
    layers.LeakyReLU: "leaky_relu",
    layers.PReLU: "prelu",
    layers.ELU: "elu",
    layers.Softmax: "softmax",
}
PASSES = (
    "InputLayer Identity Dropout SpatialDropout1D SpatialDropout2D GaussianNoise GaussianDropout AlphaDropout Flatten Reshape "
    "Permute Add Subtract Concatenate Average Multiply Rescaling Resizing ZeroPadding1D ZeroPadding2D ZeroPadding3D Cropping1D "
    "Cropping2D UpSampling1D UpSampling2D UpSampling3D MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D AveragePooling2D "
    "GlobalAveragePooling1D GlobalAveragePooling2D GlobalMaxPooling1D GlobalMaxPooling2D RepeatVector Normalization "
    "RandomFlip RandomRotation RandomZoom RandomCrop RandomContrast Lambda CustomScaleLayer LayerScale StochasticDepth Divide GetItem "
    "Transpose Mean Cast ExpandDims Squeeze Split TrueDivide Stack"
).split()

order = itertools.count()
origins = {}
unknown = set()


def watch():
    """Stamps each call with its number, and each layer with the file that makes it."""
    init = Node.__init__

    def node_init(self, *args, **kwargs):
        self.order = next(order)
        init(self, *args, **kwargs)

    Node.__init__ = node_init
    # The values of weights don't matter here, and drawing those of a large network takes long.
    VarianceScaling.__call__ = lambda self, shape, dtype=None: keras.ops.zeros(shape, dtype)
    package = keras.__file__.rsplit("__init__", 1)[0] + "src/"
    applications = package + "applications"
    new = layers.Layer.__new__

    def layer_new(cls, *args, **kwargs):
        layer = new(cls, *args, **kwargs)
        frame = sys._getframe(1)
        while frame and frame.f_code.co_filename.startswith(package) and not frame.f_code.co_filename.startswith(applications):
            frame = frame.f_back
        origins[id(layer)] = (layer, frame.f_code.co_filename if frame else None)
        return layer

    layers.Layer.__new__ = layer_new


def product(sizes):
    result = 1
    for size in sizes:
        result *= size
    return result


def entries(layer):
    """(kind, fan-in, fan-out) of each product with weights that the layer is; a separable convolution is two."""
    if isinstance(layer, layers.Dense):
        return [("dense", *layer.kernel.shape)]
    if isinstance(layer, BaseSeparableConv):
        *area, channels, multiplier = layer.depthwise_kernel.shape
        *_, between, filters = layer.pointwise_kernel.shape
        return [("conv", product(area), channels * multiplier), ("conv", between, filters)]
    if isinstance(layer, BaseDepthwiseConv):
        *area, channels, multiplier = layer.kernel.shape
        return [("conv", product(area), channels * multiplier)]
    if isinstance(layer, BaseConvTranspose):
        *area, filters, channels = layer.kernel.shape
        return [("conv", product(area) * channels, filters)]
    if isinstance(layer, BaseConv):
        *area, channels, filters = layer.kernel.shape
        return [("conv", product(area) * channels, filters)]
    return []


def activation_of(layer):
    """The id of what the layer's argument `activation` or the layer itself applies; None for the identity."""
    for cls, name in ACTIVATION_LAYERS.items():
        if isinstance(layer, cls):
            return name
    function = getattr(layer, "activation", None)
    # keras.layers.Activation("relu6") makes a function, and some activations are layers.
    name = getattr(function, "__name__", type(function).__name__) if function is not None else "linear"
    return None if name == "linear" else ACTIVATIONS.get(name, name)


def norm_of(layer):
    if isinstance(layer, layers.BatchNormalization):
        return "batch"
    if isinstance(layer, layers.LayerNormalization):
        return "layer"
    if isinstance(layer, layers.GroupNormalization):
        return {1: "layer", -1: "instance"}.get(layer.groups, "group")
    return None


class Reader:
    def __init__(self, home):
        self.graph, self.home = Graph(), home

    def operation(self, op, inputs):
        """Adds what an operation does; the number of the node that has its output."""
        name = type(op).__name__
        found = entries(op)
        for kind, fan_in, fan_out in found:
            entry = {"name": op.name, "kind": kind, "fanIn": int(fan_in), "fanOut": int(fan_out)}
            if origins.get(id(op), (None, None))[1] != self.home:
                entry["outside"] = True
            inputs = [self.graph.add(LAYER, inputs, entry, name)]
        if (norm := norm_of(op)) is not None:
            return self.graph.add(NORM, inputs, norm, name)
        if found or isinstance(op, layers.Activation) or type(op) in ACTIVATION_LAYERS:
            activation = activation_of(op)
            return inputs[0] if found and activation is None else self.graph.add(*(
                (PASS, inputs, None, name) if activation is None else (ACTIVATION, inputs, activation, name)
            ))
        if name.lower() in ACTIVATIONS:
            return self.graph.add(ACTIVATION, inputs, ACTIVATIONS[name.lower()], name)
        if getattr(op, "weights", None) and name not in PASSES:
            return self.graph.add(STOP, inputs, None, name)
        if name not in PASSES:
            unknown.add(name)
        return self.graph.add(PASS if name in PASSES else BLOCK, inputs, None, name)

    def function(self, function, inputs):
        """`inputs`: for each input of the model the number of the node that has it; gives those of the outputs."""
        known = {id(tensor): node for tensor, node in zip(keras.tree.flatten(function.inputs), inputs, strict=True)}
        nodes, queue = {}, list(keras.tree.flatten(function.outputs))
        while queue:
            tensor = queue.pop()
            operation, index, _ = tensor._keras_history
            node = operation._inbound_nodes[index]
            if id(tensor) in known or id(node) in nodes:
                continue
            nodes[id(node)] = node
            queue.extend(node.arguments.keras_tensors)
        for node in sorted(nodes.values(), key=lambda node: node.order):
            sources = [known[id(tensor)] for tensor in node.arguments.keras_tensors]
            inner = getattr(node.operation, "_functional", node.operation)
            if isinstance(inner, keras.models.Model) and hasattr(inner, "outputs"):
                results = self.function(inner, sources)
            else:
                results = [self.operation(node.operation, sources)] * len(node.outputs)
            known.update({id(tensor): result for tensor, result in zip(node.outputs, results, strict=True)})
        return [known[id(tensor)] for tensor in keras.tree.flatten(function.outputs)]

    def read(self, model):
        functional = getattr(model, "_functional", None) or model
        inputs = [self.graph.add(PASS, [], name="input") for _ in keras.tree.flatten(functional.inputs)]
        self.function(functional, inputs)
        return self.graph
