import assert from "node:assert/strict";
import { test } from "node:test";
import { type Files, FolderReader, type FolderTask, type Kind } from "../../../../src/host/scan/folder.ts";
import { lookAt, readAll } from "../../../../src/host/scan/reading.ts";
import { itemsIn, type ScannedFile } from "../../../../src/host/scan/record.ts";
import { noScan, progressWords, scanWords } from "../../../../src/host/scan/words.ts";

const deep = `import torch
from torch import nn

model = nn.Sequential(
${"    nn.Linear(128, 128),\n    nn.ReLU(),\n".repeat(12)}    nn.Linear(128, 10),
)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
criterion = nn.CrossEntropyLoss()
`;

/** A disk of texts by path. */
function disk(texts: Readonly<Record<string, string>>) {
  const all = new Map(Object.entries(texts));
  const asked: string[] = [];
  const kindOf = (path: string): Kind | undefined =>
    all.has(path) ? "file" : [...all.keys()].some((key) => key.startsWith(`${path}/`)) ? "folder" : undefined;
  const files: Files = {
    entries: async (folder) => {
      asked.push(folder);
      const start = `${folder}/`;
      const below = [...all.keys()].filter((key) => key.startsWith(start));
      const names = [...new Set(below.map((key) => key.slice(start.length).split("/")[0] as string))].sort();
      return names.map((name) => [name, kindOf(start + name) as Kind] as const);
    },
    kind: async (path) => kindOf(path),
    text: async (path) => all.get(path),
    bytes: async (path, most) => {
      const text = all.get(path);
      if (text === undefined) throw new Error("it is not there");
      return text.length > most ? undefined : new TextEncoder().encode(text);
    },
  };
  return { all, asked, files };
}

const task = (change: Partial<FolderTask> = {}): FolderTask => ({
  root: "/w",
  others: [],
  hidden: {},
  settings: { rules: {}, thresholds: {}, maximumFileSize: 1000, "diagnostics.enabled": true },
  ...change,
});

async function found(reader: FolderReader): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const some of reader.find()) all.push(...some);
  return all.sort();
}

const read = (reader: FolderReader, ...paths: readonly string[]) =>
  readAll(reader, paths, 2, () => undefined);

async function readOne(reader: FolderReader, path: string): Promise<ScannedFile> {
  const [file] = (await read(reader, path)).found;
  assert.ok(file, `${path} is worth showing`);
  return file;
}

test("finds what the command line finds: by include, exclude, Git, and what the editor hides", async () => {
  const { files, asked } = disk({
    "/w/.git/HEAD": "ref: refs/heads/main",
    "/w/.gitignore": "ignored/\n",
    "/w/a.py": "",
    "/w/ignored/b.py": "",
    "/w/node_modules/c/d.js": "",
    "/w/hidden/e.py": "",
    "/w/other/f.py": "",
    "/w/sub/activation-lens.json": '{ "extend-exclude": ["old_*"] }',
    "/w/sub/g.ipynb": "",
    "/w/sub/old_h.py": "",
    "/w/venv/pyvenv.cfg": "",
    "/w/venv/i.py": "",
    "/w/notes.md": "",
    "/w/net.prototxt": "",
  });
  const reader = new FolderReader(task({ hidden: { "**/hidden": true }, others: ["/w/other"] }), files);
  assert.deepEqual(await found(reader), ["/w/a.py", "/w/net.prototxt", "/w/sub/g.ipynb"]);
  assert.ok(!asked.some((folder) => /node_modules|ignored|hidden/.test(folder)), "not even looked into");
});

test("Git's ignore files count unless the configuration says otherwise", async () => {
  const { files } = disk({
    "/w/.git/HEAD": "",
    "/w/.gitignore": "b.py",
    "/w/b.py": "",
    "/w/pyproject.toml": "[tool.activation-lens]\nrespect-gitignore = false\n",
  });
  assert.deepEqual(await found(new FolderReader(task(), files)), ["/w/b.py"]);
});

test("keeps of a file what is shown: networks, and problems with their lines", async () => {
  const { files } = disk({ "/w/deep.py": deep, "/w/none.py": "print('hello')\n" });
  const reader = new FolderReader(task(), files);
  const { found, skipped } = await read(reader, "/w/deep.py", "/w/none.py");
  assert.equal(skipped, 0);
  assert.deepEqual(
    found.map(({ path, networks }) => [path, networks]),
    [["/w/deep.py", 1]],
  );
  const [file] = found;
  const [network] = itemsIn(file as ScannedFile);
  assert.equal(network?.children.length, 13);
  assert.equal(network?.children[1]?.offset, deep.indexOf("nn.Linear", deep.indexOf("nn.Linear") + 1));
  const problem = file?.problems.find(({ rule }) => rule === "dying-relu");
  assert.equal(problem?.severity, "warning");
  const [line = 0, column = 0] = problem?.lines ?? [];
  assert.match(deep.split("\n")[line]?.slice(column) ?? "", /^(nn\.|model)/);
});

