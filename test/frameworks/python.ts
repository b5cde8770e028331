/** Finds a Python with the frameworks, or makes one, and asks its scripts for the truth. */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cacheFolder } from "../../scripts/hosts/cache.ts";
import { root } from "../../scripts/hosts/project.ts";

/** Each script, and the packages without which it can't run; any of several that are the same module. */
const scripts: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "truth_torch.py": [["torch"], ["torchvision"], ["timm"]],
  "truth_tensorflow.py": [["tensorflow", "tensorflow-cpu"]],
  "truth_keras.py": [["keras"], ["tensorflow", "tensorflow-cpu"]],
  "truth_flax.py": [["jax"], ["flax"]],
};

/** Beside them: fixes are carried out in it, nothing else is asked of it. */
const ALSO = ["scikit-learn"];
const INSTALLED = ["torch", "torchvision", "timm", "keras", "tensorflow-cpu", "jax", "flax", ...ALSO];
const folder = path.join(root, "test/frameworks");

export interface Python {
  readonly command: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Scripts that can run, and packages that the others lack. */
  readonly scripts: readonly string[];
  readonly lacking: readonly string[];
}

const PROBE = `
import importlib.metadata, json, sys
found = {}
for name in sys.argv[1:]:
    try: found[name] = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError: pass
print(json.dumps(found))
`;

function probe(command: string): Python | undefined {
  const names = [...new Set([...Object.values(scripts).flat(2), ...ALSO])];
  const probed = spawnSync(command, ["-c", PROBE, ...names], { encoding: "utf8" });
  if (probed.status !== 0) return undefined;
  const versions = JSON.parse(probed.stdout) as Record<string, string>;
  const lacks = (anyOf: readonly string[]) => anyOf.every((name) => versions[name] === undefined);
  return {
    command,
    versions,
    scripts: Object.keys(scripts).filter((name) => !scripts[name]?.some(lacks)),
    lacking: Object.values(scripts)
      .flat()
      .filter(lacks)
      .map((anyOf) => anyOf.join(" or ")),
  };
}

/** The interpreter that is named, else one at hand that has all packages, else a virtual environment of our own. */
export function findPython(): Python {
  const named = process.env.ACTIVATION_LENS_PYTHON;
  if (named !== undefined) {
    const found = probe(named);
    if (found && found.scripts.length > 0) return found;
    throw new Error(
      `ACTIVATION_LENS_PYTHON is ${named}: it ${found ? `lacks ${found.lacking.join(", ")}` : "does not start"}.`,
    );
  }
  const own = path.join(
    cacheFolder,
    "frameworks",
    process.platform === "win32" ? "Scripts/python.exe" : "bin/python",
  );
  for (const command of ["python3", own]) {
    const found = probe(command);
    if (found && found.lacking.length === 0) return found;
  }
  return install(own);
}

function install(own: string): Python {
  const into = path.join(cacheFolder, "frameworks");
  console.log(`installing ${INSTALLED.join(", ")} with pip into ${into} (once, some GB) ...`);
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ["python3", ["-m", "venv", into]],
    [own, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "0", ...INSTALLED]],
  ];
  for (const [command, words] of steps) {
    if (spawnSync(command, words, { stdio: ["ignore", "inherit", "inherit"] }).status === 0) continue;
    throw new Error(
      `no Python with the frameworks: \`${command} ${words.join(" ")}\` failed. Set ACTIVATION_LENS_PYTHON to an ` +
        `interpreter that has ${INSTALLED.join(", ")}.`,
    );
  }
  const found = probe(own);
  if (!found || found.lacking.length > 0)
    throw new Error(`pip did not install ${found?.lacking.join(", ")}.`);
  return found;
}

/** What the answers depend on: packages, our scripts, and which repositories are there. */
function keyOf(python: Python, repositories: string): string {
  const hash = createHash("sha256").update(JSON.stringify(python.versions));
  for (const name of readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".py"))
    .sort())
    hash.update(name).update(readFileSync(path.join(folder, name)));
  hash.update(repositories);
  if (existsSync(repositories))
    for (const name of readdirSync(repositories).sort())
      hash.update(`${name} ${statSync(path.join(repositories, name)).mtimeMs}`);
  return hash.digest("hex").slice(0, 16);
}

/** The truth of all cases, asked once for each state of packages, scripts and repositories. */
export async function askFrameworks(python: Python, repositories: string): Promise<string> {
  const file = path.join(root, "out/frameworks", `${keyOf(python, repositories)}.jsonl`);
  if (existsSync(file)) return readFileSync(file, "utf8");
  console.log(
    `asking ${Object.entries(python.versions)
      .map((entry) => entry.join(" "))
      .join(", ")} ...`,
  );
  const answers = await Promise.all(python.scripts.map((name) => run(python.command, name, repositories)));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, answers.join(""));
  return answers.join("");
}

function run(command: string, name: string, repositories: string): Promise<string> {
  const child = spawn(command, ["-B", path.join(folder, name)], {
    env: { ...process.env, ACTIVATION_LENS_REPOS: repositories },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [output, words] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    output += chunk;
  });
  // Frameworks are talkative: what they say is of use only when they fail.
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    words = (words + chunk).slice(-4000);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${name} failed with ${code}:\n${words}`));
    });
  });
}
