import assert from "node:assert/strict";
import { test } from "node:test";
import { library } from "../../../src/engine/network/layers/library.ts";
import { LIMITS, runProgram } from "../../../src/engine/network/program.ts";
import { readUnit } from "../../../src/engine/units.ts";
import { read } from "../support.ts";
import { gapsOf, TORCH } from "./support.ts";

/** Programs that never end, or would need more memory than there is, if they were run for real. */
const HOSTILE: Readonly<Record<string, string>> = {
  "a loop for ever": "while True:\n    nn.Linear(4, 4)\n",
  "a loop for ever that builds": "layers = []\nwhile True:\n    layers.append(nn.Linear(4, 4))\n",
  recursion: "def f(n):\n    return f(n + 1)\nf(0)\n",
  "mutual recursion that branches":
    "def f(n):\n    return [g(n), g(n)]\ndef g(n):\n    return [f(n), f(n)]\nf(0)\n",
  "a class that makes itself":
    "class A(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a, self.b = A(), A()\n        self.fc = nn.Linear(2, 2)\n    def forward(self, x):\n        return torch.relu(self.fc(self.b(self.a(x))))\nA()\n",
  "an endless range": "net = nn.Sequential(*[nn.Linear(4, 4) for _ in range(10**9)])\n",
  "ranges in ranges":
    "x = [nn.Linear(4, 4) for a in range(1000) for b in range(1000) for c in range(1000)]\nnet = nn.Sequential(*x, nn.ReLU())\n",
  "a list that doubles":
    "x = [nn.Linear(4, 4)]\nfor _ in range(200):\n    x = x + x\nnet = nn.Sequential(*x)\n",
  "a text that doubles":
    's = "a"\nfor _ in range(200):\n    s = s + s\n    t = s.replace("a", "aaaaaaaa")\nnn.Linear(len(s), 2)\n',
  "nested lists that double":
    "x = [1]\ny = [1]\nfor _ in range(100):\n    x = [x, x]\n    y = [y, y]\nz = x == y\n",
  "copies of nested lists":
    "import copy\nx = [1]\nfor _ in range(100):\n    x = [x] * 10\ny = copy.deepcopy(x)\n",
  "powers of powers": "n = 10 ** 10 ** 10\nm = 9 ** 9 ** 9 ** 9\nnn.Linear(n, m)\nx = [0] * n\n",
  metaprogramming:
    "globals()['net'] = type('Net', (nn.Module,), {'forward': lambda self, x: x})\nexec('nn.Linear(1,1)')\ngetattr(nn, 'Lin' + 'ear')(4, 4)\n",
  "forward passes that call themselves":
    "class A(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 4)\n    def forward(self, x):\n        return self.forward(torch.relu(self.fc(x)))\nA()\n",
  "graphs that are minimised for ever":
    "import tensorflow as tf\nx = tf.placeholder(tf.float32, [None, 8])\nwhile True:\n    x = tf.nn.relu(tf.matmul(x, tf.Variable(tf.zeros([8, 8]))) + x)\n    tf.train.AdamOptimizer(0.1).minimize(tf.reduce_mean(tf.square(x)) + tf.losses.get_total_loss())\n",
  "sums of graphs that double":
    "import tensorflow as tf\nx = tf.matmul(tf.placeholder(tf.float32, [None, 8]), tf.Variable(tf.zeros([8, 8])))\nfor _ in range(3000):\n    x = tf.add_n([x, tf.log(x), tf.square(x)])\ntf.train.AdamOptimizer(0.1).minimize(x)\n",
  "branches without end": `def f(x):\n${"    if x:\n        x = x + 1\n    else:\n        x = x - 1\n".repeat(60)}    return x\nf(unknown)\n`,
  "branches in branches": `def f(x, n):\n    if x.a:\n        f(x, n)\n        f(x, n)\n    if x.b:\n        f(x, n)\n    return x\nf(unknown, 1)\n`,
};

for (const [name, text] of Object.entries(HOSTILE)) {
  test(`${name}: an end within the limits`, () => {
    const code = `${TORCH}${text}act = nn.ReLU()\n`;
    const unit = readUnit({ path: "a.py", text: code });
    assert.ok(unit && "program" in unit);
    const run = runProgram(unit, library);
    assert.ok(run.steps <= LIMITS.all + 1, `${run.steps} steps`);
    // What the program does to the interpreter, the last line's activation is still found.
    assert.equal(read(code).sites.at(-1)?.span.from, code.lastIndexOf("nn.ReLU()"));
  });
}

const deepLoop = (depth: number): string => `${TORCH}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(8, 8) for _ in range(${depth})])
    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return x
net = Net()
`;

test("a thousand layers from a loop are read, more steps than there are for a network are a gap", () => {
  const [thousand] = read(deepLoop(1000)).networks;
  assert.equal(thousand?.layers.length, 1000);
  assert.equal(thousand && gapsOf(thousand), "");
  const [more] = read(deepLoop(4000)).networks;
  assert.match(more ? gapsOf(more) : "no network", /too large/);
  assert.equal(more?.risk, null);
});

test("nothing of the program is executed: names of the host lead nowhere", () => {
  const text = `${TORCH}
constructor = nn.Linear(4, 4)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.__proto__ = nn.Linear(4, 8)
        self.toString = nn.Linear(8, 2)
        self.hasOwnProperty = {"__proto__": 1, "constructor": 2}
    def forward(self, valueOf):
        return self.toString(torch.relu(self.__proto__(valueOf)))
Net()
process.exit(1)
eval("process.exit(1)")
`;
  const [network] = read(text).networks;
  assert.deepEqual(
    network?.layers.map(({ fanIn, units }) => [fanIn, units]),
    [
      [4, 8],
      [8, 2],
    ],
  );
});
