// The command line over trees of files against other programs, interleaved in one run: ruff, CPython's parser, pylint.
//   npm run bench -- cli
// BENCH_TREES   folders, separated by `:`; their Python files are what all of the programs are given
// BENCH_PYTHON  a Python, with ruff beside it; BENCH_PYLINT a pylint; those that are not there are left out
// BENCH_ROUNDS  how often each runs (default 3)
// Budgets: cold 2.5 times ruff's time on files with an activation word, 1.5 times on a whole tree; a third of
// ast.parse's; warm 1.2 times ruff with its cache; start-up 3 times `node -e 0`; 300 MB for the process.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A plain search for the usual names: not what the program itself looks for. */
const ANY_ACTIVATION = /relu|[gs]elu|silu|swish|mish|sigmoid|tanh|softmax|softplus/i;

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const trees = (process.env.BENCH_TREES ?? "examples").split(":").filter(Boolean);
const python = process.env.BENCH_PYTHON ?? "python3";
const ruff = path.join(path.dirname(python), "ruff");
const pylint = process.env.BENCH_PYLINT ?? path.join(path.dirname(python), "pylint");
const cli = path.resolve("dist/cli.js");
const made = mkdtempSync(path.join(tmpdir(), "activation-lens-bench-"));

interface Program {
  readonly name: string;
  readonly argv: readonly string[];
  /** Before each run, outside of the time. */
  prepare?(): void;
}

interface Measure {
  readonly seconds: number;
  readonly cpu: number;
  readonly megabytes: number;
}

/** Wall time, processor time and the most memory of one process, told by the system. */
const TIMED = `
import resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
wall = time.perf_counter() - start
use = resource.getrusage(resource.RUSAGE_CHILDREN)
print(wall, use.ru_utime + use.ru_stime, use.ru_maxrss / 1024, code)
`;

function measure({ argv, prepare }: Program): Measure | undefined {
  prepare?.();
  const { stdout } = spawnSync("python3", ["-c", TIMED, ...argv], { encoding: "utf8", cwd: made });
  const [seconds = 0, cpu = 0, megabytes = 0, code = 2] = (stdout ?? "").trim().split(" ").map(Number);
  // Linters say 1 where they find something; pylint's codes are sums of 2, 4, 8, 16.
  return code < 0 || code === 2 || code > 31 || !stdout ? undefined : { seconds, cpu, megabytes };
}

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const median = (values: readonly number[]): number =>
  sorted(values)[Math.floor(values.length / 2)] ?? Number.NaN;

/** All programs in turn, so that what else the machine does meets all of them alike. */
function compare(title: string, programs: readonly Program[], own: readonly string[], times = rounds): void {
  const found = new Map(programs.map(({ name }) => [name, [] as Measure[]]));
  for (let round = 0; round < times; round += 1)
    for (const program of programs) {
      const one = measure(program);
      if (one) found.get(program.name)?.push(one);
    }
  console.log(`\n${title}`);
  for (const [name, all] of found) {
    if (all.length === 0) {
      console.log(`  ${name}: not there`);
      continue;
    }
    const walls = sorted(all.map(({ seconds }) => seconds));
    const least = (of: (one: Measure) => number) => Math.min(...all.map(of));
    console.log(
      `  ${name}: ${walls[0]?.toFixed(3)} s least, ${median(walls).toFixed(3)} median, ${walls.at(-1)?.toFixed(3)} most; ` +
        `processor ${least(({ cpu }) => cpu).toFixed(3)} s least; ${Math.max(...all.map(({ megabytes }) => megabytes)).toFixed(0)} MB`,
    );
  }
  for (const name of own)
    for (const [other, all] of found) {
      const ours = found.get(name) ?? [];
      if (own.includes(other) || all.length === 0 || ours.length === 0) continue;
      const ratio = (of: (one: Measure) => number) => Math.min(...ours.map(of)) / Math.min(...all.map(of));
      const each = sorted(ours.map(({ seconds }, at) => seconds / (all[at]?.seconds ?? Number.NaN)));
      console.log(
        `  ${name} : ${other} = ${ratio(({ seconds }) => seconds).toFixed(2)} (least), ` +
          `${each.map((one) => one.toFixed(2)).join(" ")} (each round); processor ${ratio(({ cpu }) => cpu).toFixed(2)}`,
      );
    }
}

