"""What the reference scripts share: the points, and the file format that the tests read."""

import json
import math
import pathlib

POINTS = sorted(
    {0.0, 5e-324, -5e-324, 1e-300, -1e-300, 1e-8, -1e-8, 1e-3, -1e-3}
    | {sign * x for sign in (1, -1) for x in (0.03, 0.1, 0.25, 0.4, 0.7, 0.9, 1.1, 1.3, 1.7, 2.2, 2.9, 3.5)}
    | {sign * x for sign in (1, -1) for x in (4.2, 5.5, 7.3, 9.1, 12, 15.5, 19.9, 20.5, 27, 36, 37.5, 50)}
    | {sign * x for sign in (1, -1) for x in (300.0, 700.0, 750.0, 1e6, 1e308)}
)


def number(value):
    """JSON has no NaN and no infinities: they are written as strings."""
    value = float(value)
    return value if math.isfinite(value) else str(value)


def write(name, versions, cases):
    """cases: [(id, parameters, extra points, function of x giving (f, gradient))]"""
    lines = []
    for activation, parameters, extra, evaluate in cases:
        points = sorted(set(POINTS) | set(extra))
        values = [evaluate(x) for x in points]
        case = {
            "activation": activation,
            "parameters": parameters,
            "x": points,
            "f": [number(f) for f, _ in values],
            "gradient": [number(gradient) for _, gradient in values],
        }
        lines.append(json.dumps(case))
    path = pathlib.Path(__file__).with_name("fixtures") / name
    body = ",\n".join(lines)
    path.write_text(f'{{"versions": {json.dumps(versions)}, "cases": [\n{body}\n]}}\n')
    print(f"{path.name}: {len(lines)} cases")
