import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const NAMES = process.platform === "win32" ? ["code.cmd"] : ["code", "code-insiders", "codium"];

function places(): readonly string[] {
  const onPath = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  const all = onPath.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  if (process.platform === "darwin") {
    all.push("/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code");
  } else if (process.platform === "win32") {
    const roots = [path.join(process.env.LOCALAPPDATA ?? "", "Programs"), process.env.ProgramFiles ?? ""];
    all.push(...roots.map((folder) => path.join(folder, "Microsoft VS Code", "bin", "code.cmd")));
  } else {
    all.push(
      "/usr/share/code/bin/code",
      "/snap/bin/code",
      "/var/lib/flatpak/exports/bin/com.visualstudio.code",
    );
  }
  return all;
}

/** The program of a desktop VS Code that can show a window here. */
export function findDesktop(): string | undefined {
  // In a terminal of a remote window `code` only talks to that window, and can't load an extension from a folder.
  if (process.env.VSCODE_IPC_HOOK_CLI !== undefined) return undefined;
  const hasDisplay = process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined;
  if (process.platform === "linux" && !hasDisplay) return undefined;
  return places().find((file) => existsSync(file));
}

/** Opens a window with the extension loaded from its checkout. */
export function openDesktop(
  program: string,
  extension: string,
  folder: string,
  file: string,
): Promise<number> {
  const args = [`--extensionDevelopmentPath=${extension}`, folder, "--goto", path.join(folder, file)];
  if (process.getuid?.() === 0) {
    // As root it starts only so.
    args.push("--no-sandbox", "--user-data-dir", path.join(os.tmpdir(), "activation-lens-desktop"));
  }
  const isWindows = process.platform === "win32";
  const quote = (word: string) => (isWindows ? `"${word}"` : word);
  const child = spawn(quote(program), args.map(quote), { stdio: "inherit", shell: isWindows });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
