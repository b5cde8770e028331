/** The command `try`: what it trains, what it refuses and why, and the shape of its JSON. */
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { run } from "../../src/cli/run.ts";
import { folder, runCli } from "./support.ts";

const mlp = `import torch
from torch import nn
from torch.utils.data import DataLoader
net = nn.Sequential(nn.Linear(30, 24), nn.ReLU(), nn.Linear(24, 24), nn.ReLU(), nn.Linear(24, 2))
loader = DataLoader(data, batch_size=16)
loss = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(net.parameters(), lr=0.05)
`;
const small = ["--seeds", "3", "--steps", "40"];

test("text: a table, what was assumed, and a verdict over the seeds", async (context) => {
  const file = path.join(folder(context, { "m.py": mlp }), "m.py");
  const { code, out, error } = await runCli(["try", file, ...small]);
  assert.deepEqual([code, error], [0, ""]);
  assert.match(out, /m\.py:4: network net: 40 steps on Breast cancer, 3 seeds\n/);
  assert.match(out, /\n {2}ReLU \(as written\) +\d+ % \(\d+–\d+\) /);
  assert.match(out, /\n {2}learning rate \/ 10 /);
  assert.match(
    out,
    /\n3 of 3 seeds: ReLU \(as written\) .* dead, accuracy 0\.\d\d; Leaky ReLU 0\.01 .*\.\n$/,
  );
  assert.doesNotMatch(out, /batches of/, "its batch size was read");
});

test("JSON: every run with its measurements, and the same again", async (context) => {
  const file = path.join(folder(context, { "m.py": mlp }), "m.py");
  const argv = ["try", file, ...small, "--with", "leaky-0.2,batch-norm", "--format", "json"];
  const { code, out } = await runCli(argv);
  assert.equal(code, 0);
  const document = JSON.parse(out);
  assert.equal(document.version, 1);
  assert.deepEqual(document.network, { name: "net", line: 4 });
  assert.equal(document.experiment.batch, 16);
  assert.deepEqual(
    document.variants.map(({ id }: { id: string }) => id),
    ["code", "leaky-0.2", "batch-norm"],
  );
  for (const { runs, seeds, dead } of document.variants) {
    assert.equal(seeds, 3);
    assert.ok(dead.least <= dead.mean && dead.mean <= dead.most);
    assert.deepEqual(
      runs.map(({ seed }: { seed: number }) => seed),
      [0, 1, 2],
    );
    assert.equal(runs[0].measured.at(-1).step, 40);
  }
  assert.equal(document.variants[0].comparison, null);
  assert.equal(document.variants[1].comparison.seeds, 3);
  assert.match(document.verdict, /^3 of 3 seeds/);
  assert.equal((await runCli(argv)).out, out);
});

test("no verdict from fewer than three seeds", async (context) => {
  const file = path.join(folder(context, { "m.py": mlp }), "m.py");
  const { out } = await runCli(["try", file, "--seeds", "2", "--steps", "10"]);
  assert.match(out, /\nNo verdict: 2 of 2 seeds: a verdict needs 3\.\n$/);
});

test("a preset trains without a file", async () => {
  const { code, out } = await runCli(["try", "--preset", "born-dead", "--seeds", "3", "--steps", "10"]);
  assert.equal(code, 0);
  assert.match(out, /^Born dead: 10 layers of 2 units: 10 steps on \|x\|, 3 seeds\n/);
});

test("several networks: one is chosen by its line", async (context) => {
  const two = `${mlp}other = nn.Sequential(nn.Linear(30, 4), nn.ReLU(), nn.Linear(4, 2))\n`;
  const file = path.join(folder(context, { "m.py": two }), "m.py");
  const asked = await runCli(["try", file]);
  assert.equal(asked.code, 2);
  assert.match(
    asked.error,
    /several networks, choose one with --network: net \(line 4\), other \(line 8\)\n$/,
  );
  const chosen = await runCli(["try", file, "--network", "8", ...small]);
  assert.match(chosen.out, /m\.py:8: network other/);
  assert.match(
    (await runCli(["try", file, "--network", "5"])).error,
    /no network at line 5 of .*: there are net/,
  );
});

