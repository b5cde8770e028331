"""What the layers of Keras are, where each was made, and the order in which they were called."""

import itertools
import sys

import keras
from keras import layers
from keras.src.initializers.random_initializers import VarianceScaling
from keras.src.layers.convolutional.base_conv import BaseConv
from keras.src.layers.convolutional.base_conv_transpose import BaseConvTranspose
from keras.src.layers.convolutional.base_depthwise_conv import BaseDepthwiseConv
from keras.src.layers.convolutional.base_separable_conv import BaseSeparableConv
from keras.src.ops.node import Node

# Functions of keras.activations, by name, and layers that are nothing else.
SAME = """
    relu relu6 elu selu gelu silu mish sigmoid tanh softmax log_softmax softplus softsign exponential
    leaky_relu celu glu
"""
ACTIVATIONS = {
    **{name: name for name in SAME.split()},
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
PASSES = """
    InputLayer Identity Dropout SpatialDropout1D SpatialDropout2D GaussianNoise GaussianDropout
    AlphaDropout Flatten Reshape Permute Add Subtract Concatenate Average Multiply Rescaling Resizing
    ZeroPadding1D ZeroPadding2D ZeroPadding3D Cropping1D Cropping2D UpSampling1D UpSampling2D
    UpSampling3D MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D AveragePooling2D
    GlobalAveragePooling1D GlobalAveragePooling2D GlobalMaxPooling1D GlobalMaxPooling2D RepeatVector
    Normalization RandomFlip RandomRotation RandomZoom RandomCrop RandomContrast Lambda CustomScaleLayer
    LayerScale StochasticDepth Divide GetItem Transpose Mean Cast ExpandDims Squeeze Split TrueDivide
    Stack
""".split()

order = itertools.count()
origins = {}


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
        file = None
        while frame is not None:
            file = frame.f_code.co_filename
            if file.startswith(applications) or not file.startswith(package):
                break
            frame = frame.f_back
        # Kept with the layer, so that no other gets its id.
        origins[id(layer)] = (layer, file)
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
