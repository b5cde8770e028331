// What reading networks adds to an analysis: programs that use up every limit, and ordinary ones.
// node scripts/run.mjs bench networks

import { readNetworks } from "../../src/engine/network/index.ts";
import { library } from "../../src/engine/network/layers/library.ts";
import { LIMITS, runProgram } from "../../src/engine/network/program.ts";
import { readUnit } from "../../src/engine/units.ts";

const HEAD = "import torch\nfrom torch import nn\nact = nn.ReLU()\n";

const PROGRAMS: Readonly<Record<string, string>> = {
  "a loop for ever": "while True:\n    layers = [nn.Linear(4, 4)]\n",
  "recursion that branches": "def f(n):\n    return [f(n), f(n)]\nf(0)\n",
  "comprehensions in comprehensions": "x = [a * b for a in range(4000) for b in range(4000)]\n",
  "functions that build for ever": Array.from(
    { length: 8 },
    (_, i) => `def f${i}(x):\n    while True:\n        y = [nn.Linear(4, 4)]\n`,
  ).join(""),
  "many functions": Array.from(
    { length: 200 },
    (_, i) => `def f${i}(x):\n    while True:\n        x = x + 1\n`,
  ).join(""),
  "a thousand layers":
    "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.l = nn.ModuleList([nn.Linear(8, 8) for _ in range(1000)])\n    def forward(self, x):\n        for m in self.l:\n            x = torch.relu(m(x))\n        return x\nNet()\n",
  "an ordinary network":
    "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(8, 8)\n        self.b = nn.Linear(8, 2)\n    def forward(self, x):\n        return self.b(torch.relu(self.a(x)))\nnet = Net()\nopt = torch.optim.Adam(net.parameters(), lr=1e-3)\n",
};

const ROUNDS = 15;

for (const [name, text] of Object.entries(PROGRAMS)) {
  const file = { path: "a.py", text: HEAD + text };
  const times: number[] = [];
  let steps = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const unit = readUnit(file);
    if (!unit || !("program" in unit)) throw new Error("not a program");
    const start = performance.now();
    readNetworks(unit, []);
    times.push(performance.now() - start);
    steps = runProgram(unit, library).steps;
  }
  times.sort((a, b) => a - b);
  const [best = 0] = times;
  const median = times[Math.floor(ROUNDS / 2)] ?? 0;
  console.log(
    `${name.padEnd(34)} ${best.toFixed(1).padStart(6)} ms best, ${median.toFixed(1).padStart(6)} ms median, ${steps} of ${LIMITS.all} steps`,
  );
}
