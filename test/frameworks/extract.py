"""Loads what a script defines, without training, downloading or opening windows.

Imports, classes and functions are run, and assignments made of literals, of the script's own functions and of calls
that are known to be harmless. Modules that are not installed are replaced by stubs, since models rarely need them.
"""

import ast
import re
import sys
import types

# Functions that make a value or a layer, and nothing else.
SAFE = re.compile(
    "|".join(
        rf"^(?:{names})$"
        for names in (
            r"int|float|str|len|range|tuple|list|dict|min|max|sum|bool|super|namedtuple|(?:functools\.)?partial",
            r"argparse\.ArgumentParser|\w*parser\.\w+|(?:np|numpy|math)\.(?:prod|sqrt|log2)",
            r"torch\.(?:device|randn|cuda\.is_available)|(?:torch\.)?(?:nn|optim)\.\w+|jax\.\w+",
            r"(?:(?:tf|keras|layers|models|initializers|regularizers)\.)*[A-Z]\w*",
            r"(?:keras\.)?(?:layers|initializers|activations|ops|regularizers)\.\w+|\w+\.(?:add|build|size)",
        )
    )
)


class Stubs(type):
    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Stub


class Stub(metaclass=Stubs):
    """Stands for anything of a module that is not here: a base class, a function, a value."""

    def __init__(self, *args, **kwargs):
        pass

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Stub

    def __call__(self, *args, **kwargs):
        return args[0] if len(args) == 1 and callable(args[0]) else Stub()


def is_harmless(node, own, seen=()):
    """Whether all calls are known or lead to the script's own code that makes such calls only."""
    for call in (found for found in ast.walk(node) if isinstance(found, ast.Call)):
        name = ast.unparse(call.func)
        if isinstance(call.func, ast.Call) or SAFE.match(name) or name in seen:
            continue
        definition = own.get(name)
        if definition is None or not is_harmless(definition, own, (*seen, name)):
            return False
    return True


def is_wanted(statement, own):
    if isinstance(statement, ast.Import | ast.ImportFrom | ast.ClassDef | ast.FunctionDef):
        return True
    # An `if` is what the program does when it runs; a call alone draws, trains or adds a layer or an argument.
    if isinstance(statement, ast.Expr):
        call = statement.value
        return isinstance(call, ast.Call) and bool(
            re.search(r"\.(?:add|add_argument|build)$", ast.unparse(call.func))
        )
    return isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.For) and is_harmless(
        statement, own
    )


def import_stub(statement, names):
    for alias in statement.names:
        bound = alias.asname or (
            alias.name if isinstance(statement, ast.ImportFrom) else alias.name.split(".")[0]
        )
        names.setdefault(bound, Stub)


def stored(statement):
    """Names that an assignment binds."""
    found = ast.walk(statement) if isinstance(statement, ast.Assign) else []
    return {node.id for node in found if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def run(statement, path, names):
    try:
        exec(compile(ast.Module([statement], []), str(path), "exec"), names)
    except (Exception, SystemExit) as error:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            import_stub(statement, names)
        elif not isinstance(statement, ast.Expr):
            # What it needs was left out, as the data.
            print(f"{path.name}:{statement.lineno}: {type(error).__name__}: {error}", file=sys.stderr)


def load_script(path, presets, renames):
    text = path.read_text()
    for old, new in renames.items():
        text = re.sub(rf"\b{old}\b", new, text)
    tree = ast.parse(text)
    module = types.ModuleType(f"script_{path.stem}")
    # dataclasses look their module up there.
    sys.modules[module.__name__] = module
    names = module.__dict__
    names.update(__file__=str(path), **presets)
    own = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    # A name that is assigned once more, such as a model that is called on a tensor.
    own |= {
        target.id: ast.Pass()
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    arguments, sys.argv = sys.argv, [str(path), *presets.get("ARGUMENTS", [])]
    try:
        for statement in tree.body:
            if is_wanted(statement, own) and not (stored(statement) & presets.keys()):
                run(statement, path, names)
    finally:
        sys.argv = arguments
    return names
