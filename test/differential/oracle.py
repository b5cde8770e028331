"""A second opinion on where activations are, by CPython's own ast.

python oracle.py SYMBOLS.json [PACKAGE ...]

SYMBOLS.json maps the qualified names of activations to what they are. For each file of the installed packages one line
is written: its path, and the places where a name leads to one of them, as a call or handed on.
Names are followed through imports and assignments of modules and functions; members of self, strings and methods
are not.
"""

import ast
import importlib.util
import json
import pathlib
import sys

PACKAGES = ["timm", "torchvision", "keras", "flax"]
CHECKS = {"isinstance", "issubclass", "hasattr", "type", "super", "cast", "TypeVar"}
UNKNOWN = ("unknown", None)


class Scope:
    def __init__(self, parent=None, is_class=False):
        self.parent, self.is_class, self.names, self.stars = parent, is_class, {}, []

    def bind(self, name, kind, value=None):
        self.names.setdefault(name, []).append((kind, value))

    def find(self, name):
        scope, inside = self, True
        while scope:
            if name in scope.names and (inside or not scope.is_class):
                return scope, scope.names[name]
            scope, inside = scope.parent, False
        return None, None


def bind_target(scope, target, value):
    if isinstance(target, ast.Name):
        scope.bind(target.id, *(("value", value) if value is not None else UNKNOWN))
    elif isinstance(target, (ast.Tuple, ast.List)):
        items = value.elts if isinstance(value, (ast.Tuple, ast.List)) else []
        paired = len(items) == len(target.elts) and not any(
            isinstance(item, ast.Starred) for item in [*items, *target.elts]
        )
        for index, item in enumerate(target.elts):
            bind_target(scope, item, items[index] if paired else None)
    elif isinstance(target, ast.Starred):
        bind_target(scope, target.value, None)


