"""Runs ray_check.py on a cluster of two nodes and kills one when a third of the parts has arrived.

    ray_kill.py SCRIPT NAMES OUT FILES_PER_TASK
"""

import subprocess
import sys

from ray.cluster_utils import Cluster


def main() -> None:
    script, names, out, files_per_task = sys.argv[1:]
    with open(names, encoding="utf8") as lines:
        total = sum(1 for _ in lines)
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    victim = cluster.add_node(num_cpus=2)
    cluster.wait_for_nodes()
    command = [sys.executable, script, "--address", cluster.address, "--files-per-task", files_per_task]
    with open(names, encoding="utf8") as stdin, open(out, "w", encoding="utf8") as stdout:
        run = subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        killed = 0
        for count, line in enumerate(run.stdout, 1):
            stdout.write(line)
            if killed == 0 and count >= total / 3:
                killed = count
                cluster.remove_node(victim, allow_graceful=False)
        code = run.wait()
    print(f"a node with 2 of 3 cores was killed after {killed} of {total} files; the script ended with {code}")
    cluster.shutdown()


main()
