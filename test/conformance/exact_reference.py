"""Writes fixtures/exact.json: the formulas evaluated with 60 digits (mpmath), where a framework's own rounding
would be the larger error, and the error function. Derivatives are written out by hand, not taken numerically.

    python test/conformance/exact_reference.py
"""

import mpmath as mp
from reference import write

mp.mp.dps = 60


def rounded(value):
    """To double precision; what is out of its range becomes 0 or infinite, as in any correct rounding."""
    return float(value)


def case(activation, function, gradient, parameters=None, extra=()):
    def evaluate(x):
        exact = mp.mpf(x)
        return rounded(function(exact)), rounded(gradient(exact))

    return activation, parameters or {}, extra, evaluate


def exp(x):
    """mpmath needs no help but for arguments whose exponential no double can hold."""
    return mp.exp(x) if abs(x) < 1e5 else mp.mpf(0) if x < 0 else mp.inf


def expm1(x):
    return mp.expm1(x) if abs(x) < 1e5 else exp(x) - 1


def tanh(x):
    return mp.tanh(x) if abs(x) < 1e5 else mp.sign(x)


def erfc(x):
    return mp.erfc(x) if abs(x) < 1e3 else mp.mpf(0 if x > 0 else 2)


def sigmoid(x):
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))


def sigmoid_slope(x):
    e = exp(-abs(x))
    return e / (1 + e) ** 2


def softplus(x):
    return max(x, mp.mpf(0)) + mp.log1p(exp(-abs(x)))


def tanh_slope(x):
    e = exp(-2 * abs(x))
    return 4 * e / (1 + e) ** 2


def normal(x):
    return erfc(-x / mp.sqrt(2)) / 2


def density(x):
    return exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def gated(beta):
    return (
        lambda x: x * sigmoid(beta * x),
        lambda x: sigmoid(beta * x) + beta * x * sigmoid_slope(beta * x),
    )


def inner(x):
    return mp.sqrt(8 / mp.pi) * (x + mp.mpf(0.044715) * x**3)


def tanh_softplus(x):
    e = exp(-abs(x))
    n = e * (e + 2)
    return n / (n + 2) if x <= 0 else (1 + 2 * e) / (1 + 2 * e + 2 * e * e)


def tanhshrink(x):
    with mp.workdps(700):  # Near 0 all of x's digits cancel.
        return x - tanh(x) if abs(x) > 1e-200 else x**3 / 3


def squareplus(b):
    def root(x):
        return mp.sqrt(x * x + b)

    return lambda x: b / (root(x) - x) / 2, lambda x: b / (root(x) - x) / 2 / root(x)


def square_positive(pair):
    """For positive x the conjugate form would cancel instead."""
    f, g = pair
    return (
        lambda x: x + f(-x) if x > 0 else f(x),
        lambda x: 1 - g(-x) if x > 0 else g(x),
    )


CASES = [
    case("sigmoid", sigmoid, sigmoid_slope),
    case("tanh", tanh, tanh_slope),
    case("softplus", softplus, sigmoid),
    case("logsigmoid", lambda x: -softplus(-x), lambda x: sigmoid(-x)),
    case("gelu", lambda x: x * normal(x), lambda x: normal(x) + x * density(x)),
    case(
        "gelu_tanh",
        lambda x: x * sigmoid(inner(x)),
        lambda x: (
            sigmoid(inner(x))
            + x * sigmoid_slope(inner(x)) * mp.sqrt(8 / mp.pi) * (1 + 3 * mp.mpf(0.044715) * x * x)
        ),
    ),
    case("silu", *gated(1)),
    case("quick_gelu", *gated(mp.mpf(1.702))),
    case(
        "mish",
        lambda x: x * tanh_softplus(x),
        lambda x: tanh_softplus(x) + x * (1 - tanh_softplus(x) ** 2) * sigmoid(x),
    ),
    case("softsign", lambda x: x / (1 + abs(x)), lambda x: 1 / (1 + abs(x)) ** 2),
    case("tanhshrink", tanhshrink, lambda x: tanh(x) ** 2),
    case("elu", lambda x: x if x > 0 else expm1(x), lambda x: mp.mpf(1) if x > 0 else exp(x)),
    case("squareplus", *square_positive(squareplus(mp.mpf(4)))),
    case("exponential", exp, exp),
    # Not activations: what erf.ts exports, with the derivative's place taken by the complement.
    case(
        "erf",
        lambda x: 1 - erfc(x) if abs(x) > 1 else mp.erf(x),
        erfc,
        extra=[0.46875, 0.46876, 3.999, 4.001, 5.9, 6.1, 10, 20, 26, 26.5],
    ),
    case("normal", normal, density, extra=[-38.0, -30.0, -10.0, -0.66, -0.67]),
]

write("exact.json", {"mpmath": mp.__version__}, CASES)
