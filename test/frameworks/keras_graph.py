"""Reads a built Keras model: the calls of its layers in the order in which the code made them, nested models in place.

Keras runs the layers of a functional model sorted by depth; the order of the calls is one such order for each branch.
"""

import keras
from graph import ACTIVATION, BLOCK, LAYER, NORM, PASS, STOP, Graph
from keras import layers
from keras_layers import ACTIVATION_LAYERS, ACTIVATIONS, PASSES, activation_of, entries, norm_of, origins

# Operations that nobody has thought of yet: they end a path.
unknown = set()


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
            return self.graph.add(PASS if activation is None else ACTIVATION, inputs, activation, name)
        if name.lower() in ACTIVATIONS:
            return self.graph.add(ACTIVATION, inputs, ACTIVATIONS[name.lower()], name)
        if getattr(op, "weights", None) and name not in PASSES:
            return self.graph.add(STOP, inputs, None, name)
        if name not in PASSES:
            unknown.add(name)
        return self.graph.add(PASS if name in PASSES else BLOCK, inputs, None, name)

    def function(self, function, inputs):
        """`inputs`: for each input of the model the number of the node that has it; gives those of the outputs."""
        known = {
            id(tensor): node for tensor, node in zip(keras.tree.flatten(function.inputs), inputs, strict=True)
        }
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
