"""Flax models: its own examples, and agents of CleanRL and of jaxrl.

Flax reads the sizes of a layer's input off the data, which is seldom in the file: `other` are inputs of another size,
and what differs with them the file does not hold.
"""

import numpy as np
from flax import nnx
from support import script

EXAMPLES = "google+flax/examples/"
TOYS = EXAMPLES + "nnx_toy_examples/"
CLEAN = "vwxyzjn+cleanrl/cleanrl/"
JAXRL = "ikostrikov+jaxrl/jaxrl/networks/"


def linen(file, network, shapes, other, options=(), others=(), **call):
    """`options` are the module's fields in the case, `others` where its user may choose them otherwise."""
    return script(
        f"{file}.py",
        network,
        lambda names: (names[network](**dict(options)), *shapes, call),
        lambda names: (names[network](**dict(others)), *other, call),
    )


def toy(file, network, shape, **options):
    return script(
        f"{TOYS}{file}.py", network, lambda names: (names[network](**options, rngs=nnx.Rngs(0)), shape)
    )


def resnet(network):
    image = [(2, 64, 64, 3)]
    return linen(
        EXAMPLES + "imagenet/models",
        network,
        image,
        [(2, 64, 64, 1)],
        {"num_classes": 1000},
        {"num_classes": 10},
    )


ACTION = {"action_dim": 6, "action_scale": np.ones(6), "action_bias": np.zeros(6)}
OTHER_ACTION = {"action_dim": 3, "action_scale": np.ones(3), "action_bias": np.zeros(3)}
ATARI, OTHER_ATARI = [(2, 4, 84, 84)], [(2, 3, 64, 64)]
STATE, OTHER_STATE = [(2, 17)], [(2, 11)]
BOTH, OTHER_BOTH = [(2, 17), (2, 6)], [(2, 11), (2, 3)]

CASES = [
    *(resnet(f"ResNet{depth}") for depth in (18, 34, 50, 101)),
    linen(EXAMPLES + "vae/models", "Encoder", [(2, 784)], [(2, 100)], {"latents": 20}, {"latents": 10}),
    linen(EXAMPLES + "vae/models", "Decoder", [(2, 20)], [(2, 10)]),
    linen(
        EXAMPLES + "ppo/models",
        "ActorCritic",
        [(2, 84, 84, 4)],
        [(2, 64, 64, 3)],
        {"num_outputs": 4},
        {"num_outputs": 6},
    ),
    linen(
        EXAMPLES + "sst2/models",
        "MLP",
        [(2, 50)],
        [(2, 40)],
        {"hidden_size": 30, "output_size": 2},
        {"hidden_size": 20, "output_size": 3},
        deterministic=True,
    ),
    script(
        EXAMPLES + "mnist/train.py",
        "CNN",
        lambda names: (names["CNN"](rngs=nnx.Rngs(0)), (2, 28, 28, 1), {"rngs": True}),
    ),
    toy("09_parameter_surgery", "Classifier", (2, 784)),
    linen(CLEAN + "dqn_jax", "QNetwork", STATE, OTHER_STATE, {"action_dim": 2}, {"action_dim": 3}),
    linen(CLEAN + "dqn_atari_jax", "QNetwork", ATARI, OTHER_ATARI, {"action_dim": 4}, {"action_dim": 6}),
    linen(
        CLEAN + "c51_jax",
        "QNetwork",
        STATE,
        OTHER_STATE,
        {"action_dim": 2, "n_atoms": 101},
        {"action_dim": 3, "n_atoms": 51},
    ),
    linen(CLEAN + "ppo_atari_envpool_xla_jax", "Network", ATARI, OTHER_ATARI),
    linen(CLEAN + "ppo_atari_envpool_xla_jax", "Critic", [(2, 512)], [(2, 256)]),
    linen(CLEAN + "td3_continuous_action_jax", "QNetwork", BOTH, OTHER_BOTH),
    linen(CLEAN + "td3_continuous_action_jax", "Actor", STATE, OTHER_STATE, ACTION, OTHER_ACTION),
    linen(CLEAN + "ddpg_continuous_action_jax", "Actor", STATE, OTHER_STATE, ACTION, OTHER_ACTION),
    linen(
        JAXRL + "common", "MLP", STATE, OTHER_STATE, {"hidden_dims": (256, 256, 1)}, {"hidden_dims": (64, 1)}
    ),
]
