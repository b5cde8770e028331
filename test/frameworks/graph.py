"""What ran, as a graph in the order of execution, and what it says of each layer with weights.

The scripts for the frameworks write down one node for each call that they see; `layers_of` reads the layers off.

Activation: the first one, in the order of execution, that is applied to the layer's output before another layer with
weights is (looking through normalisation, dropout, pooling, padding, reshaping, addition, scaling, concatenation).
Normalisation: the first between the layer and that activation; else the first after it and before the next layer.

A branch may reach a layer with weights before another branch reaches an activation or a norm: a residual that is read
by a convolution first and rectified later. "On the way to the next layer" has two readings there. The truth is the
one above; what the other one gives is in `also`.
"""

import heapq

PRODUCTS = ("mul", "imul", "Multiply", "multiply")
LAYER, ACTIVATION, NORM, PASS, STOP, BLOCK = "layer", "activation", "norm", "pass", "stop", "block"


class Graph:
    def __init__(self):
        self.nodes, self.readers = [], []
        self.other = False

    def add(self, kind, inputs, value=None, name=""):
        """`value`: of a layer its entry, else the id. STOP has weights that aren't listed; BLOCK ends a path."""
        index = len(self.nodes)
        self.nodes.append({"kind": kind, "value": value, "name": name, "inputs": sorted(set(inputs))})
        self.readers.append([])
        for source in set(inputs):
            self.readers[source].append(index)
        self.other = self.other or kind == STOP
        return index


def walk(graph, start, gated=False):
    """Nodes that read the output, in order of execution; paths end at layers, blocks and activations.

    `gated`: they end at products with another tensor too, since what a gate scales is not its output.
    """
    queue, seen = list(graph.readers[start]), set()
    heapq.heapify(queue)
    while queue:
        index = heapq.heappop(queue)
        if index in seen:
            continue
        seen.add(index)
        yield index
        node = graph.nodes[index]
        if node["kind"] in (PASS, NORM) and not (
            gated and node["name"] in PRODUCTS and len(node["inputs"]) > 1
        ):
            for reader in graph.readers[index]:
                heapq.heappush(queue, reader)


def first(graph, order, kinds, limit=None):
    for index in order:
        if limit is not None and index >= limit:
            return None
        if graph.nodes[index]["kind"] in kinds:
            return index
    return None


def before(graph, target, candidates):
    """The first candidate from which a path without layers leads to the target."""
    for candidate in candidates:
        if target in walk(graph, candidate):
            return candidate
    return None


def value(graph, index):
    return None if index is None else graph.nodes[index]["value"]


def reading(graph, layer, limited):
    """Activation and norm; `limited`: nothing counts that runs after the first layer with weights that is reached."""
    order = list(walk(graph, layer))
    stop = first(graph, order, (LAYER, STOP))
    activation = first(graph, order, (ACTIVATION,), stop if limited else None)
    norms = [index for index in order if graph.nodes[index]["kind"] == NORM]
    if activation is not None:
        norm = before(graph, activation, [index for index in norms if index < activation])
        if norm is None:
            after = list(walk(graph, activation, gated=True))
            limit = first(graph, after, (LAYER, STOP, ACTIVATION)) if limited else None
            norm = first(graph, after, (NORM,), limit)
        return activation, norm
    return None, first(graph, order, (NORM,), stop)


def words(graph, activation, norm):
    return {"activation": value(graph, activation), "normalisation": value(graph, norm)}


def layers_of(graph):
    layers = []
    for index, node in enumerate(graph.nodes):
        if node["kind"] != LAYER:
            continue
        activation, norm = reading(graph, index, limited=False)
        found = words(graph, activation, norm)
        also = [words(graph, *reading(graph, index, limited=True))]
        if activation is None:
            also.append(words(graph, None, first(graph, walk(graph, index), (NORM,))))
        elif "factor" in graph.nodes[activation]:
            also.append({**found, "activation": graph.nodes[activation]["factor"]})
        also = [other for at, other in enumerate(also) if other != found and other not in also[:at]]
        layer = {**node["value"], **found, **({"also": also} if also else {})}
        if any(at is not None and "outside" in graph.nodes[at] for at in (activation, norm)):
            layer["outside"] = True
        layers.append(layer)
    return layers


def mark_gates(graph, gates):
    """x * sigmoid(x), written out, is SiLU: `gates` maps the factor to the whole. Who names the factor is right too."""
    for index, node in enumerate(graph.nodes):
        if node["kind"] != ACTIVATION or node["value"] not in gates:
            continue
        for reader in graph.readers[index]:
            product = graph.nodes[reader]
            if product["name"] in PRODUCTS and set(node["inputs"]) < set(product["inputs"]):
                product.update(kind=ACTIVATION, value=gates[node["value"]], factor=node["value"])
                node["kind"] = PASS
                break
