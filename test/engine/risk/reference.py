"""Writes fixtures/reference.json: what the reference estimator says about some 150 networks.

    python reference.py ESTIMATOR.py > fixtures/reference.json

ESTIMATOR.py is the numpy implementation that src/engine/risk was ported from.
"""

import importlib.util
import itertools
import json
import math
import random
import sys

import numpy as np

spec = importlib.util.spec_from_file_location("estimator", sys.argv[1])
estimator = importlib.util.module_from_spec(spec)
spec.loader.exec_module(estimator)

base = dict(widths=[64] * 5, din=784, nout=10, init="he_n", bias=0.0, norm="none", residual=False, act="relu",
            input=["img", "std"], opt="adam", lr=1e-3, clip=0.0, loss="ce", target_scale=1.0)

inits = ["torch", "he_n", "he_u", "orth", "glorot", "lecun", "zeros", "rand01", "n1", "n0.1", "n0.05", "n0.02", "n0.01", "rai"]
biases = [0.0, -0.1, -0.5, -1.0, 0.1, 0.5, "default", "n1", "n0.1"]
norms = ["none", "bn_pre", "bn_post", "ln_pre", "ln_post"]
acts = ["relu", "leaky0.01", "leaky0.1", "leaky0.2", "leaky0.2g", "prelu", "elu", "gelu", "silu"]
opts = [("sgd", 0.05), ("sgdm", 0.01), ("adam", 1e-3), ("rmsprop", 1e-3)]
inputs = [list(pair) for pair in itertools.product(["img", "tab"], ["std", "unit", "raw"])]

changes = [{}]
changes += [dict(widths=[width] * depth) for depth, width in ((1, 8), (1, 256), (2, 3), (3, 128), (8, 128), (12, 32), (20, 64), (20, 4))]
changes += [dict(widths=[256, 128, 64, 32]), dict(widths=[32, 32, 64, 64, 16], residual=True)]
changes += [dict(init=init, bias=bias) for init in inits for bias in (0.0, "default")]
changes += [dict(bias=bias) for bias in biases]
changes += [dict(init="zeros", bias=bias, norm=norm) for bias in (-0.1, 0.1, "n1") for norm in ("none", "bn_pre", "ln_pre")]
changes += [dict(norm=norm, residual=residual, bias=bias) for norm in norms for residual in (False, True) for bias in (0.0, -0.5)]
changes += [dict(act=act, norm=norm, widths=[64] * 8) for act in acts for norm in ("none", "ln_pre")]
changes += [dict(opt=opt, lr=lr * factor, clip=clip) for opt, lr in opts for factor, clip in ((1, 0.0), (1, 1.0), (30, 0.0))]
changes += [dict(input=pair, din=20, opt="sgd", lr=0.01) for pair in inputs]
changes += [dict(loss="mse", target_scale=scale, nout=1, opt="sgd", lr=0.001, init="torch", bias="default") for scale in (0.1, 1.0, 170.0)]
changes += [dict(kernel=kernel, din=din, widths=[16, 32, 64][:depth]) for kernel, din, depth in ((3, 1, 3), (5, 3, 2), (1, 3, 3))]
changes += [dict(kernel=3, din=3, widths=[16] * 8, norm=norm, bias=-0.5) for norm in ("none", "bn_pre", "ln_pre")]
changes += [dict(n_train=n, widths=[128] * 12) for n in (16, 64, 256, 1000, 60000)]
changes += [dict(init="n0.01", widths=[8] * 20), dict(init="rand01", widths=[256] * 20, opt="sgd", lr=1.0, loss="mse")]

draw = random.Random(7)
for _ in range(20):
    changes.append(dict(widths=[draw.choice([4, 16, 24, 64, 200]) for _ in range(draw.randint(1, 20))], din=draw.choice([2, 13, 64, 784]),
                        nout=draw.choice([1, 2, 10]), init=draw.choice(inits), bias=draw.choice(biases), norm=draw.choice(norms),
                        residual=draw.random() < 0.3, act=draw.choice(acts), input=draw.choice(inputs), opt=draw.choice(opts)[0],
                        lr=10 ** draw.uniform(-5, 1), clip=draw.choice([0.0, 1.0]), loss=draw.choice(["ce", "mse"]),
                        target_scale=draw.choice([1.0, 50.0])))

OUTPUTS = {"dead_init": "deadAtInit", "dead_after": "deadAfterTraining", "rho": "stepSize", "corr": "correlation", "q": "q", "k": "k",
           "log_rho": "logStepSize", "p_net_dead": "deadAsWhole", "out_std": "outputStd", "grad_norm": "gradientNorm",
           "P_share_gt25": "over25", "P_share_gt50": "over50"}


def plain(value):
    return [plain(x) for x in value] if isinstance(value, list) else float("%.12g" % value)


cases = []
for change in changes:
    model = {**base, **change}
    report = estimator.risk(model)
    expected = {name: plain(report[key]) for key, name in OUTPUTS.items()}
    if not all(math.isfinite(x) for value in expected.values() for x in np.atleast_1d(value)):
        raise SystemExit("not finite: %s" % change)
    case = dict(change=change, expected=expected)
    if len(cases) % 9 == 0 and model["act"] == "relu":
        case["effects"] = dict((name, plain(effect)) for name, effect in estimator.counterfactuals(model))
    cases.append(case)

functions = dict(
    quadrature={str(n): [list(map(float, x)) for x in estimator._gh(n)] for n in (7, 9, 21)},
    cdf=[[x, estimator.Phi(x)] for x in (-37.0, -20.0, -8.0, -3.1, -1.0, 0.0, 0.3, 2.0, 9.0)],
)
print('{"base":%s,\n"functions":%s,\n"cases":[' % (json.dumps(base, separators=(",", ":")), json.dumps(functions, separators=(",", ":"))))
print(",\n".join(json.dumps(case, separators=(",", ":")) for case in cases))
print("]}")
