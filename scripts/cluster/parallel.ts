/** cluster/check.sh on three hosts, one of which dies when a third of the jobs is done. */
import { existsSync, type FSWatcher, readFileSync, watch, writeFileSync } from "node:fs";
import path from "node:path";
import { startGroup } from "../hosts/processes.ts";
import { root } from "../hosts/project.ts";
import { startHosts } from "./hosts.ts";
import type { Outcome, Work } from "./work.ts";

const HOSTS = 3;

export async function onParallel({ tree, names, filesPerJob, folder, bin }: Work): Promise<Outcome> {
  const hosts = await startHosts(HOSTS, folder, bin);
  try {
    const [list, hostFile, out] = ["names", "hosts", "out.json"].map((name) => path.join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(list, names.map((name) => `${name}\n`).join(""));
    writeFileSync(hostFile, hosts.list.map(({ name }) => `1/${name}\n`).join(""));
    const start = performance.now();
    const script = startGroup(
      "sh",
      ["-c", `${path.join(root, "cluster/check.sh")} ${hostFile} ${out} < ${list}`],
      {
        cwd: tree,
        env: {
          ...process.env,
          PATH: `${bin}:${process.env.PATH}`,
          SSH: hosts.ssh,
          FILES_PER_JOB: String(filesPerJob),
          HOME: folder,
        },
        log: path.join(folder, "parallel.log"),
      },
    );
    const log = path.join(`${out}.parts`, "log");
    const victim = hosts.list[1]!;
    const jobs = Math.ceil(names.length / filesPerJob);
    let done = 0;
    const look = (): void => {
      if (done > 0 || !existsSync(log) || jobsIn(log) < jobs / 3) return;
      done = jobsIn(log);
      victim.die();
    };
    // The folder of the jobs is renamed into its place when all lists are in it.
    const watching: FSWatcher[] = [];
    const above = watch(folder, () => {
      if (watching.length > 1 || !existsSync(path.dirname(log))) return;
      watching.push(watch(path.dirname(log), look));
    });
    watching.push(above);
    const code = await script.exited;
    for (const one of watching) one.close();
    const seconds = (performance.now() - start) / 1000;
    if (code > 1) throw new Error(readFileSync(path.join(folder, "parallel.log"), "utf8"));
    const lines = entries(log);
    const by = new Map<string, number>();
    for (const { host } of lines) by.set(host, (by.get(host) ?? 0) + 1);
    return {
      merged: readFileSync(out, "utf8"),
      seconds,
      notes: [
        `${victim.name} died after ${done} of ${jobs} jobs`,
        `jobs by host: ${[...by].map(([host, count]) => `${host} ${count}`).join(", ")}`,
      ],
    };
  } finally {
    await hosts.stop();
  }
}

const jobsIn = (log: string): number => entries(log).length;

function entries(log: string): readonly { readonly host: string }[] {
  return readFileSync(log, "utf8")
    .split("\n")
    .slice(1)
    .filter(Boolean)
    .map((line) => ({ host: line.split("\t")[1] ?? "" }));
}
