"""Reads the order of layers and the paths between them off what JAX traced, by the marks in it.

Everything is looked through but products of matrices, loops, and what runs inside of what is marked.
"""

import jax
from graph import BLOCK, LAYER, PASS, Graph
from jax.extend import core
from jax_marks import mark_p

BLOCKED = {"dot_general", "conv_general_dilated", "scan", "while", "cond", "argmax", "gather", "scatter"}


class Reader:
    def __init__(self, home):
        self.graph, self.home = Graph(), home
        self.sources = {}

    def mark(self, label, inputs):
        kind, number, *rest = label.split(" ", 2)
        words = rest[0] if rest else ""
        if kind == "in":
            self.sources[number] = inputs
            return self.graph.add(BLOCK, [], name="in")
        inputs = self.sources.get(number, [])
        if kind != LAYER:
            return self.graph.add(kind, inputs, words or None, kind)
        shape, fan_in, fan_out, name, origin = words.split("|")
        entry = {"name": name, "kind": shape, "fanIn": int(fan_in), "fanOut": int(fan_out)}
        if origin and origin != self.home:
            entry["outside"] = True
        return self.graph.add(LAYER, inputs, entry, name)

    def jaxpr(self, jaxpr, inputs):
        """`inputs`: the node of each input or None; gives those of the outputs."""
        known = dict(zip(jaxpr.invars, inputs, strict=True))

        def node(atom):
            return None if isinstance(atom, core.Literal) else known.get(atom)

        for equation in jaxpr.eqns:
            given = [node(atom) for atom in equation.invars]
            name = equation.primitive.name
            inner = equation.params.get("jaxpr") or equation.params.get("call_jaxpr")
            inner = getattr(inner, "jaxpr", inner)
            if name not in BLOCKED and inner is not None and len(inner.invars) == len(given):
                results = self.jaxpr(inner, given)
            else:
                read = [source for source in given if source is not None]
                if equation.primitive is mark_p:
                    found = self.mark(equation.params["mark"], read)
                else:
                    found = (
                        self.graph.add(BLOCK if name in BLOCKED else PASS, read, name=name) if read else None
                    )
                results = [found] * len(equation.outvars)
            known.update(zip(equation.outvars, results, strict=True))
        return [node(atom) for atom in jaxpr.outvars]

    def read(self, function, inputs):
        jaxpr = jax.make_jaxpr(function)(*inputs).jaxpr
        node = self.graph.add(PASS, [], name="input")
        self.jaxpr(jaxpr, [node] * len(jaxpr.invars))
        return self.graph
