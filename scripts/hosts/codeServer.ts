import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { nodeBinary } from "./cache.ts";
import { type CodeServerName, codeServers, installCodeServer } from "./codeServerInstall.ts";
import { freePort, type Group, startGroup, temporaryFolder, waitForHttp, within } from "./processes.ts";

/** A workbench without side shows: chat, welcome pages and update checks would only get in the way of a test. */
const quietSettings: Readonly<Record<string, unknown>> = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.openRepositoryInParentFolders": "never",
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "window.restoreWindows": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
};

export interface Server {
  readonly url: string;
  readonly group: Group;
  /** Writes the user's settings, quiet ones included; a workbench that is open follows. */
  configure(settings: Readonly<Record<string, unknown>>): void;
}

const INSTALL_LIMIT_MS = 60_000;
const START_LIMIT_MS = 60_000;

/**
 * `tests`: VS Code's server itself with the switch for smoke tests, without which a built workbench ignores an
 * extension under development. `user`: code-server as people run it, with a packaged extension installed.
 */
export type Mode = { readonly kind: "tests" } | { readonly kind: "user"; readonly vsix: string };

export async function startCodeServer(name: CodeServerName, mode: Mode): Promise<Server> {
  const version = codeServers[name];
  const folder = installCodeServer(version);
  const node = nodeBinary(version.node);
  const data = temporaryFolder();
  const settingsFiles = ["user/User", "user/Machine"].map((part) => path.join(data, part, "settings.json"));
  for (const file of settingsFiles) mkdirSync(path.dirname(file), { recursive: true });
  const configure = (settings: Readonly<Record<string, unknown>>) => {
    const text = JSON.stringify({ ...quietSettings, ...settings }, null, 2);
    for (const file of settingsFiles) writeFileSync(file, text);
  };
  configure({});

  const env: NodeJS.ProcessEnv = { ...process.env, HOME: path.join(data, "home") };
  // Set inside a terminal of VS Code, where the server would hand the work over to that window.
  delete env.VSCODE_IPC_HOOK_CLI;
  const log = path.join(data, "server.log");
  const run = (args: readonly string[]) => startGroup(node, args, { env, log });
  const port = await freePort();
  const folders = [
    "--user-data-dir",
    path.join(data, "user"),
    "--extensions-dir",
    path.join(data, "extensions"),
  ];
  const args =
    mode.kind === "tests"
      ? testArguments(folder, data, port)
      : await userArguments(folder, data, port, [...folders, "--install-extension", mode.vsix], run);
  const group = run([...args, "--disable-workspace-trust", ...folders]);
  const url = `http://127.0.0.1:${port}`;
  try {
    await waitForHttp(`${url}/`, START_LIMIT_MS, group);
  } catch (error) {
    console.error(readLog(data));
    await group.stop();
    throw error;
  }
  return { url, group, configure };
}

function testArguments(folder: string, data: string, port: number): string[] {
  const program = path.join(folder, "lib/vscode/out/server-main.js");
  const address = ["--host", "127.0.0.1", "--port", `${port}`, "--without-connection-token"];
  const quiet = ["--accept-server-license-terms", "--telemetry-level", "off"];
  return [
    program,
    ...address,
    ...quiet,
    "--enable-smoke-test-driver",
    "--server-data-dir",
    path.join(data, "server"),
  ];
}

/** Installs the extension, then says how to start. */
async function userArguments(
  folder: string,
  data: string,
  port: number,
  install: readonly string[],
  run: (args: readonly string[]) => Group,
): Promise<string[]> {
  const program = [path.join(folder, "out/node/entry.js"), "--config", path.join(data, "config.yaml")];
  const code = await within(INSTALL_LIMIT_MS, "installing the .vsix", run([...program, ...install]).exited);
  if (code !== 0) throw new Error(`code-server did not install the .vsix:\n${readLog(data)}`);
  const quiet = ["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"];
  return [...program, "--auth", "none", "--bind-addr", `127.0.0.1:${port}`, ...quiet];
}

const readLog = (data: string): string => readFileSync(path.join(data, "server.log"), "utf8");

/**
 * Address of a file on the server as its workbench names it. With another authority (`remote` is often seen) a file
 * opens as well, but its problems are not underlined, since they belong to another address.
 */
export function remoteUri(server: Server, file: string): string {
  return `vscode-remote://${new URL(server.url).host}${slashes(file)}`;
}

export function slashes(file: string): string {
  const text = file.split(path.sep).join("/");
  return text.startsWith("/") ? text : `/${text}`;
}

/** The workbench's address with a folder open, and a payload such as a file to open. */
export function workbenchUrl(base: string, folder: string, payload: readonly (readonly string[])[]): string {
  const query = new URLSearchParams({ folder: slashes(folder), payload: JSON.stringify(payload) });
  return `${base}/?${query}`;
}
