import { copyFileSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { installOnce, npmInstall } from "./cache.ts";
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
