"""Runs ray_check.py on a cluster of two nodes and kills one when a third of the parts has arrived.

    ray_kill.py SCRIPT NAMES OUT FILES_PER_TASK
"""

import subprocess
import sys

from ray.cluster_utils import Cluster


def count(file: str) -> int:
    try:
        with open(file, encoding="utf8") as lines:
            return sum(1 for _ in lines)
    except FileNotFoundError:
        return 0


def main() -> None:
    script, names, out, files_per_task = sys.argv[1:]
    total = count(names)
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    victim = cluster.add_node(num_cpus=2)
    cluster.wait_for_nodes()
    command = [sys.executable, script, out, "--address", cluster.address, "--files-per-task", files_per_task]
    with open(names, encoding="utf8") as stdin:
        run = subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    killed = 0
    while run.poll() is None:
        if killed == 0 and (arrived := count(f"{out}.part")) >= total / 3:
            killed = arrived
            cluster.remove_node(victim, allow_graceful=False)
        try:
            run.wait(0.05)
        except subprocess.TimeoutExpired:
            pass
    code = run.wait()
    print(f"a node with 2 of 3 cores was killed after {killed} of {total} files; the script ended with {code}")
    cluster.shutdown()


main()