test("what cannot be built is said with its reason", async (context) => {
  const refused: Readonly<Record<string, readonly [string, RegExp]>> = {
    "open.py": [
      "from torch import nn\nnet = nn.Sequential(nn.Linear(4, n), nn.ReLU(), nn.Linear(n, 2))\n",
      /not all of the network could be read/,
    ],
    "grouped.py": [
      "from torch import nn\nnet = nn.Sequential(nn.Conv2d(4, 8, 3, groups=4), nn.ReLU(), nn.Flatten(), nn.Linear(8, 2))\n",
      /grouped convolution/,
    ],
    "instance.py": [
      "from torch import nn\nnet = nn.Sequential(nn.Conv2d(1, 8, 3), nn.InstanceNorm2d(8), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 2))\n",
      /InstanceNorm .* cannot be built/,
    ],
    "large.py": [
      "from torch import nn\nnet = nn.Sequential(nn.Linear(784, 9000), nn.ReLU(), nn.Linear(9000, 9000), nn.ReLU(), nn.Linear(9000, 10))\n",
      /too large to try here/,
    ],
    "none.py": ["print(1)\n", /no network was read in/],
  };
  const root = folder(
    context,
    Object.fromEntries(Object.entries(refused).map(([name, [text]]) => [name, text])),
  );
  for (const [name, [, reason]] of Object.entries(refused)) {
    const { code, out, error } = await runCli(["try", path.join(root, name)]);
    assert.deepEqual([code, out], [2, ""], name);
    assert.match(error, reason, name);
  }
});

test("misuse says what is wrong", async () => {
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /try needs one file, or --preset/],
    [["a.py", "b.py"], /try needs one file/],
    [["gone.py"], /gone\.py cannot be read \(ENOENT\)/],
    [["a.py", "--seeds", "0"], /--seeds must be a whole number from 1/],
    [["a.py", "--with", "foo"], /--with must be of relu, .*not "foo"/],
    [["a.py", "--data", "foo"], /--data must be one of mnist, /],
    [["a.py", "--format", "xml"], /--format must be one of text, json/],
    [["--preset", "foo"], /--preset must be one of compare-2/],
    [["--preset", "born-dead", "--batch", "3"], /--batch is for a file/],
    [["a.py", "--foo"], /'--foo'/],
  ];
  for (const [argv, message] of wrong) {
    const { code, error } = await runCli(["try", ...argv]);
    assert.equal(code, 2, argv.join(" "));
    assert.match(error, message);
  }
  assert.match((await runCli(["try", "--help"])).out, /^activation-lens try trains/);
});

test("Ctrl+C within a run does not wait for its end", async (context) => {
  const file = path.join(folder(context, { "m.py": mlp }), "m.py");
  let asked = 0;
  const start = performance.now();
  const code = await run(["try", file, "--seeds", "1", "--steps", "100000"], {
    out: async () => {},
    error: async () => {},
    isInterrupted: async () => ++asked > 2,
    colour: false,
    version: "0",
  });
  assert.equal(code, 130);
  assert.ok(performance.now() - start < 20_000, "a run of as many steps takes minutes");
});

test("Ctrl+C: what is done is printed", async (context) => {
  const file = path.join(folder(context, { "m.py": mlp }), "m.py");
  let [stdout, asked] = ["", 0];
  const code = await run(["try", file, ...small], {
    out: async (text) => {
      stdout += text;
    },
    error: async () => {},
    isInterrupted: async () => ++asked > 3,
    colour: false,
    version: "0",
  });
  assert.equal(code, 130);
  assert.match(stdout, /No verdict: 0 of 3 seeds/);
});
