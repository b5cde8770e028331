"""Reads a graph of TensorFlow: the operations that a tensor is computed from, in the order in which they were made."""

import numpy as np
import tensorflow as tf
from graph import ACTIVATION, BLOCK, LAYER, NORM, PASS, STOP, Graph

ACTIVATIONS = {
    "Relu": "relu",
    "Relu6": "relu6",
    "Elu": "elu",
    "Selu": "selu",
    "LeakyRelu": "leaky_relu",
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "Softplus": "softplus",
    "Softsign": "softsign",
    "Softmax": "softmax",
    "LogSoftmax": "log_softmax",
    # Only GELU has it here.
    "Erfc": "gelu",
    "Erf": "gelu",
}
LAYERS = {"MatMul", "Conv1D", "Conv2D", "Conv3D", "BatchMatMulV2"}
PASSES = """
    Add AddV2 AddN BiasAdd Sub Mul RealDiv Reshape Transpose Squeeze ExpandDims MaxPool AvgPool Mean Sum
    ConcatV2 Identity Cast SelectV2 Pad StridedSlice Neg
""".split()
NORMS = {"FusedBatchNormV3": "batch", "FusedBatchNorm": "batch"}
READS = {"Identity", "ReadVariableOp", "Cast", "Transpose"}
VARIABLES = {"VariableV2", "VarHandleOp", "Variable"}


def variable_of(tensor):
    """The operation that holds the weights which a tensor is; None where it is something else."""
    op = tensor.op
    while op.type in READS and op.inputs:
        op = op.inputs[0].op
    is_held = op.type in VARIABLES or (op.type == "Placeholder" and op.outputs[0].dtype == tf.resource)
    return op if is_held else None


def upstream(tensor):
    seen, queue = {}, [tensor.op]
    while queue:
        op = queue.pop()
        if op.name in seen:
            continue
        seen[op.name] = op
        if op.type not in {"StopGradient"}:
            queue.extend(one.op for one in op.inputs)
    return seen


def sizes(op, place):
    """Kind, fan-in and units of a layer whose weights are its input at that place."""
    shape = op.inputs[place].shape.as_list()
    if op.type == "MatMul":
        is_turned = op.get_attr("transpose_b" if place == 1 else "transpose_a")
        rows, columns = shape
        # Weights on the left are summed over their columns.
        inputs, units = (columns, rows) if is_turned == (place == 1) else (rows, columns)
        return "dense", inputs, units
    return "conv", int(np.prod(shape[:-1])), shape[-1]


def moments_of(op):
    """`tf.nn.batch_normalization` is made of products: its first is with 1 / sqrt(variance + epsilon)."""
    return any(one.op.type == "Rsqrt" or any(x.op.type == "Rsqrt" for x in one.op.inputs) for one in op.inputs)


def read(tensor, spread_of):
    """`spread_of(variable)` gives the standard deviation with which a variable was drawn, or None."""
    graph, known = Graph(), {}
    found = upstream(tensor)
    for op in tensor.graph.get_operations():
        if op.name not in found or op.type == "StopGradient":
            continue
        inputs = [known[one.op.name] for one in op.inputs if one.op.name in known]
        weights = [place for place, one in enumerate(op.inputs) if variable_of(one) is not None]
        if op.type in LAYERS and weights:
            kind, fan_in, units = sizes(op, weights[0])
            variable = variable_of(op.inputs[weights[0]])
            entry = {"name": variable.name, "kind": kind, "fanIn": fan_in, "fanOut": units}
            if (spread := spread_of(variable)) is not None:
                entry["spread"] = spread
            known[op.name] = graph.add(LAYER, inputs, entry, op.type)
        elif not inputs:
            continue
        elif op.type in LAYERS:
            known[op.name] = graph.add(STOP, inputs, None, op.type)
        elif op.type in NORMS or (op.type == "Mul" and moments_of(op)):
            known[op.name] = graph.add(NORM, inputs, NORMS.get(op.type, "batch"), op.type)
        elif op.type in ACTIVATIONS:
            known[op.name] = graph.add(ACTIVATION, inputs, ACTIVATIONS[op.type], op.type)
        else:
            known[op.name] = graph.add(PASS if op.type in PASSES else BLOCK, inputs, None, op.type)
    return graph
