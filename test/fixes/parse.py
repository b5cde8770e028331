"""Reads [{"before": ..., "after": ...}] from stdin; prints the indexes of those that parsed before and no longer do."""
import ast
import json
import sys
import warnings

warnings.simplefilter("ignore")


def parses(text):
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


pairs = json.load(sys.stdin)
print(json.dumps([at for at, pair in enumerate(pairs) if parses(pair["before"]) and not parses(pair["after"])]))
