"""Networks of reinforcement learning in PyTorch: small, and sized by an environment, which is made up here."""

from types import SimpleNamespace

import numpy as np
from support import script, simple

CLEAN = "vwxyzjn+cleanrl/cleanrl/"
MINIMAL = "seungeunrho+minimalRL/"
TD3 = "sfujim+TD3/"
SPINNING = "openai+spinningup/spinup/algos/pytorch/"
KHRYLX = "Khrylx+PyTorch-RL/models/"


def environment(observations, actions):
    space = SimpleNamespace(
        n=actions, shape=(actions,), high=np.ones(actions, np.float32), low=-np.ones(actions, np.float32)
    )
    return SimpleNamespace(
        single_observation_space=SimpleNamespace(shape=observations),
        single_action_space=space,
        action_space=space,
    )


def clean(file, network, shapes, observations=(4,), part=None, call=None):
    """A class of CleanRL; `part`: one of its members; `call`: the method that is its forward pass.

    `shapes` gives the inputs for the sizes of the observation and of the action.
    """

    def build(observations, actions):
        def make(names):
            model = names[network](environment(observations, actions))
            inputs = shapes(observations, actions)
            if part is not None:
                return (getattr(model, part), *inputs)
            return ((model, getattr(model, call)) if call else model, *inputs)

        return make

    other = observations if len(observations) > 1 else (observations[0] + 1,)
    return script(f"{CLEAN}{file}.py", part or network, build(observations, 3), build(other, 5))


def state(observations, actions):
    return [(2, *observations)]


def state_and_action(observations, actions):
    return [(2, *observations), (2, actions)]


ATARI = (4, 84, 84)

AGENTS = [
    clean("dqn", "QNetwork", state),
    clean("dqn_atari", "QNetwork", state, ATARI),
    clean("c51", "QNetwork", state, part="network"),
    clean("ppo", "Agent", state, part="actor"),
    clean("ppo", "Agent", state, part="critic"),
    clean("ppo_atari", "Agent", state, ATARI, part="network"),
    clean("ppo_continuous_action", "Agent", state, part="actor_mean"),
    clean("ppo_procgen", "Agent", state, (64, 64, 3), call="get_value"),
    clean("pqn", "QNetwork", state),
    clean("td3_continuous_action", "QNetwork", state_and_action),
    clean("td3_continuous_action", "Actor", state),
    clean("ddpg_continuous_action", "Actor", state),
    clean("sac_continuous_action", "SoftQNetwork", state_and_action),
    clean("sac_continuous_action", "Actor", state),
    clean("sac_atari", "SoftQNetwork", lambda o, a: [(2, *o)], ATARI),
    simple(MINIMAL + "dqn.py", "Qnet", (2, 4)),
    simple(MINIMAL + "REINFORCE.py", "Policy", (2, 4)),
    simple(MINIMAL + "ddpg.py", "MuNet", (2, 3)),
    simple(MINIMAL + "ddpg.py", "QNet", (2, 3), (2, 1)),
    script(MINIMAL + "sac.py", "PolicyNet", lambda names: (names["PolicyNet"](0.001), (2, 3))),
    script(MINIMAL + "sac.py", "QNet", lambda names: (names["QNet"](0.001), (2, 3), (2, 1))),
    script(
        TD3 + "TD3.py",
        "Actor",
        lambda names: (names["Actor"](17, 6, 1.0), (2, 17)),
        lambda names: (names["Actor"](11, 3, 1.0), (2, 11)),
    ),
    script(
        TD3 + "TD3.py",
        "Critic",
        lambda names: (names["Critic"](17, 6), (2, 17), (2, 6)),
        lambda names: (names["Critic"](11, 3), (2, 11), (2, 3)),
    ),
    script(
        TD3 + "DDPG.py",
        "Critic",
        lambda names: (names["Critic"](17, 6), (2, 17), (2, 6)),
        lambda names: (names["Critic"](11, 3), (2, 11), (2, 3)),
    ),
    script(
        SPINNING + "ddpg/core.py",
        "MLPQFunction",
        lambda names: (names["MLPQFunction"](17, 6, (256, 256), names["nn"].ReLU), (2, 17), (2, 6)),
        lambda names: (names["MLPQFunction"](11, 3, (64,), names["nn"].Tanh), (2, 11), (2, 3)),
    ),
    script(
        KHRYLX + "mlp_policy.py",
        "Policy",
        lambda names: (names["Policy"](17, 6), (2, 17)),
        lambda names: (names["Policy"](11, 3), (2, 11)),
    ),
    script(
        KHRYLX + "mlp_critic.py",
        "Value",
        lambda names: (names["Value"](17), (2, 17)),
        lambda names: (names["Value"](11), (2, 11)),
    ),
]
