import type MochaClass from "mocha";
import * as vscode from "vscode";

/** The driver outside (scripts/hosts/workbench.ts) picks the suites' lines out of the host's log by this. */
const PREFIX = "suite> ";

const TEST_LIMIT_MS = 30_000;

export function say(text: string): void {
  for (const line of text.split("\n")) console.log(PREFIX + line);
}

/** Runs every suite with the given build of mocha, and rejects when one failed or none ran. */
export async function runSuites(Mocha: typeof MochaClass): Promise<void> {
  const { appName, appHost } = vscode.env;
  const node = (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node;
  say(`${appName} ${vscode.version}, ${appHost}, ${node === undefined ? "web worker" : `Node ${node}`}`);
  class Lines extends Mocha.reporters.Base {
    constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
      super(runner, options);
      report(runner);
    }
  }
  const mocha = new Mocha({ ui: "tdd", color: false, reporter: Lines, timeout: TEST_LIMIT_MS });
  // What mocha does for each file that it loads itself: puts `suite` and `test` into the global scope.
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  await import("host-suites");
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run(() => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      const line = `${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ""}`;
      say(line);
      if (failures > 0 || passes === 0) reject(new Error(line));
      else resolve();
    });
  });
}

/** One line for each test; mocha's own reporters write to a terminal that isn't there. */
function report(runner: Mocha.Runner): void {
  const indent = (test: Mocha.Suite | Mocha.Test) => "  ".repeat(Math.max(0, test.titlePath().length - 1));
  runner.on("suite", (suite) => {
    if (!suite.root) say(indent(suite) + suite.title);
  });
  runner.on("pass", (test) => say(`${indent(test)}ok ${test.title} (${test.duration} ms)`));
  runner.on("pending", (test) => say(`${indent(test)}skipped ${test.title}`));
  runner.on("fail", (test, error: Error) => {
    say(`${"  ".repeat(test.titlePath().length - 1)}FAILED ${test.titlePath().join(" > ")}`);
    say(error.stack ?? error.message);
  });
}
