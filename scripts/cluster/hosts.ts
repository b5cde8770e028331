/** Hosts to try a cluster on: network namespaces of this machine, each with an SSH server of its own. Needs root. */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Group, startGroup } from "../hosts/processes.ts";

export interface Host {
  readonly name: string;
  /** As when its power goes: nothing in it gets to say anything more, and nobody reaches it. */
  die(): void;
}

export interface Hosts {
  readonly list: readonly Host[];
  /** A command that reaches them by their names. */
  readonly ssh: string;
  stop(): Promise<void>;
}

const NEEDED = ["ip", "sshd", "ssh", "ssh-keygen", "parallel", "rsync"];
/** Ten attempts, a second apart. */
const RETRIED =
  'again() { for i in 1 2 3 4 5 6 7 8 9 10; do "$@" && return; sleep 1; done; return 1; }; again';
const BRIDGE = "lens-bridge";
const address = (host: number): string => `10.213.77.${host}`;

/** What is missing, in words; undefined: everything is there. */
export function missing(): string | undefined {
  if (process.getuid?.() !== 0) return "namespaces need root";
  const absent = NEEDED.filter((command) => !isThere(command));
  return absent.length > 0 ? `${absent.join(", ")} not found` : undefined;
}

function isThere(command: string): boolean {
  try {
    execFileSync("sh", ["-c", `PATH=$PATH:/usr/sbin:/sbin command -v ${command}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

const spaceOf = (host: number): string => `lens-${host}`;

function attempt(command: string, ...args: string[]): void {
  try {
    run(command, ...args);
  } catch {
    // There is nothing to remove.
  }
}

/** @param folder takes keys and configuration; @param bin goes in front of the PATH of whoever logs in */
export async function startHosts(count: number, folder: string, bin: string): Promise<Hosts> {
  mkdirSync("/run/sshd", { recursive: true });
  // Of a run that was ended.
  for (let at = 1; at <= count; at++) attempt("ip", "netns", "del", spaceOf(at));
  attempt("ip", "link", "del", BRIDGE);
  run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path.join(folder, "key"));
  copyFileSync(path.join(folder, "key.pub"), path.join(folder, "authorized"));
  run("ip", "link", "add", BRIDGE, "type", "bridge");
  run("ip", "addr", "add", `${address(254)}/24`, "dev", BRIDGE);
  run("ip", "link", "set", BRIDGE, "up");
  const started: { readonly host: Host; readonly server: Group; readonly space: string }[] = [];
  for (let at = 1; at <= count; at++) started.push(startHost(at, folder, bin));
  const clientConfig = path.join(folder, "ssh_config");
  const hosts = started.map(({ host }, at) => `Host ${host.name}\n  HostName ${address(at + 1)}\n`);
  writeFileSync(
    clientConfig,
    `${hosts.join("")}Host *
  User root
  IdentityFile ${path.join(folder, "key")}
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
  LogLevel ERROR
  BatchMode yes
  ConnectTimeout 2
  ServerAliveInterval 1
  ServerAliveCountMax 2
`,
  );
  const ssh = `ssh -F ${clientConfig}`;
  // A server has no event for being ready: a connection is one.
  for (const { host } of started)
    run("sh", "-c", `${RETRIED} ${ssh} ${host.name} command -v activation-lens`);
  return {
    list: started.map(({ host }) => host),
    ssh,
    async stop() {
      for (const { server, space } of started) {
        await server.stop();
        run("ip", "netns", "del", space);
      }
      run("ip", "link", "del", BRIDGE);
    },
  };
}

function startHost(at: number, folder: string, bin: string) {
  const name = `worker-${at}`;
  // A pair of a run before may live on for a moment: its names are not ours.
  const own = `${at}-${process.pid % 10_000}`;
  const [space, inside, outside] = [spaceOf(at), `lens-i${own}`, `lens-o${own}`];
  run("ip", "netns", "add", space);
  run("ip", "link", "add", outside, "type", "veth", "peer", "name", inside, "netns", space);
  run("ip", "link", "set", outside, "master", BRIDGE, "up");
  run("ip", "-n", space, "addr", "add", `${address(at)}/24`, "dev", inside);
  run("ip", "-n", space, "link", "set", inside, "up");
  run("ip", "-n", space, "link", "set", "lo", "up");
  const hostKey = path.join(folder, `host-${at}`);
  run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", hostKey);
  const config = path.join(folder, `sshd_config-${at}`);
  writeFileSync(
    config,
    `HostKey ${hostKey}
PidFile none
AuthorizedKeysFile ${path.join(folder, "authorized")}
StrictModes no
PermitRootLogin prohibit-password
UsePAM no
MaxStartups 100
SetEnv PATH=${bin}:${process.env.PATH}
Subsystem sftp internal-sftp
`,
  );
  const server = startGroup("ip", ["netns", "exec", space, "/usr/sbin/sshd", "-D", "-f", config], {
    log: path.join(folder, `${name}.log`),
  });
  const host: Host = {
    name,
    die() {
      run("ip", "link", "set", outside, "down");
      const pids = run("ip", "netns", "pids", space).split("\n").filter(Boolean);
      for (const pid of pids) {
        try {
          process.kill(Number(pid), "SIGKILL");
        } catch {
          // It has ended by itself.
        }
      }
    },
  };
  return { host, server, space };
}