const pythonFiles = (tree: string): string[] =>
  readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:py|pyi)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !/node_modules|__pycache__/.test(file.slice(tree.length)));

const PARSE = `
import ast, sys, warnings
warnings.simplefilter("ignore")
for name in open(sys.argv[1]).read().split("\\n"):
    try: ast.parse(open(name, "rb").read())
    except Exception: pass
`;

/** Programs are given folders of copies where only some of a tree's files are meant. */
function chosen(tree: string, files: readonly string[]): string {
  const folder = mkdtempSync(path.join(made, "tree-"));
  for (const [at, file] of files.entries())
    writeFileSync(path.join(folder, `f${at}_${path.basename(file)}`), readFileSync(file));
  console.log(`${tree}: ${files.length} files`);
  return folder;
}

function tree(title: string, folder: string): void {
  const list = path.join(made, "list.txt");
  writeFileSync(list, pythonFiles(folder).join("\n"));
  const cache = path.join(made, "cache");
  const theirs = path.join(made, "ruff-cache");
  const check = [
    process.execPath,
    cli,
    "check",
    folder,
    "--format",
    "json-lines",
    "--jobs",
    "2",
    "--fail-on",
    "never",
    "--isolated",
    "--no-respect-gitignore",
  ];
  const lint = [ruff, "check", "--isolated", "--select", "F401", "--quiet", "--exit-zero", folder];
  compare(
    `${title}, cold`,
    [
      { name: "activation-lens", argv: [...check, "--no-cache"] },
      { name: "ruff", argv: [...lint, "--no-cache"] },
      { name: "ast.parse", argv: [python, "-c", PARSE, list] },
    ],
    ["activation-lens"],
  );
  const warm = [
    { name: "activation-lens", argv: [...check, "--cache-dir", cache] },
    { name: "ruff", argv: [...lint, "--cache-dir", theirs] },
  ];
  for (const program of warm) measure(program);
  compare(`${title}, with a warm cache`, warm, ["activation-lens"]);
}

try {
  const small = path.join(made, "small.py");
  writeFileSync(
    small,
    "import torch.nn as nn\nnet = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))\n",
  );
  compare(
    "start-up on one small file",
    [
      {
        name: "activation-lens",
        argv: [process.execPath, cli, "check", small, "--no-cache", "--fail-on", "never"],
      },
      { name: "node -e 0", argv: [process.execPath, "-e", "0"] },
    ],
    ["activation-lens"],
    Math.max(15, rounds),
  );
  for (const folder of trees.map((name) => path.resolve(name))) {
    const files = pythonFiles(folder);
    const worth = files.filter((file) => ANY_ACTIVATION.test(readFileSync(file, "utf8")));
    tree(`${folder}, files with an activation word`, chosen(folder, worth));
    if (worth.length < files.length) tree(`${folder}, all`, folder);
    const some = chosen(folder, worth.slice(0, 40));
    compare(
      `${folder}, ${Math.min(40, worth.length)} files with an activation word`,
      [
        {
          name: "activation-lens",
          argv: [process.execPath, cli, "check", some, "--no-cache", "--jobs", "2", "--fail-on", "never"],
        },
        {
          name: "pylint",
          argv: [pylint, "--disable=all", "--enable=unused-import", "-j2", "--recursive=y", some],
        },
      ],
      ["activation-lens"],
      1,
    );
  }
} finally {
  rmSync(made, { recursive: true, force: true });
}
