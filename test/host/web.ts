// Entry of the host suites in a web worker, where only mocha's build for browsers runs: it sets a global.
import "mocha/mocha.js";
import { runSuites } from "./runner.ts";

export function run(): Promise<void> {
  return runSuites(Mocha);
}