test("rules are those of the configuration, then of the settings", async () => {
  const { files } = disk({
    "/w/deep.py": deep,
    "/w/sub/deep.py": deep,
    "/w/sub/activation-lens.json": '{ "per-file-ignores": { "deep.py": ["dying-relu"] } }',
  });
  const severity = { rules: { "dying-relu": "information" as const } };
  const reader = new FolderReader(task({ settings: { ...task().settings, ...severity } }), files);
  const of = async (path: string) =>
    (await readOne(reader, path)).problems
      .filter(({ rule }) => rule === "dying-relu")
      .map(({ severity }) => severity);
  assert.deepEqual(await of("/w/deep.py"), ["information"]);
  assert.deepEqual(await of("/w/sub/deep.py"), []);
  const quiet = { ...task().settings, "diagnostics.enabled": false };
  const silent = await readOne(new FolderReader(task({ settings: quiet }), files), "/w/deep.py");
  assert.deepEqual([silent.networks, silent.problems.length], [1, 0]);
});

test("of a notebook problems name the cell, and networks lead into it", async () => {
  const cells = [deep.slice(0, deep.indexOf("model")), deep.slice(deep.indexOf("model"))];
  const notebook = {
    cells: cells.map((source) => ({ cell_type: "code", source, metadata: {}, outputs: [] })),
  };
  const { files } = disk({ "/w/net.ipynb": JSON.stringify({ ...notebook, nbformat: 4, metadata: {} }) });
  const file = await readOne(new FolderReader(task(), files), "/w/net.ipynb");
  const problem = file.problems.find(({ rule }) => rule === "dying-relu");
  assert.match(problem?.message ?? "", /^Cell 2, line \d+: /);
  assert.deepEqual(problem?.lines, [0, 0, 0, 0]);
  assert.deepEqual([itemsIn(file)[0]?.cell, itemsIn(file)[0]?.children[0]?.cell], [1, 1]);
});

test("what can't be read is counted where it would be missed", async () => {
  const { files } = disk({
    "/w/large.py": deep + "#".repeat(1_000_001),
    "/w/large.json": " ".repeat(1_000_001),
    "/w/nothing.py": "#".repeat(1_000_001),
  });
  const reader = new FolderReader(task(), files);
  const all = ["/w/large.py", "/w/large.json", "/w/nothing.py", "/w/gone.py"];
  const { found, skipped } = await read(reader, ...all);
  assert.deepEqual([found.length, skipped], [0, 2]);
});

test("says what is at a path now", async () => {
  const { files, all } = disk({
    "/w/a.py": "",
    "/w/new/b.py": "",
    "/w/new/c/d.py": "",
    "/w/node_modules/e/f.js": "",
    "/w/g.md": "",
  });
  const reader = new FolderReader(task(), files);
  const looked = await lookAt(reader, ["/w/a.py", "/w/new", "/w/node_modules/e", "/w/g.md", "/w/none.py"]);
  assert.deepEqual(looked.files, ["/w/a.py", "/w/new/b.py", "/w/new/c/d.py"]);
  assert.deepEqual(looked.gone, ["/w/g.md", "/w/none.py"]);
  all.delete("/w/a.py");
  assert.deepEqual(await lookAt(reader, ["/w/a.py"]), { files: [], gone: ["/w/a.py"] });
});

test("everything else has its turn before each file", async () => {
  const { files } = disk({ "/w/a.py": "", "/w/b.py": "", "/w/c.py": "" });
  let turns = 0;
  await readAll(new FolderReader(task(), files), ["/w/a.py", "/w/b.py", "/w/c.py"], 8, async () => {
    turns++;
  });
  assert.equal(turns, 3);
});

test("words", () => {
  const state = { ...noScan, kind: "done", read: 5, total: 5, skipped: 2, files: 2, networks: 3 } as const;
  assert.equal(
    scanWords(state),
    "Found 3 networks in 2 of 5 files. Skipped 2 files: too large or unreadable.",
  );
  assert.equal(scanWords({ ...noScan, kind: "done", read: 1, total: 1 }), "Found no network in 1 file.");
  assert.match(scanWords({ ...state, kind: "stopped", total: 9 }), /^Stopped after 5 of 9 files\. Found 3/);
  assert.equal(progressWords({ ...state, kind: "running" }), "5 of 5 files, 3 networks");
  assert.equal(progressWords(noScan), "looking for files");
});
