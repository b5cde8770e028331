// Stands in for the program of desktop VS Code: takes the arguments with which @vscode/test-electron starts it, runs
// the suites in code-server and a headless browser instead, and exits with the same meaning.
import path from "node:path";
import { remoteUri, startCodeServer, workbenchUrl } from "./hosts/codeServer.ts";
import { codeServers, isCodeServerName } from "./hosts/codeServerInstall.ts";
import { root } from "./hosts/project.ts";
import { runSuites } from "./hosts/workbench.ts";

function argument(name: string): string | undefined {
  const prefix = `--${name}=`;
  return process.argv.find((word) => word.startsWith(prefix))?.slice(prefix.length);
}

const name = process.env.ACTIVATION_LENS_HOST ?? "newest";
if (!isCodeServerName(name)) throw new Error(`unknown host: ${name}`);
const extension = argument("extensionDevelopmentPath");
const tests = argument("extensionTestsPath");
if (extension === undefined || tests === undefined)
  throw new Error("the paths of extension and tests are missing");
const folder = process.argv.slice(2).find((word) => !word.startsWith("-")) ?? path.join(root, "examples");

const server = await startCodeServer(name, { kind: "tests" });
try {
  const payload = [
    ["extensionDevelopmentPath", remoteUri(server, extension)],
    ["extensionTestsPath", remoteUri(server, tests)],
    ["skipWelcome", "true"],
  ];
  process.exitCode = await runSuites(workbenchUrl(server.url, folder, payload), codeServers[name].label);
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
} finally {
  await server.group.stop();
}
