/** The observers: a process for each framework, which runs one program after the other. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Observation } from "./observation.ts";

export interface Runner {
  /**
   * Answers come in the order of the questions. As a whole, networks are shown positive and negative inputs too, which
   * takes most of the time.
   */
  observe(text: string, isWhole?: boolean): Promise<Observation>;
  stop(): void;
}

export interface Command {
  readonly command: string;
  readonly words: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
}

/** A program that never ends is ended, and the process with it. */
const LIMIT_MS = 120_000;

export function startRunner(how: Command): Runner {
  let process: Started | undefined;
  const known = new Map<string, Observation>();
  let last: Promise<unknown> = Promise.resolve();
  const ask = async (text: string, isWhole: boolean): Promise<Observation> => {
    const key = `${isWhole} ${text}`;
    const before = known.get(key);
    if (before) return before;
    process ??= start(how);
    const answer = await process.ask(text, isWhole);
    if (answer.error?.startsWith("observer ended")) process = undefined;
    known.set(key, answer);
    return answer;
  };
  return {
    observe(text, isWhole = true) {
      const answer = last.then(() => ask(text, isWhole));
      last = answer.catch(() => undefined);
      return answer;
    },
    stop: () => process?.child.kill(),
  };
}

interface Started {
  readonly child: ChildProcess;
  ask(text: string, isWhole: boolean): Promise<Observation>;
}

function start({ command, words, environment, folder }: Command): Started {
  const child = spawn(command, words, {
    env: { ...process.env, ...environment },
    ...(folder === undefined ? {} : { cwd: folder }),
    stdio: ["pipe", "pipe", "pipe"],
  });
  let said = "";
  // Frameworks are talkative: what they say is of use only when they fail.
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    said = (said + chunk).slice(-2000);
  });
  let answer: ((observation: Observation) => void) | undefined;
  let number = 0;
  const failed = (why: string): void =>
    answer?.({ id: number, error: `observer ended: ${why}\n${said}`, networks: [], training: [] });
  createInterface({ input: child.stdout }).on("line", (line) => answer?.(JSON.parse(line) as Observation));
  child.on("error", ({ message }) => failed(message));
  child.on("exit", (code, signal) => failed(String(code ?? signal)));
  child.stdin.on("error", ({ message }) => failed(message));
  return {
    child,
    ask: (text, isWhole) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
        answer = (observation) => {
          clearTimeout(timer);
          answer = undefined;
          resolve(observation);
        };
        child.stdin.write(`${JSON.stringify({ id: ++number, text, isWhole })}\n`);
      }),
  };
}
