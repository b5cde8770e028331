// What may be wrong with files: whatever it is, it is told and the rest is read. docs/faults.md lists them all.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { bundleCli, cli, mlp, runIn } from "./bundled.ts";
import { analysis, finding, folder, runCli } from "./support.ts";

bundleCli();
const posix = { skip: process.platform === "win32" };

const namesIn = (stdout: string): string[] =>
  JSON.parse(stdout).files.map(({ file }: { file: string }) => file);
const check = ["check", "--format", "json", "--fail-on", "never", "--no-cache"];

test(
  "pipes, sockets and devices in a folder are passed over, and given by name never waited for",
  posix,
  (context) => {
    const root = folder(context, { "m.py": mlp });
    assert.equal(spawnSync("mkfifo", ["pipe.py"], { cwd: root }).status, 0);
    spawnSync("python3", ["-c", "import socket; socket.socket(socket.AF_UNIX).bind('socket.py')"], {
      cwd: root,
    });
    assert.deepEqual(namesIn(runIn(root, ...check, ".").stdout), ["m.py"]);
    const given = runIn(root, ...check, "m.py", "pipe.py", "/dev/zero", "/dev/null", ...socketIn(root));
    assert.deepEqual(namesIn(given.stdout), ["m.py"]);
    const reasons = JSON.parse(given.stdout).skipped.map(({ reason }: { reason: string }) => reason);
    const rest = socketIn(root).map(() => "cannot be read (ENXIO)");
    assert.deepEqual(reasons, [
      "cannot be read (nobody writes into it)",
      "cannot be read (it is no file)",
      "cannot be read (it is no file)",
      ...rest,
    ]);
  },
);

const socketIn = (root: string): string[] => readdirSync(root).filter((name) => name === "socket.py");

test("what another program writes into a pipe is read to its end", posix, (context) => {
  const root = folder(context, { "m.py": mlp });
  const script = `"$0" "$@" <(cat m.py; sleep 0.2; echo "other = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))")`;
  const shell = spawnSync("bash", ["-c", script, process.execPath, cli, ...check], {
    cwd: root,
    encoding: "utf8",
  });
  assert.equal(JSON.parse(shell.stdout).files[0].networks.length, 2, shell.stderr);
});

test("links in a circle end, dead links are told", posix, (context) => {
  const root = folder(context, { "a/m.py": mlp });
  symlinkSync("..", path.join(root, "a/up"));
  symlinkSync("self.py", path.join(root, "self.py"));
  symlinkSync("nowhere.py", path.join(root, "dead.py"));
  const { stdout } = runIn(root, ...check, ".", "a/up/a/up/a/m.py");
  assert.deepEqual(namesIn(stdout), ["a/m.py"]);
  assert.deepEqual(JSON.parse(stdout).skipped, [
    { file: "dead.py", reason: "cannot be read (ENOENT)" },
    { file: "self.py", reason: "cannot be read (ELOOP)" },
  ]);
});

/** As somebody who may not read everything: an administrator may. */
function asNobody(root: string, argv: readonly string[]) {
  chmodSync(root, 0o755);
  return process.getuid?.() === 0
    ? spawnSync(
        "setpriv",
        ["--reuid", "65534", "--regid", "65534", "--clear-groups", process.execPath, ...argv],
        {
          cwd: root,
          encoding: "utf8",
        },
      )
    : spawnSync(process.execPath, argv, { cwd: root, encoding: "utf8" });
}

test(
  "files and folders without permission are told, and where no cache may be written there is none",
  posix,
  (context) => {
    const root = folder(context, { "a.py": mlp, "b.py": mlp, "locked/c.py": mlp });
    chmodSync(path.join(root, "b.py"), 0);
    chmodSync(path.join(root, "locked"), 0);
    if (process.getuid?.() !== 0) chmodSync(root, 0o555);
    const cache = check.filter((word) => word !== "--no-cache");
    // The program must be where anybody may read it.
    chmodSync(path.dirname(cli), 0o755);
    const { stdout, stderr } = asNobody(root, [cli, ...cache, "."]);
    chmodSync(path.join(root, "locked"), 0o755);
    chmodSync(root, 0o755);
    assert.equal(stderr, "");
    assert.deepEqual(namesIn(stdout), ["a.py"]);
    assert.deepEqual(JSON.parse(stdout).skipped, [
      { file: "b.py", reason: "cannot be read (EACCES)" },
      { file: "locked", reason: "folder cannot be read (EACCES)" },
    ]);
  },
);

test("files that change, shrink or go away while they are searched cost only themselves", async (context) => {
  const files = Object.fromEntries(
    Array.from({ length: 2000 }, (_, at) => [`d${Math.floor(at / 50)}/m${at}.py`, mlp]),
  );
  const root = folder(context, files);
  const child = spawn(process.execPath, [cli, ...check, "--jobs", "2", "."], { cwd: root });
  let out = "";
  let error = "";
  child.stderr.on("data", (chunk) => {
    error += chunk;
  });
  child.stdout.on("data", (chunk) => {
    if (out === "") {
      for (let at = 1500; at < 1600; at += 2) rmSync(path.join(root, `d${Math.floor(at / 50)}/m${at}.py`));
      for (let at = 1600; at < 1700; at += 2)
        truncateSync(path.join(root, `d${Math.floor(at / 50)}/m${at}.py`), 30);
      rmSync(path.join(root, "d39"), { recursive: true });
      mkdirSync(path.join(root, "d40"));
      writeFileSync(path.join(root, "d30/new.py"), mlp);
    }
    out += chunk;
  });
  const [code] = await once(child, "close");
  assert.equal(code, 0);
  assert.equal(error, "");
  const { files: read, skipped } = JSON.parse(out);
  const names = new Set(read.map(({ file }: { file: string }) => file));
  assert.equal(names.size, read.length, "none twice");
  for (let at = 0; at < 1500; at += 1) assert.ok(names.has(`d${Math.floor(at / 50)}/m${at}.py`), `m${at}.py`);
  for (const { reason } of skipped) assert.match(reason, /cannot be read \(ENOENT\)/);
});

test("100,000 findings arrive whole", async (context) => {
  const files = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`m${at}.py`, mlp]));
  const root = folder(context, files);
  const analyse = () => analysis({ findings: Array.from({ length: 1000 }, () => finding) });
  const { out, code } = await runCli(["check", root, "--format", "json"], analyse);
  assert.equal(code, 1);
  const all = JSON.parse(out).files.map(({ findings }: { findings: [] }) => findings.length);
  assert.deepEqual(
    all,
    Array.from({ length: 100 }, () => 1000),
  );
});

test("a file of 100 MB is not read", (context) => {
  const root = folder(context, { "m.py": mlp });
  writeFileSync(path.join(root, "big.py"), "");
  truncateSync(path.join(root, "big.py"), 100_000_000);
  const { stdout } = runIn(root, ...check, ".");
  assert.deepEqual(JSON.parse(stdout).skipped, [{ file: "big.py", reason: "larger than 10 MB" }]);
});
