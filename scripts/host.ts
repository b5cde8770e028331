// Runs the host suites (test/host) in one host:
//   node scripts/run.mjs host floor|newest     Node extension host of a VS Code from npm
//   node scripts/run.mjs host web              web worker host, as on vscode.dev
//   node scripts/run.mjs host desktop          desktop VS Code, floor and newest, downloaded by test-electron
// The bundles must have been built (`npm run build`).
import { chmodSync, cpSync } from "node:fs";
import path from "node:path";
import { runTests } from "@vscode/test-electron";
import { browserPath } from "./hosts/browser.ts";
import { cacheFolder, nodeBinary } from "./hosts/cache.ts";
import { codeServers, installCodeServer, isCodeServerName } from "./hosts/codeServerInstall.ts";
import { temporaryFolder } from "./hosts/processes.ts";
import { root } from "./hosts/project.ts";
import { startWebHost } from "./hosts/webHost.ts";
import { runSuites } from "./hosts/workbench.ts";

const nodeSuites = path.join(root, "out/host/index.js");
const webSuites = path.join(root, "out/host/web.js");
const shim = path.join(root, "out/host/codeShim.mjs");

/** Of its own for each run: what a run that was ended has left behind must not reach the next. */
function workspaceCopy(): string {
  const workspace = path.join(temporaryFolder(), "workspace");
  cpSync(path.join(root, "test/host/workspace"), workspace, { recursive: true });
  return workspace;
}

async function main(host: string): Promise<number> {
  const workspace = workspaceCopy();
  if (host === "web") {
    const server = await startWebHost({ extension: root, tests: webSuites, folder: workspace });
    try {
      return await runSuites(server.url, "VS Code web");
    } finally {
      await server.stop();
    }
  }
  const common = {
    extensionDevelopmentPath: root,
    extensionTestsPath: nodeSuites,
    launchArgs: [workspace, "--disable-extensions"],
  };
  if (host === "desktop") {
    const cachePath = path.join(cacheFolder, "desktop");
    for (const version of ["1.99.3", "stable"]) await runTests({ ...common, version, cachePath });
    return 0;
  }
  if (!isCodeServerName(host)) throw new Error("usage: host floor|newest|web|desktop");
  // Before the shim starts, so that its time-outs measure the suites alone.
  browserPath();
  installCodeServer(codeServers[host]);
  nodeBinary(codeServers[host].node);
  chmodSync(shim, 0o755);
  return await runTests({
    ...common,
    vscodeExecutablePath: shim,
    extensionTestsEnv: { ACTIVATION_LENS_HOST: host },
  });
}

try {
  process.exit(await main(process.argv[2] ?? ""));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
