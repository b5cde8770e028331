// Entry of the host suites in a Node extension host: desktop, remote, code-server.
import Mocha from "mocha";
import { runSuites } from "./runner.ts";

export function run(): Promise<void> {
  return runSuites(Mocha);
}
