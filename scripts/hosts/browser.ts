import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

/** Where Chromium's kin are usually installed; `CHROMIUM` names one elsewhere. */
function places(): readonly string[] {
  if (process.platform === "darwin") {
    const programs = ["Google Chrome", "Chromium", "Microsoft Edge"];
    return programs.map((program) => `/Applications/${program}.app/Contents/MacOS/${program}`);
  }
  if (process.platform === "win32") {
    const roots = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].map(
      (name) => process.env[name] ?? "",
    );
    const programs = ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"];
    return roots.filter(Boolean).flatMap((root) => programs.map((program) => path.join(root, program)));
  }
  const folders = [...(process.env.PATH ?? "").split(path.delimiter), "/usr/bin", "/snap/bin"];
  return NAMES.flatMap((name) => folders.filter(Boolean).map((folder) => path.join(folder, name)));
}

function installed(): string | undefined {
  return [process.env.CHROMIUM ?? "", ...places()].find((file) => file !== "" && existsSync(file));
}

const APT_LIMIT_MS = 10 * 60_000;

function apt(...args: readonly string[]): boolean {
  const run = spawnSync("apt-get", ["-qq", "-o", "DPkg::Lock::Timeout=300", ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    timeout: APT_LIMIT_MS,
  });
  return run.status === 0;
}

/** Path of a Chromium-like browser, installed from the distribution's packages where that is possible. */
export function browserPath(): string {
  const found = installed();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    console.log("installing Chromium from the distribution's packages (once) ...");
    if (apt("update") && apt("install", "-y", "--no-install-recommends", "chromium")) {
      const now = installed();
      if (now !== undefined) return now;
    }
  }
  throw new Error(
    "No Chromium, Chrome or Edge was found. Install one (Debian and Ubuntu: apt-get install chromium), " +
      "or set CHROMIUM to the path of its program.",
  );
}

/** A headless browser that talks to nothing but this machine. */
export function launchBrowser(): Promise<Browser> {
  const args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
  args.push("--disable-component-update", "--disable-sync");
  // Chromium refuses to run as root with its sandbox.
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  return chromium.launch({ executablePath: browserPath(), headless: true, args });
}
