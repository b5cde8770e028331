// Many files: the same output by however many workers, with and without the cache, whatever became of the cache.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { bundleCli, cli, mlp, runIn } from "./bundled.ts";
import { folder } from "./support.ts";

bundleCli();

/** So many files that workers are started, of all sorts, each of its own. */
function tree(context: TestContext, count = 600): string {
  const files: Record<string, string | Uint8Array> = {
    "broken.py": Uint8Array.of(0, 1, 2),
    "empty.py": "",
    "notes.ipynb": "no notebook",
    "sub/config.json": '{"hidden_act": "relu"}',
  };
  for (let at = 0; at < count; at += 1) {
    const text = at % 3 === 0 ? "import os\n" : mlp.replace("784", `${784 + at}`);
    files[`part${at % 7}/m${at}.py`] = text;
  }
  return folder(context, files);
}

const argv = ["check", ".", "--format", "json", "--fail-on", "never"];
const entriesOf = (root: string) => {
  const cache = path.join(root, ".activation-lens-cache");
  return readdirSync(cache, { recursive: true })
    .map(String)
    .filter((name) => /[/\\][0-9a-f]{40}$/.test(name))
    .map((name) => path.join(cache, name));
};

/** The times of files that were written just now are no proof that they are unchanged. */
function aged(root: string): void {
  for (const name of readdirSync(root, { recursive: true }).map(String)) {
    const file = path.join(root, name);
    if (statSync(file).isFile()) utimesSync(file, 1_600_000_000, 1_600_000_000);
  }
}

test("the output is that of one job, in the same order, by however many", (context) => {
  const root = tree(context);
  const one = runIn(root, ...argv, "--no-cache", "--jobs", "1");
  assert.equal(one.status, 0);
  assert.equal(
    JSON.parse(one.stdout).files.filter(({ networks }: { networks: [] }) => networks.length).length,
    400,
  );
  assert.deepEqual(runIn(root, ...argv, "--no-cache", "--jobs", "3"), one);
  assert.ok(!existsSync(path.join(root, ".activation-lens-cache")));
});

test("a cache changes nothing, and is marked as one", (context) => {
  const root = tree(context);
  const plain = runIn(root, ...argv, "--no-cache");
  assert.deepEqual(runIn(root, ...argv), plain);
  assert.deepEqual(runIn(root, ...argv), plain);
  const cache = path.join(root, ".activation-lens-cache");
  assert.match(
    readFileSync(path.join(cache, "CACHEDIR.TAG"), "utf8"),
    /^Signature: 8a477f597d28d172789f06886806bc55\n/,
  );
  assert.equal(readFileSync(path.join(cache, ".gitignore"), "utf8"), "*\n");
  assert.ok(entriesOf(root).length >= 8);
  assert.equal(runIn(root, "clean").stdout, "deleted .activation-lens-cache\n");
  assert.ok(!existsSync(cache));
  assert.equal(runIn(root, "clean").stdout, "no cache in .activation-lens-cache\n");
});

test("clean deletes nothing that is no cache", (context) => {
  const root = folder(context, { "src/m.py": mlp });
  runIn(root, "clean", "--cache-dir", "src");
  assert.ok(existsSync(path.join(root, "src/m.py")));
});

test("a file that was changed is read again, also within the same moment and to the same size", (context) => {
  const root = folder(context, { "m.py": mlp });
  const file = path.join(root, "m.py");
  const fanIn = () => JSON.parse(runIn(root, ...argv).stdout).files[0].networks[0].layers[0].fanIn;
  assert.equal(fanIn(), 784);
  writeFileSync(file, mlp.replace("784", "785"));
  assert.equal(fanIn(), 785);
  writeFileSync(file, mlp.replace("784", "786"));
  utimesSync(file, 1_600_000_000, 1_600_000_000);
  assert.equal(fanIn(), 786);
  // The same times and size: only the time of the change itself, which nobody can set, tells.
  writeFileSync(file, mlp.replace("784", "787"));
  utimesSync(file, 1_600_000_000, 1_600_000_000);
  assert.equal(fanIn(), 787);
});

test("options that change the outcome have outcomes of their own", (context) => {
  const root = folder(context, { "m.py": mlp });
  const sites = () => runIn(root, "sites", ".", "--format", "json-lines").stdout;
  const found = sites();
  assert.match(found, /"relu"/);
  runIn(root, ...argv);
  assert.equal(sites(), found);
});

test("a cache that is cut off, overwritten or somebody else's is as good as none", (context) => {
  const root = tree(context, 60);
  aged(root);
  const plain = runIn(root, ...argv, "--no-cache");
  runIn(root, ...argv);
  const files = entriesOf(root);
  const whole = files.map((file) => readFileSync(file));
  const spoilt = [
    (bytes: Buffer) => bytes.subarray(0, bytes.length / 2),
    () => Buffer.alloc(0),
    () => Buffer.from("nothing of ours"),
    (bytes: Buffer) => {
      const other = Buffer.from(bytes);
      other[other.length - 40] = (other[other.length - 40] ?? 0) ^ 1;
      return other;
    },
  ];
  for (const spoil of spoilt) {
    for (const [at, file] of files.entries()) writeFileSync(file, spoil(whole[at] as Buffer));
    assert.deepEqual(runIn(root, ...argv), plain);
  }
  // They were written anew.
  assert.equal(entriesOf(root).length, files.length);
});

test("two processes on one cache are both right", async (context) => {
  const root = tree(context, 300);
  const plain = runIn(root, ...argv, "--no-cache");
  const both = await Promise.all(
    [0, 1].map(async () => {
      const child = spawn(process.execPath, [cli, ...argv], {
        cwd: root,
        stdio: ["ignore", "pipe", "inherit"],
      });
      let out = "";
      child.stdout.on("data", (chunk) => {
        out += chunk;
      });
      await once(child, "close");
      return out;
    }),
  );
  assert.deepEqual(both, [plain.stdout, plain.stdout]);
  assert.deepEqual(runIn(root, ...argv), plain);
});

test("a run that is killed leaves a cache that the next one can use", async (context) => {
  const root = tree(context);
  const plain = runIn(root, ...argv, "--no-cache");
  for (const wait of [1, 4000, 30000]) {
    const child = spawn(process.execPath, [cli, ...argv], { cwd: root, stdio: ["ignore", "pipe", "ignore"] });
    let seen = 0;
    child.stdout.on("data", (chunk) => {
      seen += chunk.length;
      if (seen >= wait) child.kill("SIGKILL");
    });
    await once(child, "close");
    assert.deepEqual(runIn(root, ...argv), plain);
  }
});

test("a disk that is full costs the cache, with one message, and nothing else", {
  skip: process.platform === "win32",
}, (context) => {
  const root = tree(context, 60);
  const plain = runIn(root, ...argv, "--no-cache");
  // A limit for the size of files does as a full disk would; the output goes into a pipe.
  const child = spawnSync("sh", ["-c", `ulimit -f 0; exec "$0" "$@"`, process.execPath, cli, ...argv], {
    cwd: root,
    encoding: "utf8",
  });
  assert.equal(child.stdout, plain.stdout);
  assert.match(
    child.stderr,
    /^activation-lens: the cache in \.activation-lens-cache cannot be written \(\w+\): the next run/m,
  );
  assert.equal(child.stderr.match(/cannot be written/g)?.length, 1);
});