class File:
    def __init__(self, text, symbols):
        self.text, self.symbols, self.found = text, symbols, []
        self.lines = [line.encode() for line in text.split("\n")]
        self.scopes = {}

    # ---- names

    def bind_all(self, body, scope):
        for node in body:
            self.bind(node, scope)

    def bind(self, node, scope):
        if isinstance(node, ast.Import):
            for item in node.names:
                name = item.asname or item.name.split(".")[0]
                scope.bind(name, "import", item.name if item.asname else name)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            for item in node.names:
                if item.name == "*":
                    self.module.stars.append(module)
                else:
                    joint = "" if module.endswith(".") else "."
                    scope.bind(item.asname or item.name, "import", f"{module}{joint}{item.name}")
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            scope.bind(node.name, *UNKNOWN)
            self.bind_all(node.body, self.function(node, scope))
        elif isinstance(node, ast.ClassDef):
            scope.bind(node.name, *UNKNOWN)
            self.scopes[node] = Scope(scope, True)
            self.bind_all(node.body, self.scopes[node])
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                bind_target(scope, target, node.value)
        elif isinstance(node, (ast.AnnAssign, ast.AugAssign)):
            bind_target(scope, node.target, node.value)
        else:
            if isinstance(node, (ast.For, ast.AsyncFor)):
                bind_target(scope, node.target, None)
            for item in getattr(node, "items", []):
                if isinstance(item, ast.withitem) and item.optional_vars:
                    bind_target(scope, item.optional_vars, None)
            for part in ("body", "orelse", "handlers", "finalbody", "cases"):
                for inner in getattr(node, part, None) or []:
                    if isinstance(inner, ast.ExceptHandler) and inner.name:
                        scope.bind(inner.name, *UNKNOWN)
                    if isinstance(inner, (ast.ExceptHandler, getattr(ast, "match_case", ast.ExceptHandler))):
                        self.bind_all(inner.body, scope)
                    elif isinstance(inner, ast.stmt):
                        self.bind(inner, scope)

    def function(self, node, scope):
        inner = self.scopes[node] = Scope(scope)
        arguments = node.args
        for item in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]:
            inner.bind(item.arg, *UNKNOWN)
        for item in (arguments.vararg, arguments.kwarg):
            if item:
                inner.bind(item.arg, *UNKNOWN)
        return inner

    def resolve(self, node, scope, depth=0):
        """The qualified name, and whether it was reached by way of a variable."""
        if depth > 12:
            return None
        if isinstance(node, ast.Attribute):
            base = self.resolve(node.value, scope, depth + 1)
            return base and (f"{base[0]}.{node.attr}", False)
        if not isinstance(node, ast.Name):
            return None
        owner, bindings = scope.find(node.id)
        if bindings is None:
            for module in self.module.stars:
                if self.meaning(f"{module}.{node.id}"):
                    return f"{module}.{node.id}", False
            return None
        results = []
        for kind, value in bindings:
            if kind == "import":
                results.append((value, False))
            elif kind == "value" and isinstance(value, ast.Constant) and value.value is None:
                continue
            elif kind == "value":
                found = self.resolve(value, owner, depth + 1)
                results.append(found and (found[0], True))
            else:
                results.append(None)
        if not results or None in results:
            return None
        only_imports = all(kind == "import" for kind, _ in bindings)
        return results[0] if only_imports or len({name for name, _ in results}) == 1 else None

    def meaning(self, name):
        """The symbol itself, or one that its package has moved into inner modules."""
        if name in self.symbols:
            return name
        root, *rest = name.split(".")
        parts = [part for part in rest if part not in ("src", "api", "modules", "python", "compat", "v1", "v2")]
        if root == "tensorflow" and parts[:1] == ["keras"]:
            root, parts = "keras", parts[1:]
        if len(parts) < 2:
            return ".".join([root, *parts]) if ".".join([root, *parts]) in self.symbols else None
        # What stands behind keras.ops.
        if root == "keras" and parts[0] in ("ops", "backend") and parts[-2] in ("nn", "numpy"):
            parts = ["ops", parts[-1]]
        for middle in (parts[:-1], parts[:1], parts[:2]):
            candidate = ".".join([root, *middle, parts[-1]])
            if candidate in self.symbols:
                return candidate
        return None

    # ---- places

    def report(self, node, symbol):
        line = self.lines[node.lineno - 1][: node.col_offset].decode(errors="replace")
        column = len(line.encode("utf-16-le")) // 2 + 1
        self.found.append([node.lineno, column, symbol])

    def visit(self, node, scope, value=True):
        """`value`: whether the expression is handed on, not asked about."""
        if node is None:
            return
        if isinstance(node, (ast.Name, ast.Attribute)):
            found = self.resolve(node, scope)
            symbol = found and self.meaning(found[0])
            if symbol and value and not found[1] and isinstance(node.ctx, ast.Load):
                self.report(node, symbol)
            elif isinstance(node, ast.Attribute):
                self.visit(node.value, scope, False)
        elif isinstance(node, ast.Call):
            found = self.resolve(node.func, scope)
            symbol = found and self.meaning(found[0])
            if symbol:
                self.report(node, symbol)
            else:
                self.visit(node.func, scope, False)
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
            is_check = name in CHECKS or name.startswith("assert")
            for item in [*node.args, *[keyword.value for keyword in node.keywords]]:
                self.visit(item, scope, not is_check)
        elif isinstance(node, ast.Compare):
            for item in [node.left, *node.comparators]:
                self.visit(item, scope, False)
        elif isinstance(node, ast.Dict):
            for item in node.keys:
                self.visit(item, scope, False)
            for item in node.values:
                self.visit(item, scope, value)
        elif isinstance(node, ast.Subscript):
            # One of several: `[nn.ReLU, nn.GELU][index]`.
            self.visit(node.value, scope, isinstance(node.value, (ast.List, ast.Tuple, ast.Dict)))
            self.visit(node.slice, scope, False)
        elif isinstance(node, ast.IfExp):
            self.visit(node.test, scope, False)
            self.visit(node.body, scope, value)
            self.visit(node.orelse, scope, value)
        elif isinstance(node, ast.UnaryOp):
            self.visit(node.operand, scope, value and not isinstance(node.op, ast.Not))
        elif isinstance(node, ast.JoinedStr):
            for item in ast.walk(node):
                if isinstance(item, ast.FormattedValue):
                    self.visit(item.value, scope, False)
        elif isinstance(node, ast.Lambda):
            inner = self.function(node, scope)
            for item in [*node.args.defaults, *node.args.kw_defaults]:
                self.visit(item, scope)
            self.visit(node.body, inner, value)
        elif isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
            inner = Scope(scope)
            for clause in node.generators:
                self.visit(clause.iter, inner, value)
                bind_target(inner, clause.target, None)
                for test in clause.ifs:
                    self.visit(test, inner, False)
            for part in ("elt", "key", "value"):
                self.visit(getattr(node, part, None), inner, value)
        else:
            for item in ast.iter_child_nodes(node):
                self.visit(item, scope, value)

    def statements(self, body, scope):
        for node in body:
            self.statement(node, scope)

    def statement(self, node, scope):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for item in node.decorator_list:
                self.arguments_of(item, scope)
            for item in [*node.args.defaults, *node.args.kw_defaults]:
                self.visit(item, scope)
            self.statements(node.body, self.scopes[node])
        elif isinstance(node, ast.ClassDef):
            for item in node.decorator_list:
                self.arguments_of(item, scope)
            for keyword in node.keywords:
                self.visit(keyword.value, scope)
            self.statements(node.body, self.scopes[node])
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            self.visit(node.value, scope)
        elif isinstance(node, ast.Return):
            self.visit(node.value, scope)
        elif isinstance(node, (ast.For, ast.AsyncFor)):
            self.visit(node.iter, scope)
            self.statements([*node.body, *node.orelse], scope)
        elif isinstance(node, getattr(ast, "Match", ())):
            self.visit(node.subject, scope, False)
            for case in node.cases:
                self.visit(case.guard, scope, False)
                self.statements(case.body, scope)
        else:
            for item in ast.iter_child_nodes(node):
                if isinstance(item, ast.stmt):
                    self.statement(item, scope)
                elif isinstance(item, ast.ExceptHandler):
                    self.statements(item.body, scope)
                elif isinstance(item, ast.withitem):
                    self.visit(item.context_expr, scope, False)
                elif isinstance(item, ast.expr):
                    self.visit(item, scope, False)

    def arguments_of(self, node, scope):
        if isinstance(node, ast.Call):
            for item in [*node.args, *[keyword.value for keyword in node.keywords]]:
                self.visit(item, scope)

    def read(self):
        tree = ast.parse(self.text)
        self.module = Scope()
        self.bind_all(tree.body, self.module)
        self.statements(tree.body, self.module)
        return self.found


def main():
    symbols = json.loads(pathlib.Path(sys.argv[1]).read_text())
    for package in sys.argv[2:] or PACKAGES:
        spec = importlib.util.find_spec(package)
        if not spec or not spec.origin:
            continue
        for path in sorted(pathlib.Path(spec.origin).parent.rglob("*.py")):
            try:
                text = path.read_bytes().decode()
                found = File(text, symbols).read()
            except (UnicodeDecodeError, SyntaxError):
                continue
            print(json.dumps({"package": package, "file": str(path), "found": found}))


main()
