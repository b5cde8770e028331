import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { installOnce, nodeBinary, npmInstall } from "./cache.ts";
import { freePort, type Group, startGroup, waitForHttp, within } from "./processes.ts";
import { root } from "./project.ts";

/** A VS Code from npm: code-server carries the workbench and its Node extension host. */
export interface CodeServerVersion {
  readonly label: string;
  readonly version: string;
  readonly node: number;
}

export const codeServers = {
  /** The oldest VS Code that the manifest admits. */
  floor: { label: "VS Code 1.99", version: "4.99.4", node: 20 },
  newest: { label: "VS Code 1.139", version: "4.139.1", node: 24 },
} as const satisfies Record<string, CodeServerVersion>;

export type CodeServerName = keyof typeof codeServers;

export function isCodeServerName(name: string): name is CodeServerName {
  return name in codeServers;
}

const RIPGREP = "1.18.0";
/** Raise it when what is done after `npm install` changes: installed hosts are kept for good. */
const RECIPE = 1;

/** Installs code-server and returns its folder. */
export function installCodeServer({ label, version }: CodeServerVersion): string {
  const folder = installOnce(
    `code-server-${version}-${RECIPE}`,
    `code-server ${version} (${label})`,
    (into) => {
      npmInstall(into, `code-server@${version}`);
      // What code-server's own install script would do, less the native modules.
      const vscode = path.join(into, "node_modules/code-server/lib/vscode");
      npmInstall(vscode, "--omit=dev");
      const modules = path.join(vscode, "node_modules");
      copyFileSync(
        path.join(root, "scripts/hosts/spdlog.cjs"),
        path.join(modules, "@vscode/spdlog/index.js"),
      );
      if (version === codeServers.floor.version) addRipgrep(into, vscode);
    },
  );
  return path.join(folder, "node_modules/code-server");
}

/** 4.99 would download `rg`, without which no file is found; newer ones have it in a package for each platform. */
function addRipgrep(into: string, vscode: string): void {
  const name = `@vscode/ripgrep-${process.platform}-${process.arch}`;
  npmInstall(into, "--no-save", `${name}@${RIPGREP}`);
  const bin = path.join(vscode, "node_modules/@vscode/ripgrep/bin");
  mkdirSync(bin, { recursive: true });
  copyFileSync(path.join(into, "node_modules", name, "bin/rg"), path.join(bin, "rg"));
  symlinkSync("node_modules", path.join(vscode, "node_modules.asar"));
}

/** A workbench without side shows: chat, welcome pages and update checks would only get in the way of a test. */
const quietSettings: Readonly<Record<string, unknown>> = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
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
  stop(): Promise<void>;
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
  const data = mkdtempSync(path.join(os.tmpdir(), "activation-lens-"));
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
  let args: string[];
  if (mode.kind === "tests") {
    args = [path.join(folder, "lib/vscode/out/server-main.js"), "--host", "127.0.0.1", "--port", `${port}`];
    args.push("--without-connection-token", "--accept-server-license-terms", "--enable-smoke-test-driver");
    args.push("--telemetry-level", "off", "--server-data-dir", path.join(data, "server"));
  } else {
    const entry = path.join(folder, "out/node/entry.js");
    const common = [entry, "--config", path.join(data, "config.yaml"), ...folders];
    const install = run([...common, "--install-extension", mode.vsix]);
    const code = await within(INSTALL_LIMIT_MS, "installing the .vsix", install.exited);
    if (code !== 0) throw new Error(`code-server did not install the .vsix:\n${readFileSync(log, "utf8")}`);
    args = [entry, "--config", path.join(data, "config.yaml"), "--auth", "none"];
    args.push("--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", "--disable-update-check");
    args.push("--disable-getting-started-override");
  }
  const group = run([...args, "--disable-workspace-trust", ...folders]);
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await group.stop();
    rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    await waitForHttp(`${url}/`, START_LIMIT_MS, group);
  } catch (error) {
    console.error(readFileSync(log, "utf8"));
    await stop();
    throw error;
  }
  return { url, group, configure, stop };
}

/** Address of a file on the server as its workbench names it; code-server's authority is literally `remote`. */
export function remoteUri(file: string): string {
  return `vscode-remote://remote${slashes(file)}`;
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
