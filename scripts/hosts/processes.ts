import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { get } from "node:http";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";

/** A process and all its children, ended together: VS Code's servers leave children that outlive them by seconds. */
export interface Group {
  readonly child: ChildProcess;
  /** Resolves with the exit code; a signal counts as 1. */
  readonly exited: Promise<number>;
  stop(): Promise<void>;
}

export interface GroupOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** File that takes what the process prints; without one the caller reads `child.stdout`. */
  readonly log?: string;
}

const groups = new Set<Group>();
const GRACE_MS = 4000;

export function startGroup(command: string, args: readonly string[], options: GroupOptions = {}): Group {
  listenForTheEnd();
  const log = options.log === undefined ? undefined : openSync(options.log, "a");
  const child = spawn(command, [...args], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ["ignore", log ?? "pipe", log ?? "pipe"],
    // Windows has no process groups, and `detached` would open a console window there.
    detached: process.platform !== "win32",
    shell: process.platform === "win32",
  });
  if (log !== undefined) closeSync(log);
  const exited = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
  exited.catch(() => undefined);
  const group: Group = {
    child,
    exited,
    async stop() {
      signalGroup(child, "SIGTERM");
      const timer = setTimeout(() => signalGroup(child, "SIGKILL"), GRACE_MS);
      await exited.catch(() => undefined);
      clearTimeout(timer);
      signalGroup(child, "SIGKILL");
      groups.delete(group);
    },
  };
  groups.add(group);
  return group;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // The group has ended already.
  }
}

const folders = new Set<string>();

/** A folder that is removed at the end, however that comes. */
export function temporaryFolder(): string {
  listenForTheEnd();
  const folder = mkdtempSync(path.join(os.tmpdir(), "activation-lens-"));
  folders.add(folder);
  return folder;
}

let listening = false;

/** Ctrl+C reaches only this process, since the groups are detached: pass it on, and wait until they are gone. */
function listenForTheEnd(): void {
  if (listening) return;
  listening = true;
  process.on("exit", () => {
    for (const group of groups) signalGroup(group.child, "SIGKILL");
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, async () => {
      await Promise.all([...groups].map((group) => group.stop()));
      process.exit(130);
    });
  }
}

/** Rejects when `work` takes longer than `ms`, naming what was waited for. */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing after ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A free port on the loopback address. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string") reject(new Error("no port"));
        else resolve(address.port);
      });
    });
  });
}

/** Waits until the server answers; a server has no event for that, so this asks every 100 ms. */
export async function waitForHttp(url: string, ms: number, group: Group): Promise<void> {
  const end = Date.now() + ms;
  while (!(await answers(url))) {
    if (group.child.exitCode !== null) throw new Error(`the server ended with code ${group.child.exitCode}`);
    if (Date.now() > end) throw new Error(`${url}: no answer after ${ms / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, (response) => {
      response.resume();
      resolve((response.statusCode ?? 500) < 500);
    });
    request.on("error", () => resolve(false));
    request.setTimeout(2000, () => request.destroy());
  });
}
