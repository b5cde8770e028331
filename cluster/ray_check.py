"""Checks many files on a Ray cluster and writes what was found as JSON lines.

    git ls-files | python cluster/ray_check.py all.jsonl
    activation-lens merge all.jsonl

Every node sees the tree in the folder that this is started in, and finds ``activation-lens`` in its PATH. Ray gives the tasks
of a node that dies to others; a part that is delivered twice is one for ``merge``.
"""

import argparse
import itertools
import os
import subprocess
import sys

import ray

# Parts that are handed out before the first one is done, for each core: more would only wait in memory.
AHEAD = 2


@ray.remote(num_cpus=1, max_retries=10)
def check(names: list[str], folder: str, command: list[str]) -> tuple[str, str]:
    """What ``activation-lens check`` prints and complains of. Raises if it could not run at all."""
    done = subprocess.run(
        # A finding is no failure of the task: merge has the last word.
        [*command, "check", "--files-from", "-", "--jobs", "1", "--format", "json-lines", "--fail-on", "never"],
        input="\n".join(names),
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"activation-lens ended with {done.returncode}: {done.stderr}")
    return done.stdout, done.stderr


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    # Not the standard output: Ray writes messages of its own there.
    parser.add_argument("output")
    parser.add_argument("--address", help="of the cluster; without one, this machine is it")
    parser.add_argument("--files-per-task", type=int, default=500)
    parser.add_argument("--command", nargs="+", default=["activation-lens"])
    options = parser.parse_args()

    ray.init(address=options.address, log_to_driver=False)
    names = (line.rstrip("\n") for line in sys.stdin)
    parts = iter(lambda: list(itertools.islice(names, options.files_per_task)), [])
    cores = int(ray.cluster_resources().get("CPU", 1))
    running = [check.remote(part, os.getcwd(), options.command) for part in itertools.islice(parts, AHEAD * cores)]
    with open(f"{options.output}.part", "w", encoding="utf8") as output:
        while running:
            done, running = ray.wait(running, num_returns=1)
            found, complaints = ray.get(done[0])
            output.write(found)
            output.flush()
            sys.stderr.write(complaints)
            running += [check.remote(part, os.getcwd(), options.command) for part in itertools.islice(parts, 1)]
    os.replace(f"{options.output}.part", options.output)


if __name__ == "__main__":
    main()
