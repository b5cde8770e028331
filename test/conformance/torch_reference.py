"""Writes fixtures/torch.json: f and autograd's gradient in float64, as PyTorch computes them. Needs torch only.

python test/conformance/torch_reference.py
"""

import torch
import torch.nn.functional as F
from reference import write


def case(activation, function, parameters=None, extra=()):
    def evaluate(x):
        tensor = torch.tensor(x, dtype=torch.float64, requires_grad=True)
        value = function(tensor)
        value.backward()
        return value.item(), tensor.grad.item()

    return activation, parameters or {}, extra, evaluate


def prelu(slope):
    weight = torch.tensor([slope], dtype=torch.float64)
    return lambda x: F.prelu(x, weight)


CASES = [
    case("linear", lambda x: torch.nn.Identity()(x) * 1),
    case("relu", F.relu),
    case("relu6", F.relu6, extra=[6.0]),
    case("leaky_relu", F.leaky_relu),
    case("leaky_relu", lambda x: F.leaky_relu(x, 0.2), {"negative_slope": 0.2}),
    case("prelu", prelu(0.25)),
    case("prelu", prelu(0.7), {"negative_slope": 0.7}),
    case("rrelu", F.rrelu),
    case("rrelu", lambda x: F.rrelu(x, 0.1, 0.5), {"lower": 0.1, "upper": 0.5}),
    case("elu", F.elu),
    case("elu", lambda x: F.elu(x, 2.0), {"alpha": 2.0}),
    case("selu", F.selu),
    case("celu", F.celu),
    case("celu", lambda x: F.celu(x, 0.5), {"alpha": 0.5}),
    case("gelu", F.gelu, extra=[-0.75179152469356446]),
    case("gelu_tanh", lambda x: F.gelu(x, approximate="tanh")),
    case("silu", F.silu),
    case("mish", F.mish),
    case("softplus", F.softplus, {"threshold": 20}, [20.0]),
    case("softplus", lambda x: F.softplus(x, 3.0, 10.0), {"beta": 3, "threshold": 10}),
    case("softsign", F.softsign),
    case("sigmoid", torch.sigmoid),
    case("tanh", torch.tanh),
    case("logsigmoid", F.logsigmoid),
    case("hardsigmoid", F.hardsigmoid, extra=[-3.0, 3.0]),
    case("hardswish", F.hardswish, extra=[-3.0, -1.5, 3.0]),
    case("hardtanh", F.hardtanh, extra=[-1.0, 1.0]),
    case("hardtanh", lambda x: F.hardtanh(x, -2.0, 0.5), {"min_val": -2.0, "max_val": 0.5}, [-2.0, 0.5]),
    case("threshold", lambda x: F.threshold(x, 1.0, 5.0), {"threshold": 1.0, "value": 5.0}, [1.0]),
    case("hardshrink", F.hardshrink, extra=[-0.5, 0.5]),
    case("softshrink", F.softshrink, extra=[-0.5, 0.5]),
    case("softshrink", lambda x: F.softshrink(x, 1.5), {"lambd": 1.5}, [-1.5, 1.5]),
    case("tanhshrink", F.tanhshrink),
]

write("torch.json", {"torch": torch.__version__.split("+")[0]}, CASES)
