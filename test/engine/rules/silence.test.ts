/** Code that looks like a fault and is none: no rule warns of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { read } from "../support.ts";

const warningsIn = (text: string): string[] =>
  read(text).findings.flatMap(({ rule, severity }) => (severity === "warning" ? [rule] : []));

const TORCH = "import torch\nimport torch.nn.functional as F\nfrom torch import nn, optim\n";
const TRAINED = `
model = Net()
criterion = nn.MSELoss()
optimizer = optim.Adam(model.parameters(), lr=1e-3)
`;

const net = (init: string, forward: string, more = ""): string => `${TORCH}${more}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(20, 64)
        self.out = nn.Linear(64, 1)
${init}
    def forward(self, x):
        h = torch.tanh(self.hidden(x))
${forward}
${TRAINED}`;

test("a ReLU on the output is found in this frame, and nothing without it", () => {
  assert.deepEqual(warningsIn(net("", "        return F.relu(self.out(h))")), ["relu-on-output"]);
  assert.deepEqual(warningsIn(net("", "        return F.relu(self.out(h)).squeeze(-1)")), ["relu-on-output"]);
  assert.deepEqual(warningsIn(net("", "        return self.out(h)")), []);
});

test("a value clamped on purpose, arithmetic of rectifiers, and what follows unread are no outputs", () => {
  assert.deepEqual(warningsIn(net("", "        return self.out(h).clamp(min=0)")), []);
  assert.deepEqual(warningsIn(net("", "        return F.relu(1 - self.out(h)).mean()")), []);
  assert.deepEqual(
    warningsIn(
      net(
        "        self.own = nn.Parameter(torch.randn(1, 4))",
        "        return F.relu(self.out(h)) @ self.own",
      ),
    ),
    [],
  );
  assert.deepEqual(
    warningsIn(net("", "        return mine(F.relu(self.out(h)))", "from somewhere import mine\n")),
    [],
  );
});

test("a pretrained network keeps what it was trained with", () => {
  const text = net("", "        return F.relu(self.out(h))");
  assert.deepEqual(warningsIn(`${text}model.load_state_dict(torch.load("weights.pt"))\n`), []);
});

test("a network that nobody trains here may be a part of another", () => {
  assert.deepEqual(warningsIn(net("", "        return F.relu(self.out(h))").replace(TRAINED, "")), []);
});

test("the gate of a squeeze-and-excite block is narrow for good reason", () => {
  const text = `${TORCH}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.squeeze = nn.Linear(32, 2)
        self.excite = nn.Linear(2, 32)
        self.out = nn.Linear(32, 4)

    def forward(self, x):
        scale = torch.sigmoid(self.excite(F.relu(self.squeeze(x))))
        return self.out(x * scale)
${TRAINED}`;
  assert.deepEqual(warningsIn(text), []);
});

test("zero weights at the end of a branch or on the output are good practice", () => {
  assert.deepEqual(
    warningsIn(net("        nn.init.zeros_(self.out.weight)\n", "        return self.out(h)")),
    [],
  );
  assert.deepEqual(
    warningsIn(net("        nn.init.zeros_(self.hidden.weight)\n", "        return self.out(h)")),
    [],
    "tanh passes the gradient at 0, and the output is drawn at random",
  );
});

test("softmax over steps of a sequence is attention", () => {
  const text = net("", "        return (torch.softmax(self.out(h), dim=1) * h).sum(1)");
  assert.deepEqual(warningsIn(text), []);
});

test("an optimiser's own rate, and settings that are assumed, never warn", () => {
  const wide = (rest: string) => `${TORCH}
model = nn.Sequential(nn.Linear(4096, 512), nn.ReLU(), nn.Linear(512, 10))
criterion = nn.CrossEntropyLoss()
${rest}
`;
  assert.deepEqual(warningsIn(wide("")), []);
  assert.deepEqual(warningsIn(wide("optimizer = optim.Adam(model.parameters())")), []);
  assert.deepEqual(warningsIn(wide("optimizer = optim.Adam(model.parameters(), lr=0.001)")), []);
  // In deep networks a step shifts what all inputs have in common, and the units with it.
  const deep = (rate: number) => `${TORCH}
model = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
criterion = nn.CrossEntropyLoss()
optimizer = optim.Adam(model.parameters(), lr=${rate})
`;
  assert.deepEqual(warningsIn(deep(0.001)), []);
  assert.deepEqual(warningsIn(deep(0.5)), ["step-too-large"]);
});
